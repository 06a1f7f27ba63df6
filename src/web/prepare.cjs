'use strict';
// `npm ci --omit=dev` runs this too, and has neither Vite nor the Node that reads TypeScript: old syntax on purpose.
var fs = require('fs');
var path = require('path');

var needed = ['vite', 'react', '@mantine/core'];
var isThere = needed.every(function (name) {
  return fs.existsSync(path.join(__dirname, '..', '..', 'node_modules', name, 'package.json'));
});
if (isThere) {
  import('./build.ts')
    .then(function (built) {
      return built.buildPages();
    })
    .catch(function (fault) {
      process.stderr.write('The pages cannot be built: ' + String((fault && fault.stack) || fault) + '\n');
      process.exit(1);
    });
}
