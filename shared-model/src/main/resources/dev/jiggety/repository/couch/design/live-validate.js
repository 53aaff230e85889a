function (newDoc, oldDoc, userCtx, secObj) {
  // Results are never changed and never deleted: their database is dropped when it is old.
  if (newDoc._deleted || (oldDoc && !oldDoc._deleted)) {
    throw({forbidden: 'results are immutable'});
  }
  if (newDoc.type !== 'batch' || newDoc._id.indexOf('batch:') !== 0) {
    throw({forbidden: 'this database holds batches of results alone'});
  }
}
