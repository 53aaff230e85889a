'use strict';

// PouchDB pulls a database of a server into a local one on the disk and pushes that to another one
// of the server. Prints the times as one line of JSON. Run in the folder where pouchdb is installed:
//
//   node - SOURCE-URL TARGET-URL BATCH-SIZE FOLDER < pouch-replicate.js

const PouchDB = require('pouchdb');

const [source, target, batch, folder] = process.argv.slice(2);
const options = { batch_size: Number(batch) };
const open = (name) => new PouchDB(name, { prefix: `${folder}/` });

async function timed(action) {
  const begun = process.hrtime.bigint();
  await action();
  return Number(process.hrtime.bigint() - begun) / 1e6;
}

async function main() {
  // A pull of some of it first, so that the engine has compiled what is measured.
  const warm = open('warm');
  const some = await new PouchDB(source).allDocs({ limit: 1000 });
  await warm.replicate.from(source, { ...options, doc_ids: some.rows.map((row) => row.id) });
  const local = open('local');
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
