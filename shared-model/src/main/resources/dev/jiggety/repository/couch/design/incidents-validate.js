function (newDoc, oldDoc, userCtx, secObj) {
  var types = ['incident', 'act', 'notice', 'dropped'];
  if (newDoc._deleted) {
    throw({forbidden: 'incidents are never deleted'});
  }
  if (types.indexOf(newDoc.type) < 0 || newDoc._id.indexOf(newDoc.type + ':') !== 0) {
    throw({forbidden: 'this database holds incidents, what people say of them, and notices'});
  }
}
