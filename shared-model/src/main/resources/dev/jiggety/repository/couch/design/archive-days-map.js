function (doc) {
  // [test, year, month, day, node] → a list that adds up: up, degraded, down, unknown, missed,
  // suppressed, the sum of all times in microseconds, failures by kind up to place 23, and from
  // place 24 on how many times fell into each bucket of the histogram. A list and no object: no
  // reduction of it is ever too large for CouchDB's reduce_limit, and every server adds lists.
  if (doc.type !== 'day') {
    return;
  }
  var kinds = ['dns', 'refused', 'reset', 'timeout', 'tls', 'protocol', 'assertion', 'slow',
    'limit', 'internal'];
  var skipped = doc.skipped || [0, 0];
  var value = doc.runs.concat(skipped);
  value.push(doc.times ? doc.times[0] : 0);
  var i;
  for (i = 0; i < 17; i++) {
    value.push((doc.errors && kinds[i] && doc.errors[kinds[i]]) || 0);
  }
  (doc.total ? doc.total.split(';') : []).forEach(function (stretch) {
    var colon = stretch.indexOf(':');
    var place = 24 + parseInt(stretch.substring(0, colon), 10);
    while (value.length < place) {
      value.push(0);
    }
    stretch.substring(colon + 1).split(',').forEach(function (count) {
      value.push(parseInt(count, 10));
    });
  });
  var id = doc._id.split(':');
  emit([
    id[1],
    parseInt(id[2].substring(0, 4), 10),
    parseInt(id[2].substring(4, 6), 10),
    parseInt(id[2].substring(6, 8), 10),
    id[3]
  ], value);
}
