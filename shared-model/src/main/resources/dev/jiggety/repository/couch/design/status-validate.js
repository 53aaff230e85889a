function (newDoc, oldDoc, userCtx, secObj) {
  if (newDoc._deleted) {
    return;
  }
  if (newDoc.type !== 'node' || newDoc._id.indexOf('node:') !== 0) {
    throw({forbidden: 'this database holds the reports of nodes alone, as node:<name>'});
  }
}
