function (newDoc, oldDoc, userCtx, secObj) {
  // What is in force is changed by patches alone, and the patch manager is who carries them out.
  var id = newDoc._id;
  var kind = id.indexOf(':') < 0 ? id : id.substring(0, id.indexOf(':'));
  var single = ['head', 'candidate', 'settings', 'trials', 'agent', 'secrets'].indexOf(kind) >= 0;
  var many =
    ['test', 'key', 'strategy', 'window', 'channel', 'policy', 'secret',
      'sealer'].indexOf(kind) >= 0;
  if (userCtx.roles.indexOf('jiggety-manager') < 0 && userCtx.roles.indexOf('_admin') < 0) {
    throw({
      forbidden: 'the configuration is changed by patches; only the role jiggety-manager writes it'
    });
  }
  if (newDoc._deleted) {
    return;
  }
  if (!(single && id === kind) && !(many && id.length > kind.length + 1)) {
    throw({
      forbidden:
        'this database holds head, candidate, trials, settings, agent, secrets, test:, key:, strategy:, window:, ' +
        'channel:, policy:, secret: and sealer: alone'
    });
  }
  if (newDoc.type !== kind) {
    throw({forbidden: 'the id of a document of the configuration begins with its type'});
  }
  if (typeof newDoc.schema !== 'number') {
    throw({forbidden: 'a document of the configuration says its schema, a number'});
  }
  if (kind === 'head') {
    if (typeof newDoc.version !== 'number') {
      throw({forbidden: 'a head says its version, a number'});
    }
    if (oldDoc && !oldDoc._deleted && newDoc.version <= oldDoc.version) {
      throw({forbidden: 'the version of the head grows with each write'});
    }
  }
}
