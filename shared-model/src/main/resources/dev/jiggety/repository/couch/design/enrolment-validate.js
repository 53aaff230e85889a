function (newDoc, oldDoc, userCtx, secObj) {
  // Operators invite and dismiss, guests ask once, the manager answers.
  var id = newDoc._id;
  var kind = id.indexOf(':') < 0 ? id : id.substring(0, id.indexOf(':'));
  var ordered = kind === 'invitation' || kind === 'dismissal';
  var once = ordered || kind === 'join';
  var isAdmin = userCtx.roles.indexOf('_admin') >= 0;
  var isManager = isAdmin || userCtx.roles.indexOf('jiggety-manager') >= 0;
  var isOperator = isAdmin || userCtx.roles.indexOf('jiggety-operator') >= 0;
  var isGuest = userCtx.roles.indexOf('jiggety-guest') >= 0;
  if ((!once && kind !== 'admission' && kind !== 'member') || id.length <= kind.length + 1) {
    throw({forbidden: 'this database holds invitation:, join:, admission:, member: and dismissal:'});
  }
  if (newDoc._deleted) {
    // Who was a member, and who was sent away, is kept: a name is not used again unseen.
    if (!isManager || kind === 'member' || kind === 'dismissal') {
      throw({forbidden: 'nodes and what was asked of them are never deleted'});
    }
    return;
  }
  if (ordered && !isOperator) {
    throw({forbidden: 'invitations and dismissals need the role jiggety-operator'});
  }
  if ((kind === 'member' || kind === 'admission') && !isManager) {
    throw({forbidden: 'who is let in is said by the role jiggety-manager alone'});
  }
  if (kind === 'join' && !isAdmin && !(isGuest && userCtx.name === 'guest-' + id.substring(5))) {
    throw({forbidden: 'a guest guest-<id> asks with its own invitation alone, as join:<id>'});
  }
  if (newDoc.type !== kind) {
    throw({forbidden: 'the id of a document begins with its type'});
  }
  if (typeof newDoc.schema !== 'number') {
    throw({forbidden: 'a document says its schema, a number'});
  }
  if (once && oldDoc && !oldDoc._deleted) {
    throw({forbidden: 'a document of the kind ' + kind + ' is never changed'});
  }
  if (kind === 'admission' && oldDoc && !oldDoc._deleted && oldDoc.state !== 'open') {
    throw({forbidden: 'an invitation that has ended is not opened again'});
  }
  if (ordered && !isAdmin && newDoc.by !== userCtx.name) {
    throw({forbidden: 'who is ' + userCtx.name + ' says that name, not ' + newDoc.by});
  }
}
