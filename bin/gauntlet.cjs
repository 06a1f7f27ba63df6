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
var fs = require('fs');
var os = require('os');
var path = require('path');
// what was compiled, and stripped of its types, is kept for the next start
keepCompiled();

// in a folder of this user's own: the system's folder for temporary files is everybody's, and what lies there would be run
function keepCompiled() {
  try {
    if (process.env.NODE_COMPILE_CACHE !== undefined) {
      require('module').enableCompileCache();
      return;
    }
    var base = process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache');
    var folder = path.join(base, 'smtp-gauntlet', 'compiled');
    fs.mkdirSync(folder, { recursive: true, mode: 448 });
    var found = fs.lstatSync(folder);
    // Windows has neither owner nor mode, and a home folder that is its user's
    var isOwn = process.getuid === undefined || (found.uid === process.getuid() && (found.mode & 63) === 0);
    if (found.isDirectory() && isOwn) require('module').enableCompileCache(folder);
  } catch {
    // a start that compiles is slower, and nothing else
  }
}

// the sources run unbuilt where they are; the package ships the built ones, since Node refuses TypeScript there
var source = path.join(__dirname, '..', 'src', 'app', 'main.ts');
var main = fs.existsSync(source) ? source : path.join(__dirname, '..', 'dist', 'app', 'main.js');
import(require('url').pathToFileURL(main).href).catch(function (fault) {
  process.stderr.write(String((fault && fault.stack) || fault) + '\n');
  process.exit(2);
});
