function (newDoc, oldDoc, userCtx, secObj) {
  // Whoever has the role may write here; nobody may leave what no reader understands.
  if (newDoc._deleted) {
    return;
  }
  if (typeof newDoc.type !== 'string' || newDoc._id.indexOf(newDoc.type + ':') !== 0) {
    throw({forbidden: 'the id of a document of the configuration begins with its type and a colon'});
  }
  if (typeof newDoc.schema !== 'number') {
    throw({forbidden: 'a document of the configuration says its schema, a number'});
  }
}
