'use strict';

// Installs what server.js stands on into a directory, if the lock file has changed since the last
// time; the build calls this before the tests.
//
//   node install.js DIRECTORY

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const target = process.argv[2];
const lock = fs.readFileSync(path.join(__dirname, 'package-lock.json'), 'utf8');
const installed = path.join(target, 'installed-lock.json');

fs.mkdirSync(target, { recursive: true });
for (const file of ['package.json', 'package-lock.json', 'server.js']) {
  fs.copyFileSync(path.join(__dirname, file), path.join(target, file));
}
if (fs.existsSync(installed) && fs.readFileSync(installed, 'utf8') === lock) {
  process.exit(0);
}
fs.rmSync(installed, { force: true });
console.log('installing the CouchDB server for the tests …');
const npm = spawnSync(
  'npm',
  ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'],
  { cwd: target, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' },
);
if (npm.status !== 0) {
  console.error(npm.error ? npm.error.message : `npm ci ended with ${npm.status ?? npm.signal}`);
  process.exit(1);
}
fs.writeFileSync(installed, lock);
