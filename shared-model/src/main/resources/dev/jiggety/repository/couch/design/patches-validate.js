function (newDoc, oldDoc, userCtx, secObj) {
  // Operators hand in, the manager records. Nothing here ever goes: it is what was done.
  var id = newDoc._id;
  var kind = id.indexOf(':') < 0 ? id : id.substring(0, id.indexOf(':'));
  var handedIn = kind === 'patch' || kind === 'command' || kind === 'trial';
  var once = handedIn || kind === 'answer' || kind === 'audit' || kind === 'before';
  var isAdmin = userCtx.roles.indexOf('_admin') >= 0;
  var isManager = isAdmin || userCtx.roles.indexOf('jiggety-manager') >= 0;
  var isOperator = isManager || userCtx.roles.indexOf('jiggety-operator') >= 0;
  var by;
  if (newDoc._deleted && kind === 'trial' && isManager) {
    return; // a trial changes nothing: it need not be kept
  }
  if (newDoc._deleted) {
    throw({forbidden: 'patches and their records are never deleted'});
  }
  if (!(id === 'line') && !((once || kind === 'rollout') && id.length > kind.length + 1)) {
    throw({
      forbidden: 'this database holds patch:, command:, trial:, rollout:, answer:, before:, audit: and line'
    });
  }
  if (!(handedIn ? isOperator : isManager)) {
    throw({
      forbidden: handedIn
        ? 'patches, commands and trials need the role jiggety-operator'
        : 'records of patches are written by the role jiggety-manager alone'
    });
  }
  if (newDoc.type !== kind) {
    throw({forbidden: 'the id of a document begins with its type'});
  }
  if (typeof newDoc.schema !== 'number') {
    throw({forbidden: 'a document says its schema, a number'});
  }
  if (once && oldDoc && !oldDoc._deleted) {
    throw({forbidden: 'a ' + kind + ' is never changed'});
  }
  if (handedIn && !isAdmin && userCtx.name) {
    // An administrator brings back a backup, or copies from another hub: the signatures still tell.
    by = kind === 'patch' ? newDoc.author : newDoc.by;
    if (by !== userCtx.name) {
      throw({forbidden: 'a ' + kind + ' of ' + userCtx.name + ' says that name, not ' + by});
    }
  }
  if (id === 'line' && oldDoc && !oldDoc._deleted && !(newDoc.last >= oldDoc.last)) {
    throw({forbidden: 'places in the line are given out once'});
  }
}
