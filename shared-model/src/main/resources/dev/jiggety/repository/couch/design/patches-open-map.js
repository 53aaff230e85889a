function (doc) {
  // Rollouts that have not ended, by id: what a manager goes on with.
  var ended = {
    'completed': true,
    'rejected': true,
    'cancelled': true,
    'expired': true,
    'joined': true,
    'rolled-back': true,
    'rollback-incomplete': true
  };
  if (doc.type === 'rollout' && !ended[doc.state]) {
    emit(doc._id.substring('rollout:'.length), null);
  }
}
