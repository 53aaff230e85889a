function (doc) {
  // [test, year, month, day, hour, node, planned] → what stays of a run: [verdict, sample, ...],
  // each sample [began after planned (ms), total (µs), status, kind of failure, phases (µs)].
  if (doc.type !== 'batch' || !doc.runs) {
    return;
  }
  doc.runs.forEach(function (run) {
    var at = new Date(run.planned);
    var value = [run.verdict];
    run.samples.forEach(function (sample) {
      value.push([
        sample.at - run.planned,
        sample.total,
        sample.status || 0,
        sample.error ? sample.error.kind : '',
        sample.phases
      ]);
    });
    emit([
      run.test,
      at.getUTCFullYear(),
      at.getUTCMonth() + 1,
      at.getUTCDate(),
      at.getUTCHours(),
      doc.node,
      run.planned
    ], value);
  });
}
