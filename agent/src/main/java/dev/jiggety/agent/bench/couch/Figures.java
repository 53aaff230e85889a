package dev.jiggety.agent.bench.couch;

import dev.jiggety.bench.BenchReport;
import java.io.IOException;
import java.util.Optional;

/** Puts figures of one server into the report, and the reason where there is none. */
record Figures(BenchReport report, String prefix) {
  static final String PER_SECOND = "1/s";

  /** Something that is measured. */
  interface Measurement<T> {
    T run() throws IOException, InterruptedException, NotMeasuredException;
  }

  void add(String name, double value, String unit) {
    report.figure(prefix + name, value, unit);
  }

  /** Measures and adds; empty where it could not be measured. */
  Optional<Double> measure(String name, String unit, Measurement<Double> measurement)
      throws InterruptedException {
    Optional<Double> value = attempt(name, measurement);
    value.ifPresent(known -> add(name, known, unit));
    return value;
  }

  /** Measures; where that fails, the reason stands in the report under this name. */
  <T> Optional<T> attempt(String name, Measurement<T> measurement) throws InterruptedException {
    try {
      return Optional.of(measurement.run());
    } catch (NotMeasuredException | IOException e) {
      String reason = e.getMessage();
      report.notMeasured(prefix + name, reason == null ? e.toString() : reason);
      return Optional.empty();
    }
  }
}
