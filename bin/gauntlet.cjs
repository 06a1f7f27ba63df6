#!/usr/bin/env node
'use strict';
// Old syntax on purpose: this must be readable by the Node that is too old for the rest.
var major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  process.stderr.write(
    'gauntlet needs Node.js 24 or newer, and this is ' +
      process.versions.node +
      '. Install it, or bring it along with: npm install --save-dev node@24\n',
  );
  process.exit(2);
}
// what was compiled, and stripped of its types, is kept for the next start
require('module').enableCompileCache();
var fs = require('fs');
var path = require('path');
// the sources run unbuilt where they are; the package ships the built ones, since Node refuses TypeScript there
var source = path.join(__dirname, '..', 'src', 'app', 'main.ts');
var main = fs.existsSync(source) ? source : path.join(__dirname, '..', 'dist', 'app', 'main.js');
import(require('url').pathToFileURL(main).href).catch(function (fault) {
  process.stderr.write(String((fault && fault.stack) || fault) + '\n');
  process.exit(2);
});
