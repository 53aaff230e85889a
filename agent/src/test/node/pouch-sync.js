'use strict';

// PouchDB replicates with a hub, both ways, once and live. Prints what it saw as one line of JSON.
//
//   node pouch-sync.js URL-OF-A-DATABASE      in the folder where pouchdb is installed

const { createRequire } = require('module');
const local = createRequire(process.cwd() + '/');
const PouchDB = local('pouchdb');
PouchDB.plugin(local('pouchdb-adapter-memory'));

const open = (name) => new PouchDB(name, { adapter: 'memory' });
const rev = (letter) => letter.repeat(32);

async function write(db) {
  await db.put({ _id: 'plain', n: 1, text: 'ä€😀', 'odd id/+': true });
  await db.put({ _id: 'a/b+c:d ü', slash: true });
  const gone = await db.put({ _id: 'gone' });
  await db.remove('gone', gone.rev);
  await db.put({
    _id: 'picture',
    _attachments: {
      'a b.bin': { content_type: 'application/x-bytes', data: Buffer.from([0, 1, 255]) },
    },
  });
  await db.bulkDocs(
    [
      { _id: 'twice', _rev: '1-' + rev('a'), side: 'left' },
      { _id: 'twice', _rev: '1-' + rev('b'), side: 'right' },
    ],
    { new_edits: false },
  );
}

async function look(db) {
  const all = await db.allDocs({ include_docs: true, conflicts: true });
  const bytes = await db.getAttachment('picture', 'a b.bin');
  const tombstone = await db.get('gone').catch((error) => error.reason);
  return {
    docs: all.rows.map((row) => {
      const doc = row.doc;
      delete doc._attachments;
      return doc;
    }),
    bytes: [...bytes],
    gone: tombstone,
  };
}

// Resolves when a document is there, as the live replication brings it.
async function arrives(db, id) {
  for (;;) {
    try {
      return await db.get(id);
    } catch (error) {
      if (error.status !== 404) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

async function main(url) {
  const remote = new PouchDB(url);
  const source = open('source');
  const target = open('target');
  await write(source);
  const push = await source.replicate.to(remote);
  const pull = await target.replicate.from(remote);
  const again = await source.replicate.to(remote);

  const live = source.sync(remote, { live: true, retry: true, heartbeat: 1000 });
  await source.put({ _id: 'live-from-pouch' });
  await arrives(remote, 'live-from-pouch');
  await remote.put({ _id: 'live-from-hub' });
  await arrives(source, 'live-from-hub');
  live.cancel();

  console.log(
    JSON.stringify({
      pushed: push.docs_written,
      pulled: pull.docs_written,
      failures: push.doc_write_failures + pull.doc_write_failures,
      pushedAgain: again.docs_written,
      before: await look(source),
      after: await look(target),
    }),
  );
  process.exit(0);
}

main(process.argv[2]).catch((error) => {
  console.error(error);
  process.exit(1);
});
