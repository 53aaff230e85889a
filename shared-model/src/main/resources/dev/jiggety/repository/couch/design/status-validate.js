function (newDoc, oldDoc, userCtx, secObj) {
  // Everybody says how he is himself; who does not have the role of a manager is none.
  var id = newDoc._id;
  var parts = id.split(':');
  var kind = parts[0];
  var isAdmin = userCtx.roles.indexOf('_admin') >= 0;
  var isManager = isAdmin || userCtx.roles.indexOf('jiggety-manager') >= 0;
  var isNode = userCtx.roles.indexOf('jiggety-node') >= 0;
  var ofItself = kind === 'node' || kind === 'trial-answer';
  if (kind === 'manager' && !isManager) {
    throw({forbidden: 'what a manager says of itself needs the role jiggety-manager'});
  }
  if (kind === 'hub' && !isAdmin) {
    throw({forbidden: 'what the hub says of itself is written by the hub alone'});
  }
  if (ofItself && !isManager && !isNode) {
    throw({forbidden: 'what a node says of itself needs the role jiggety-node'});
  }
  if (kind === 'node' && !isAdmin &&
      (newDoc._deleted ? !isManager : !isNode || id !== 'node:' + userCtx.name)) {
    throw({forbidden: 'a node reports itself alone, as node:<name>'});
  }
  if (kind === 'log' && !isAdmin && !(isManager && (newDoc._deleted || parts[1] === 'manager')) &&
      !(isNode && !newDoc._deleted && id === 'log:' + userCtx.name)) {
    throw({forbidden: 'a node gives its own log alone, as log:<name>, a manager as log:manager:<name>'});
  }
  if (kind === 'trial-answer') {
    // The manager's word has no node in its id; a node answers for itself, once.
    if (!isManager && (newDoc._deleted || parts.length !== 3 || userCtx.name !== parts[2])) {
      throw({forbidden: 'a node answers a trial for itself alone, as trial-answer:<request>:<node>'});
    }
    if (!newDoc._deleted && oldDoc && !oldDoc._deleted) {
      throw({forbidden: 'an answer to a trial is never changed'});
    }
    if (!newDoc._deleted && (newDoc.request !== parts[1] ||
        (parts.length > 2 ? newDoc.node !== parts[2] || parts.length > 3 : newDoc.node))) {
      throw({forbidden: 'the id of an answer to a trial is made of its request and its node'});
    }
  }
  if (newDoc._deleted) {
    if (!isManager) {
      throw({forbidden: 'reports are removed by the role jiggety-manager alone'});
    }
    return;
  }
  if ((!ofItself && ['manager', 'hub', 'log'].indexOf(kind) < 0) || id.length <= kind.length + 1) {
    throw({
      forbidden: 'this database holds the reports of nodes, managers and the hub alone, as node:<name>, ' +
        'and answers to trials'
    });
  }
  if (newDoc.type !== kind) {
    throw({forbidden: 'the id of a report begins with its type'});
  }
}
