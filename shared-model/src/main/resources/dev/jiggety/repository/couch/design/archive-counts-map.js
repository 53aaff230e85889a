function (doc) {
  // [test, year, month, day, node, hour] → [all, runs, up, degraded, down, unknown] of the packs of
  // hours; [test, year, month, day, node] → [-all] of the roll-ups of days. So "all" adds up to
  // zero where days hold everything that the hours hold.
  if (doc.type !== 'pack' && doc.type !== 'day') {
    return;
  }
  var id = doc._id.split(':');
  var key = [
    id[1],
    parseInt(id[2].substring(0, 4), 10),
    parseInt(id[2].substring(4, 6), 10),
    parseInt(id[2].substring(6, 8), 10),
    id[3]
  ];
  var runs = doc.runs[0] + doc.runs[1] + doc.runs[2] + doc.runs[3];
  var all = runs + (doc.skipped ? doc.skipped[0] + doc.skipped[1] : 0);
  if (doc.type === 'day') {
    emit(key, [-all]);
  } else {
    key.push(parseInt(id[2].substring(8, 10), 10));
    emit(key, [all, runs].concat(doc.runs));
  }
}
