package dev.jiggety.agent.bench.couch;

import dev.jiggety.bench.BenchReport;
import java.util.Optional;

/** How many times one figure of a report is another one. */
record Ratios(BenchReport report) {

  /** Adds the ratio of two rates. */
  void faster(String ours, String theirs, String name) {
    Optional<Double> mine = report.value(ours);
    Optional<Double> other = report.value(theirs);
    if (mine.isPresent() && other.isPresent() && other.get() > 0) {
      report.figure(name, mine.get() / other.get(), "x");
    } else {
      report.notMeasured(name, "one of the two was not measured");
    }
  }
}
