function (doc) {
  // [test, year, month, day, node] → the shortest time, and again → the longest one, in
  // microseconds: "min" and "max" of _stats tell both of any group. Plain numbers, since not every
  // server takes statistics that were made elsewhere.
  if (doc.type !== 'day' || !doc.times) {
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
  emit(key, doc.times[1]);
  emit(key, doc.times[2]);
}
