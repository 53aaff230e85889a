function (newDoc, oldDoc, userCtx, secObj) {
  // Results are never changed and never deleted: their database is dropped when it is old.
  if (newDoc._deleted || (oldDoc && !oldDoc._deleted)) {
    throw({forbidden: 'results are immutable'});
  }
  if (newDoc.type !== 'batch' || newDoc._id.indexOf('batch:') !== 0) {
    throw({forbidden: 'this database holds batches of results alone'});
  }
  if (userCtx.roles.indexOf('_admin') >= 0) {
    return; // a hub copies from another
  }
  if (userCtx.roles.indexOf('jiggety-node') < 0) {
    throw({forbidden: 'results are delivered by nodes, which have the role jiggety-node'});
  }
  if (newDoc.node !== userCtx.name || newDoc._id.split(':')[2] !== userCtx.name) {
    throw({forbidden: 'a node delivers its own results alone, as batch:<time>:<node>:<stream>:<seq>'});
  }
}
