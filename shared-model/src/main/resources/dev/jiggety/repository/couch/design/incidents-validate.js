function (newDoc, oldDoc, userCtx, secObj) {
  // The manager records what was wrong and who was told, operators say what they think of it and
  // ask for messages.
  // Nothing here ever goes: it is what was.
  var id = newDoc._id;
  var kind = id.indexOf(':') < 0 ? id : id.substring(0, id.indexOf(':'));
  var said = kind === 'act' || kind === 'request';
  var isAdmin = userCtx.roles.indexOf('_admin') >= 0;
  var isManager = isAdmin || userCtx.roles.indexOf('jiggety-manager') >= 0;
  var isOperator = isManager || userCtx.roles.indexOf('jiggety-operator') >= 0;
  if (newDoc._deleted) {
    throw({forbidden: 'incidents and what belongs to them are never deleted'});
  }
  if (!(said || kind === 'incident' || kind === 'notice' || kind === 'dropped') ||
      id.length <= kind.length + 1) {
    throw({forbidden: 'this database holds incident:, act:, notice:, request: and dropped:'});
  }
  if (!(said ? isOperator : isManager)) {
    throw({
      forbidden: said
        ? 'who says something of an incident needs the role jiggety-operator'
        : 'incidents and notices are written by the role jiggety-manager alone'
    });
  }
  if (newDoc.type !== kind) {
    throw({forbidden: 'the id of a document begins with its type'});
  }
  if (typeof newDoc.schema !== 'number') {
    throw({forbidden: 'a document says its schema, a number'});
  }
  if (said && oldDoc && !oldDoc._deleted) {
    throw({forbidden: 'what was said is never changed'});
  }
  if (said && !isAdmin && userCtx.name && newDoc.by !== userCtx.name) {
    throw({forbidden: 'who is ' + userCtx.name + ' says that name, not ' + newDoc.by});
  }
  var hasEpoch = kind === 'incident' || kind === 'notice';
  if (hasEpoch && oldDoc && !oldDoc._deleted && newDoc.epoch < oldDoc.epoch) {
    throw({forbidden: 'a manager with the epoch ' + oldDoc.epoch + ' has taken over'});
  }
}
