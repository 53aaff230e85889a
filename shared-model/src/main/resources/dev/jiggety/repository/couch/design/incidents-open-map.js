function (doc) {
  // Incidents that last, by id, which begins with the time when they began.
  if (doc.type === 'incident' && typeof doc.ended !== 'number') {
    emit(doc._id.substring('incident:'.length), null);
  }
}
