function (newDoc, oldDoc, userCtx, secObj) {
  // People hand in, the manager records. Nothing here ever goes: it is what was done.
  var id = newDoc._id;
  var kind = id.indexOf(':') < 0 ? id : id.substring(0, id.indexOf(':'));
  var handedIn = ['patch', 'command', 'trial', 'deposit'].indexOf(kind) >= 0;
  var once = handedIn || kind === 'answer' || kind === 'audit' || kind === 'before';
  var isAdmin = userCtx.roles.indexOf('_admin') >= 0;
  var isManager = isAdmin || userCtx.roles.indexOf('jiggety-manager') >= 0;
  var isOperator = isManager || userCtx.roles.indexOf('jiggety-operator') >= 0;
  var isApprover = userCtx.roles.indexOf('jiggety-approver') >= 0;
  var isRelease = isManager || userCtx.roles.indexOf('jiggety-release') >= 0;
  var by;
  if (newDoc._deleted && (kind === 'trial' || kind === 'deposit') && isManager) {
    return; // these change nothing by themselves: they need not be kept
  }
  if (newDoc._deleted) {
    throw({forbidden: 'patches and their records are never deleted'});
  }
  if (!(id === 'line') && !((once || kind === 'rollout') && id.length > kind.length + 1)) {
    throw({
      forbidden: 'this database holds patch:, command:, trial:, deposit:, rollout:, answer:, before:, ' +
        'audit: and line'
    });
  }
  if (!handedIn && !isManager) {
    throw({forbidden: 'records of patches are written by the role jiggety-manager alone'});
  }
  if (handedIn && !isOperator && !(kind === 'command' && (isApprover || isRelease)) &&
      !(kind === 'patch' && isRelease)) {
    throw({forbidden: 'patches, commands, trials and deposits need the role jiggety-operator'});
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
  if (kind === 'command' && !isOperator) {
    if (newDoc.act === 'approve' || newDoc.act === 'deny' ? !isApprover : !isRelease) {
      throw({forbidden: 'the command ' + newDoc.act + ' needs another role than ' + userCtx.name + ' has'});
    }
  }
  if (kind === 'patch' && !(isOperator && isRelease)) {
    // Which release of the agent nodes run is the one thing that release managers change, and
    // that nobody else does.
    for (var i = 0; newDoc.changes && i < newDoc.changes.length; i++) {
      var change = newDoc.changes[i] || {};
      var isAgent = change['delete'] === 'agent' || (change.put && change.put._id === 'agent');
      if (isAgent && !isRelease) {
        throw({forbidden: 'a patch that changes agent needs the role jiggety-release'});
      }
      if (!isAgent && !isOperator) {
        throw({forbidden: 'a patch that changes more than agent needs the role jiggety-operator'});
      }
    }
  }
  if (id === 'line' && oldDoc && !oldDoc._deleted && !(newDoc.last >= oldDoc.last)) {
    throw({forbidden: 'places in the line are given out once'});
  }
}
