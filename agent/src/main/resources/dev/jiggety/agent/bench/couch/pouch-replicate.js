'use strict';

// PouchDB pulls a database of a server into memory and pushes it to another one. Prints the times
// as one line of JSON. Run in the folder where pouchdb and pouchdb-adapter-memory are installed:
//
//   node - SOURCE-URL TARGET-URL BATCH-SIZE < pouch-replicate.js

const PouchDB = require('pouchdb');
PouchDB.plugin(require('pouchdb-adapter-memory'));

const [source, target, batch] = process.argv.slice(2);
const options = { batch_size: Number(batch) };
const memory = (name) => new PouchDB(name, { adapter: 'memory' });

async function timed(action) {
  const begun = process.hrtime.bigint();
  await action();
  return Number(process.hrtime.bigint() - begun) / 1e6;
}

async function main() {
  // A pull of some of it first, so that the engine has compiled what is measured.
  const warm = memory('warm');
  const some = await new PouchDB(source).allDocs({ limit: 1000 });
  await warm.replicate.from(source, { ...options, doc_ids: some.rows.map((row) => row.id) });
  const local = memory('local');
  const pullMillis = await timed(() => local.replicate.from(source, options));
  const pushMillis = await timed(() => local.replicate.to(target, options));
  const pushed = (await new PouchDB(target).info()).doc_count;
  console.log(JSON.stringify({ pullMillis, pushMillis, pushed }));
}

main().then(
  () => process.exit(0),
  (error) => {
    console.log(error.message || String(error));
    process.exit(1);
  },
);
