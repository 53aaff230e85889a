function (newDoc, oldDoc, userCtx, secObj) {
  // Packs are never changed and never deleted: their database is dropped when it is old.
  if (newDoc._deleted || (oldDoc && !oldDoc._deleted)) {
    throw({forbidden: 'packs are immutable'});
  }
  var parts = newDoc._id.split(':');
  if ((parts[0] !== 'pack' && parts[0] !== 'day') || newDoc.type !== parts[0]) {
    throw({forbidden: 'this database holds packs and roll-ups of days alone'});
  }
  if (userCtx.roles.indexOf('_admin') >= 0) {
    return; // a hub copies from another
  }
  if (userCtx.roles.indexOf('jiggety-node') < 0) {
    throw({forbidden: 'packs are delivered by nodes, which have the role jiggety-node'});
  }
  if (parts.length !== 5 || parts[3] !== userCtx.name) {
    throw({forbidden: 'a node packs its own results alone, as pack:<test>:<hour>:<node>:<part>'});
  }
}
