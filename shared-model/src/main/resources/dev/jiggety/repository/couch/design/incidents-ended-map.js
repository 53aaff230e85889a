function (doc) {
  // Incidents that are over, by the time of their end: those that reach into a span of time.
  if (doc.type === 'incident' && typeof doc.ended === 'number') {
    emit(doc.ended, null);
  }
}
