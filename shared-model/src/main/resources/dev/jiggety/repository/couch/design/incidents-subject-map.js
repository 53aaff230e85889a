function (doc) {
  // Incidents by test or node, and when they began.
  if (doc.type === 'incident') {
    emit([doc.subject, doc.began], null);
  }
}
