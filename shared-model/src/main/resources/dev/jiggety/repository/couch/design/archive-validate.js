function (newDoc, oldDoc, userCtx, secObj) {
  // Packs are never changed and never deleted: their database is dropped when it is old.
  if (newDoc._deleted || (oldDoc && !oldDoc._deleted)) {
    throw({forbidden: 'packs are immutable'});
  }
  var type = newDoc._id.split(':')[0];
  if ((type !== 'pack' && type !== 'day') || newDoc.type !== type) {
    throw({forbidden: 'this database holds packs and roll-ups of days alone'});
  }
}
