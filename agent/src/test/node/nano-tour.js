'use strict';

// nano, CouchDB's client for Node.js, does with a hub all that its README shows. Prints one line of
// JSON: the steps that went well, and those that did not with what happened.
//
//   node nano-tour.js URL      in the folder where nano is installed; NAME and PASSWORD in the
//                              environment are those of a server administrator

const { createRequire } = require('module');
const assert = require('node:assert/strict');
const { once } = require('node:events');
const local = createRequire(process.cwd() + '/');
const Nano = local('nano');

const base = process.argv[2].replace(/\/$/, '');
const { NAME, PASSWORD } = process.env;
const withName = base.replace('//', `//${NAME}:${encodeURIComponent(PASSWORD)}@`);
const nano = Nano(withName);
const db = nano.use('alice');
const report = { passed: [], failed: [] };

async function step(name, work) {
  try {
    await work();
    report.passed.push(name);
  } catch (error) {
    const where = String(error.stack).split('\n').find((line) => line.includes('nano-tour.js:'));
    report.failed.push({ step: name, message: `${error.statusCode || ''} ${error.message}`, where });
  }
}

async function text(stream) {
  const parts = [];
  for await (const part of stream) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString();
}

// Asks until the answer is as wanted; for what happens in the background.
async function until(ask, wanted) {
  for (let answer = await ask(); ; answer = await ask()) {
    if (wanted(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const ids = (answer) => answer.rows.map((row) => row.id);

async function databases() {
  await step('db.create', async () => {
    assert.equal((await nano.db.create('alice')).ok, true);
    await assert.rejects(nano.db.create('alice'), { statusCode: 412, error: 'file_exists' });
    assert.equal((await nano.db.create('parts', { partitioned: true })).ok, true);
  });
  await step('db.get', async () => {
    assert.equal((await nano.db.get('alice')).db_name, 'alice');
    assert.equal((await nano.db.get('parts')).props.partitioned, true);
    await assert.rejects(nano.db.get('nowhere'), { statusCode: 404, error: 'not_found' });
  });
  await step('db.list', async () => {
    assert.ok((await nano.db.list()).includes('alice'));
    assert.ok(JSON.parse(await text(nano.db.listAsStream())).includes('alice'));
  });
  await step('db.info', async () => assert.equal((await db.info()).db_name, 'alice'));
  await step('info', async () => assert.equal((await nano.info()).couchdb, 'Welcome'));
  await step('uuids', async () => assert.equal((await nano.uuids(3)).uuids.length, 3));
  await step('request', async () => {
    const answer = await nano.request({ db: 'alice', doc: '_all_docs', qs: { limit: 1 } });
    assert.deepEqual(answer.rows, []);
    assert.equal((await nano.relax({ path: '_up' })).status, 'ok');
  });
  await step('session', async () => {
    const login = await nano.auth(NAME, PASSWORD);
    assert.equal(login.name, NAME);
    assert.equal((await nano.session()).userCtx.name, NAME);
  });
  await step('cookie authentication', async () => {
    const other = Nano(base);
    await other.auth(NAME, PASSWORD);
    assert.equal((await other.use('alice').info()).db_name, 'alice');
    await assert.rejects(Nano(base).auth(NAME, 'wrong'), { statusCode: 401 });
  });
}

async function documents() {
  let rev;
  await step('insert', async () => {
    rev = (await db.insert({ crazy: true }, 'rabbit')).rev;
    assert.match(rev, /^1-[0-9a-f]{32}$/);
    const again = await db.insert({ _id: 'rabbit', _rev: rev, late: true });
    assert.match(again.rev, /^2-/);
    await assert.rejects(db.insert({ _id: 'rabbit', _rev: rev }), {
      statusCode: 409,
      error: 'conflict',
    });
    rev = again.rev;
    assert.match((await db.insert({ unnamed: true })).id, /^[0-9a-f]{32}$/);
  });
  await step('get', async () => {
    assert.deepEqual(await db.get('rabbit'), { _id: 'rabbit', _rev: rev, late: true });
    const info = await db.get('rabbit', { revs_info: true });
    assert.equal(info._revs_info.length, 2);
    await assert.rejects(db.get('nobody'), { statusCode: 404, reason: 'missing' });
  });
  await step('head', async () => assert.equal((await db.head('rabbit')).etag, `"${rev}"`));
  await step('bulk', async () => {
    const docs = ['Hearts', 'Clubs', 'Spades'].map((suit, n) => ({ _id: suit, suit, n }));
    assert.ok((await db.bulk({ docs })).every((row) => row.ok));
  });
  await step('list', async () => {
    assert.ok(ids(await db.list({ startkey: 'A', endkey: 'T' })).includes('Hearts'));
    const one = await db.list({ include_docs: true, key: 'Clubs' });
    assert.equal(one.rows[0].doc.n, 1);
    assert.ok(JSON.parse(await text(db.listAsStream())).total_rows >= 5);
  });
  await step('fetch', async () => {
    const answer = await db.fetch({ keys: ['Spades', 'nobody', 'Hearts'] });
    assert.equal(answer.rows[0].doc.suit, 'Spades');
    assert.equal(answer.rows[1].error, 'not_found');
    assert.equal(answer.rows[2].doc.suit, 'Hearts');
  });
  await step('fetchRevs', async () => {
    const answer = await db.fetchRevs({ keys: ['rabbit'] });
    assert.equal(answer.rows[0].value.rev, rev);
  });
  await step('destroy', async () => {
    assert.equal((await db.destroy('rabbit', rev)).ok, true);
    await assert.rejects(db.get('rabbit'), { statusCode: 404, reason: 'deleted' });
  });
}

async function attachments() {
  const bytes = Buffer.from([0, 1, 2, 254, 255]);
  let rev;
  await step('attachment.insert', async () => {
    rev = (await db.attachment.insert('hat', 'rabbit.png', bytes, 'image/png')).rev;
    rev = (await db.attachment.insert('hat', 'b.txt', 'text', 'text/plain', { rev })).rev;
    assert.match(rev, /^2-/);
  });
  await step('attachment.get', async () => {
    assert.deepEqual(Buffer.from(await db.attachment.get('hat', 'rabbit.png')), bytes);
    assert.equal(await text(db.attachment.getAsStream('hat', 'b.txt')), 'text');
  });
  await step('attachment.destroy', async () => {
    await db.attachment.destroy('hat', 'b.txt', { rev });
    await assert.rejects(db.attachment.get('hat', 'b.txt'), { statusCode: 404 });
  });
  await step('multipart', async () => {
    const parts = [{ name: 'rabbit.png', data: bytes, content_type: 'image/png' }];
    await db.multipart.insert({ foo: 'bar' }, parts, 'both');
    const stored = await db.get('both', { attachments: true });
    assert.equal(stored.foo, 'bar');
    assert.equal(stored._attachments['rabbit.png'].data, bytes.toString('base64'));
    // nano reads all of it as UTF-8, so of the bytes those that are ASCII can be told.
    const raw = String(await db.multipart.get('both'));
    assert.ok(raw.includes(bytes.toString('latin1', 0, 3)), 'the bytes come as they are');
    assert.ok(raw.includes('"foo":"bar"'));
  });
}

const CHARACTERS = {
  _id: '_design/characters',
  views: {
    by_suit: { map: 'function (doc) { if (doc.suit) { emit(doc.suit, doc.n); } }', reduce: '_sum' },
  },
  lists: {
    names: `function (head, req) {
      start({ headers: { 'Content-Type': 'text/plain' } });
      var row;
      while ((row = getRow())) { send(row.key + ';'); }
      return 'end';
    }`,
  },
  shows: { format: 'function (doc, req) { return "suit " + (doc ? doc.suit : req.id); }' },
  updates: {
    inplace: `function (doc, req) {
      var wish = JSON.parse(req.body);
      doc[wish.field] = wish.value;
      return [doc, 'set ' + wish.field];
    }`,
  },
};

async function designs() {
  const all = { reduce: false };
  await db.insert(CHARACTERS);
  await step('view', async () => {
    assert.deepEqual(ids(await db.view('characters', 'by_suit', all)), ['Clubs', 'Hearts', 'Spades']);
    const keys = { keys: ['Spades', 'Hearts'], ...all };
    assert.deepEqual(ids(await db.view('characters', 'by_suit', keys)), ['Spades', 'Hearts']);
    const one = { key: 'Hearts', include_docs: true, ...all };
    assert.equal((await db.view('characters', 'by_suit', one)).rows[0].doc.n, 0);
    assert.deepEqual((await db.view('characters', 'by_suit')).rows, [{ key: null, value: 3 }]);
    const groups = await db.view('characters', 'by_suit', { group: true });
    assert.deepEqual(groups.rows[2], { key: 'Spades', value: 2 });
    assert.equal(JSON.parse(await text(db.viewAsStream('characters', 'by_suit', all))).rows.length, 3);
  });
  await step('viewWithList', async () => {
    const list = await db.viewWithList('characters', 'by_suit', 'names', all);
    assert.equal(list, 'Clubs;Hearts;Spades;end');
    const stream = db.viewWithListAsStream('characters', 'by_suit', 'names', all);
    assert.equal(await text(stream), list);
  });
  await step('show', async () => {
    assert.equal(await db.show('characters', 'format', 'Clubs'), 'suit Clubs');
  });
  await step('atomic', async () => {
    const body = { field: 'foo', value: 'bar' };
    assert.equal(await db.atomic('characters', 'inplace', 'Clubs', body), 'set foo');
    assert.equal((await db.get('Clubs')).foo, 'bar');
  });
  await step('createIndex', async () => {
    const index = { index: { fields: ['suit', 'n'] }, name: 'suits' };
    assert.equal((await db.createIndex(index)).result, 'created');
  });
  await step('find', async () => {
    const query = { selector: { suit: { $eq: 'Hearts' }, n: { $gte: 0 } }, fields: ['suit'], limit: 9 };
    assert.deepEqual((await db.find(query)).docs, [{ suit: 'Hearts' }]);
    assert.deepEqual(JSON.parse(await text(db.findAsStream(query))).docs, [{ suit: 'Hearts' }]);
  });
  await step('search is refused, as by a CouchDB without a search plugin', async () => {
    await assert.rejects(db.search('characters', 'any', { q: 'cat' }), (error) => {
      return [404, 501].includes(error.statusCode) && error.reason.length > 10;
    });
  });
  await step('compact', async () => {
    assert.equal((await nano.db.compact('alice')).ok, true);
    assert.equal((await nano.db.compact('alice', 'characters')).ok, true);
  });
}

async function partitions() {
  const parts = nano.use('parts');
  const view = { map: 'function (doc) { emit(doc.n, null); }' };
  await step('partitionInfo', async () => {
    await parts.bulk({
      docs: [
        { _id: 'canidae:dog', name: 'dog', n: 1 },
        { _id: 'canidae:wolf', name: 'wolf', n: 2 },
        { _id: 'felidae:cat', name: 'cat', n: 3 },
      ],
    });
    const info = await parts.partitionInfo('canidae');
    assert.equal(info.doc_count, 2);
    assert.equal(info.partition, 'canidae');
    await assert.rejects(parts.insert({ _id: 'nothing' }), { statusCode: 400 });
  });
  await step('partitionedList', async () => {
    const list = await parts.partitionedList('canidae', { include_docs: true });
    assert.deepEqual(ids(list), ['canidae:dog', 'canidae:wolf']);
    assert.equal(JSON.parse(await text(parts.partitionedListAsStream('felidae'))).rows.length, 1);
  });
  await step('partitionedFind', async () => {
    const query = { selector: { name: { $gt: 'a' } } };
    assert.equal((await parts.partitionedFind('canidae', query)).docs.length, 2);
    const stream = parts.partitionedFindAsStream('felidae', query);
    assert.equal(JSON.parse(await text(stream)).docs[0].name, 'cat');
  });
  await step('partitionedView', async () => {
    await parts.insert({ _id: '_design/zoo', options: { partitioned: true }, views: { by_n: view } });
    const found = await parts.partitionedView('canidae', 'zoo', 'by_n', { startkey: 2 });
    assert.deepEqual(ids(found), ['canidae:wolf']);
    const stream = parts.partitionedViewAsStream('felidae', 'zoo', 'by_n');
    assert.equal(JSON.parse(await text(stream)).rows.length, 1);
  });
}

async function changes() {
  await step('changes', async () => {
    const answer = await nano.db.changes('alice', { limit: 2 });
    assert.equal(answer.results.length, 2);
    const stream = db.changesAsStream({ limit: 1 }); // nano.db has none, whatever the README says
    assert.equal(JSON.parse(await text(stream)).results.length, 1);
  });
  await step('changesReader.get', async () => {
    const seen = [];
    const reader = db.changesReader.get({ since: '0', batchSize: 2, timeout: 1000 });
    reader.on('batch', (batch) => seen.push(...batch.map((change) => change.id)));
    await once(reader, 'end');
    assert.ok(seen.includes('Clubs') && seen.includes('_design/characters'));
  });
  await step('changesReader.start', async () => {
    const reader = db.changesReader.start({ since: 'now', timeout: 5000, includeDocs: true });
    const arrived = once(reader, 'change');
    await until(
      async () => {
        await db.insert({ at: Date.now() });
        return Promise.race([arrived, new Promise((r) => setTimeout(r, 100, null))]);
      },
      (change) => change !== null && change[0].doc.at > 0,
    );
    // The request that is under way ends in an error, which once() would take for its own.
    const ended = new Promise((resolve) => reader.on('end', resolve));
    reader.on('error', () => {});
    db.changesReader.stop();
    await ended; // there is one reader to a database
  });
  await step('changesReader with a selector', async () => {
    const seen = [];
    const options = { since: '0', timeout: 1000, selector: { suit: { $gt: 'D' } } };
    const reader = db.changesReader.get(options);
    reader.on('batch', (batch) => seen.push(...batch.map((change) => change.id)));
    await once(reader, 'end');
    assert.deepEqual(seen.sort(), ['Hearts', 'Spades']);
  });
  await step('changesReader.spool', async () => {
    const seen = [];
    const reader = db.changesReader.spool({ since: '0' });
    reader.on('batch', (batch) => seen.push(...batch.map((change) => change.id)));
    await once(reader, 'end');
    assert.ok(seen.includes('Hearts'));
  });
  await step('updates', async () => {
    const told = nano.updates({ feed: 'longpoll', timeout: 20000, since: 'now' });
    told.catch(() => {}); // the race below tells; it may come before that begins
    await until(
      async () => {
        await db.insert({ at: Date.now() });
        return Promise.race([told, new Promise((r) => setTimeout(r, 100, null))]);
      },
      (answer) => answer !== null && answer.results.some((row) => row.db_name === 'alice'),
    );
  });
}

async function replication() {
  await step('db.replicate', async () => {
    const done = await nano.db.replicate('alice', `${withName}/copy`, { create_target: true });
    assert.equal(done.ok, true);
    assert.equal((await nano.use('copy').get('Hearts')).n, 0);
  });
  await step('db.replication', async () => {
    await nano.db.create('_replicator'); // as on a CouchDB that nobody has set up
    const started = await nano.db.replication.enable('alice', `${withName}/kept`, {
      create_target: true,
      continuous: true,
    });
    await until(
      () => nano.use('kept').get('Spades').catch(() => null),
      (doc) => doc !== null,
    );
    const state = await nano.db.replication.query(started.id);
    assert.equal(state._id, started.id);
    await db.insert({ _id: 'later' });
    await until(
      () => nano.use('kept').get('later').catch(() => null),
      (doc) => doc !== null,
    );
    await nano.db.replication.disable(started.id, state._rev);
  });
}

async function goodbye() {
  await step('db.destroy', async () => {
    for (const name of ['alice', 'parts', 'copy', 'kept']) {
      assert.equal((await nano.db.destroy(name)).ok, true);
    }
    await assert.rejects(nano.db.get('alice'), { statusCode: 404 });
  });
}

async function main() {
  for (const part of [databases, documents, attachments, designs, partitions, changes, replication]) {
    await part();
  }
  await goodbye();
  console.log(JSON.stringify(report));
  process.exit(0);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
