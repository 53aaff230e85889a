'use strict';

// A server that speaks CouchDB's HTTP API and shares no code with Jiggety. All it stores is in
// memory and gone with the process.
//
//   node server.js [PORT]    0, the default: any free port
//
// Prints "listening PORT" when it answers, and ends when its standard input does, so that it cannot
// outlive the test that started it. Environment: COUCH_ADMIN_USER and COUCH_ADMIN_PASSWORD, together:
// an administrator; without them everyone is one. (With them, this server never answers an anonymous
// request that wants a right: give the name with each.)

// A replication whose other side goes away rejects promises that nobody holds. That must not take
// the server down.
process.on('unhandledRejection', (reason) => {
  console.error('unhandled rejection:', (reason && reason.message) || reason);
});

const express = require('express');
const expressPouchDB = require('express-pouchdb');
const PouchDB = require('pouchdb');

PouchDB.plugin(require('pouchdb-adapter-memory'));
// Not the option "adapter": that would turn the URLs of replications into names of local databases.
PouchDB.preferredAdapters = ['memory'];

const couch = expressPouchDB(PouchDB, {
  inMemoryConfig: true,
  logPath: '/dev/null',
  // Neither the size of files, which are none here, nor the web pages.
  overrideMode: { exclude: ['disk-size', 'routes/fauxton'] },
});

function listen() {
  const app = express();
  app.use('/', couch);
  const server = app.listen(Number(process.argv[2] || 0), '127.0.0.1');
  server.on('listening', () => console.log(`listening ${server.address().port}`));
  server.on('error', (error) => {
    console.error(error.message);
    process.exit(1);
  });
}

process.stdin.on('end', () => process.exit(0));
process.stdin.resume();

const user = process.env.COUCH_ADMIN_USER;
if (user) {
  couch.couchConfig.set('admins', user, process.env.COUCH_ADMIN_PASSWORD, listen);
} else {
  listen();
}
