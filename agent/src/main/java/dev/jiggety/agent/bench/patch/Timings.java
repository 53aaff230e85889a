package dev.jiggety.agent.bench.patch;

import dev.jiggety.base.Quantiles;
import dev.jiggety.bench.BenchReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Times of the same thing done several times, by what they are the time of. Not thread-safe. */
final class Timings {
  private final Map<String, List<Long>> nanos = new LinkedHashMap<>();

  /** Notes one. */
  void add(String what, long time) {
    nanos.computeIfAbsent(what, _ -> new ArrayList<>()).add(time);
  }

  /** p50, p99 and max of each of these, in milliseconds. */
  void report(BenchReport report, String... names) {
    for (String name : names) {
      Quantiles times = quantiles(name);
      if (times.count() == 0) {
        report.notMeasured(name + " p99", "it never came to that");
        continue;
      }
      report.figure(name + " p50", (double) times.at(0.5) / 1e6, "ms");
      report.figure(name + " p99", (double) times.at(0.99) / 1e6, "ms");
      report.figure(name + " max", (double) times.at(1) / 1e6, "ms");
    }
  }

  /** The medians of those whose names begin so, in the order in which they were first noted. */
  void medians(BenchReport report, String beginning) {
    nanos.keySet().stream()
        .filter(name -> name.startsWith(beginning))
        .forEach(
            name -> report.figure(name + " p50", (double) quantiles(name).at(0.5) / 1e6, "ms"));
  }

  private Quantiles quantiles(String name) {
    return new Quantiles(
        nanos.getOrDefault(name, List.of()).stream().mapToLong(Long::longValue).toArray());
  }
}
