function (doc) {
  // [test, year, month, day, phase, node] → how many times fell into each bucket of the histogram.
  if (doc.type !== 'day') {
    return;
  }
  var id = doc._id.split(':');
  Object.keys(doc.phases || {}).forEach(function (phase) {
    var value = [];
    doc.phases[phase].split(';').forEach(function (stretch) {
      var colon = stretch.indexOf(':');
      var place = parseInt(stretch.substring(0, colon), 10);
      while (value.length < place) {
        value.push(0);
      }
      stretch.substring(colon + 1).split(',').forEach(function (count) {
        value.push(parseInt(count, 10));
      });
    });
    emit([
      id[1],
      parseInt(id[2].substring(0, 4), 10),
      parseInt(id[2].substring(4, 6), 10),
      parseInt(id[2].substring(6, 8), 10),
      phase,
      id[3]
    ], value);
  });
}
