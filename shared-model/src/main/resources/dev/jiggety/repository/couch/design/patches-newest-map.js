function (doc) {
  // When it was handed in → rollout. That never changes, so the index is written once for each.
  if (doc.type === 'rollout') {
    emit(doc.transitions && doc.transitions.length ? doc.transitions[0].at : doc.since, null);
  }
}
