function (newDoc, oldDoc, userCtx, secObj) {
  // Releases of the agent. One is what it is: it may go, and never changes.
  var id = newDoc._id;
  if (userCtx.roles.indexOf('jiggety-release') < 0 && userCtx.roles.indexOf('_admin') < 0) {
    throw({forbidden: 'releases are published by the role jiggety-release alone'});
  }
  if (newDoc._deleted) {
    return;
  }
  var kind = id.substring(0, id.indexOf(':'));
  if ((kind !== 'release' && kind !== 'part') || id.length <= kind.length + 1) {
    throw({forbidden: 'this database holds release:<version> and part:<sha256> alone'});
  }
  if (newDoc.type !== kind) {
    throw({forbidden: 'the id of a document begins with its type'});
  }
  if (typeof newDoc.schema !== 'number') {
    throw({forbidden: 'a document says its schema, a number'});
  }
  if (oldDoc && !oldDoc._deleted) {
    throw({forbidden: 'a ' + kind + ' is never changed'});
  }
}
