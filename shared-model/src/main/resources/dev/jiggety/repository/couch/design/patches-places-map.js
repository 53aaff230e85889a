function (doc) {
  // Place in the line → rollout that has ended, with the places that were given up before it.
  var ended = {
    'completed': true,
    'rejected': true,
    'cancelled': true,
    'expired': true,
    'joined': true,
    'rolled-back': true,
    'rollback-incomplete': true
  };
  var rollout;
  if (doc.type !== 'rollout' || !ended[doc.state]) {
    return;
  }
  rollout = doc._id.substring('rollout:'.length);
  (doc.riders || []).forEach(function (rider) {
    if (rider.seq) {
      emit(rider.seq, rollout);
    }
  });
  (doc.tombstones || []).forEach(function (place) {
    emit(place, rollout);
  });
}
