function (doc) {
  // [year, month, day, hour, test, node] → [up, degraded, down, unknown]: how the runs of a test
  // went on a node in an hour of UTC. A span of time is one range of keys, and _sum counts it up.
  var column = {up: 0, degraded: 1, down: 2, unknown: 3};
  var counts = {};
  var keys = {};
  if (doc.type !== 'batch' || !doc.runs) {
    return;
  }
  doc.runs.forEach(function (run) {
    var at = new Date(run.planned);
    var key = [
      at.getUTCFullYear(),
      at.getUTCMonth() + 1,
      at.getUTCDate(),
      at.getUTCHours(),
      run.test,
      doc.node
    ];
    var name = JSON.stringify(key);
    if (!counts[name]) {
      counts[name] = [0, 0, 0, 0];
      keys[name] = key;
    }
    counts[name][column[run.verdict]] += 1;
  });
  Object.keys(counts).forEach(function (name) {
    emit(keys[name], counts[name]);
  });
}
