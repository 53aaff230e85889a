function (newDoc, oldDoc, userCtx, secObj) {
  // Everybody says how he is himself; who does not have the role of a manager is none.
  var id = newDoc._id;
  var kind = id.indexOf(':') < 0 ? id : id.substring(0, id.indexOf(':'));
  var isAdmin = userCtx.roles.indexOf('_admin') >= 0;
  var isManager = isAdmin || userCtx.roles.indexOf('jiggety-manager') >= 0;
  if (kind === 'manager' && !isManager) {
    throw({forbidden: 'what a manager says of itself needs the role jiggety-manager'});
  }
  if (kind === 'hub' && !isAdmin) {
    throw({forbidden: 'what the hub says of itself is written by the hub alone'});
  }
  if (newDoc._deleted) {
    return;
  }
  if (!(kind === 'node' || kind === 'manager' || kind === 'hub') || id.length <= kind.length + 1) {
    throw({
      forbidden: 'this database holds the reports of nodes, managers and the hub alone, as node:<name>'
    });
  }
  if (newDoc.type !== kind) {
    throw({forbidden: 'the id of a report begins with its type'});
  }
}
