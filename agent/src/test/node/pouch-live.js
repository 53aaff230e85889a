'use strict';

// Two PouchDBs keep in step with a hub, live, while both write: documents, attachments, deletions,
// and edits of the same document at the same time. In the middle the hub goes away and comes back.
// Prints "away" when the hub may be stopped, goes on at any line on its standard input, and at last
// prints what each side holds, all leaves of it, as one line of JSON.
//
//   node pouch-live.js URL-OF-A-DATABASE      in the folder where pouchdb is installed

const { createRequire } = require('module');
const { once } = require('node:events');
const local = createRequire(process.cwd() + '/');
const PouchDB = local('pouchdb');
PouchDB.plugin(local('pouchdb-adapter-memory'));

const url = process.argv[2];
const remote = new PouchDB(url);
const names = ['left', 'right'];
const sides = names.map((name) => new PouchDB(name, { adapter: 'memory' }));
const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// Every document with all its leaves; a leaf with its body and its attachments' bytes.
async function holdings(db) {
  const all = await db.allDocs();
  const changes = await db.changes({ style: 'all_docs' });
  const held = { live: all.total_rows };
  for (const change of changes.results) {
    const revs = change.changes.map((leaf) => leaf.rev).sort();
    held[change.id] = [];
    for (const rev of revs) {
      const doc = await db.get(change.id, { rev, attachments: true });
      for (const attachment of Object.values(doc._attachments || {})) delete attachment.revpos;
      held[change.id].push(doc);
    }
  }
  return Object.fromEntries(Object.entries(held).sort());
}

// Waits until all three hold the same; says what differs when that takes too long.
async function inStep() {
  for (const begun = Date.now(); ; await rest(100)) {
    const all = await Promise.all([...sides, remote].map(holdings));
    const texts = all.map((held) => JSON.stringify(held, sorted));
    if (texts.every((text) => text === texts[0])) return all;
    if (Date.now() - begun > 60000) throw new Error(difference(all));
  }
}

function difference(all) {
  const ids = [...new Set(all.flatMap(Object.keys))];
  const text = (held, id) => `${JSON.stringify(held[id], sorted)}`;
  const id = ids.find((each) => all.some((held) => text(held, each) !== text(all[0], each)));
  return `not in step: ${id} is ${all.map((held) => text(held, id)).join(' / ')}`;
}

const sorted = (key, value) =>
  value && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort())
    : value;

const attachment = (text) => ({
  'a b/ü.bin': { content_type: 'application/x-bytes', data: Buffer.from(text) },
});

async function main() {
  const [left, right] = sides;
  const syncs = sides.map((db) =>
    db.sync(remote, { live: true, retry: true, back_off_function: () => 200 }),
  );
  await left.put({ _id: 'shared', from: 'left' });
  await right.put({ _id: 'picture', _attachments: attachment('one') });
  const gone = await right.put({ _id: 'gone' });
  await inStep();
  await left.remove('gone', gone.rev);
  const picture = await left.get('picture');
  await left.put({ ...picture, _attachments: attachment('another one') });
  await inStep();

  console.log('away');
  await once(process.stdin, 'data');
  // Both edit the same document before either has heard of the other.
  const before = await Promise.all(sides.map((db) => db.get('shared')));
  await Promise.all(sides.map((db, n) => db.put({ ...before[n], edited: names[n] })));
  await left.bulkDocs(Array.from({ length: 250 }, (_, n) => ({ _id: `l${n}`, n })));
  await right.bulkDocs(Array.from({ length: 250 }, (_, n) => ({ _id: `r${n}`, n })));
  console.log('edited');
  await once(process.stdin, 'data');
  const [held] = await inStep();
  const winner = await remote.get('shared', { conflicts: true });
  await remote.remove('shared', winner._conflicts[0]);
  const [mended] = await inStep();
  syncs.forEach((sync) => sync.cancel());
  console.log(
    JSON.stringify({
      documents: held.live,
      sharedLeaves: held.shared.map((doc) => doc.edited).sort(),
      mendedLeaves: mended.shared.filter((doc) => !doc._deleted).length,
      picture: Buffer.from(held.picture[0]._attachments['a b/ü.bin'].data, 'base64').toString(),
      gone: held.gone[0]._deleted,
    }),
  );
  process.exit(0);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
