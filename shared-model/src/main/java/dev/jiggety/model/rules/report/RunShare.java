package dev.jiggety.model.rules.report;

import dev.jiggety.model.Summary;
import dev.jiggety.model.Verdict;
import java.util.OptionalDouble;

/** How many runs, outside of maintenance, said what. */
public record RunShare(long up, long degraded, long down, long unknown) {
  /** No runs. */
  public static final RunShare NONE = new RunShare(0, 0, 0, 0);

  /** Those of a summary. */
  public static RunShare of(Summary summary) {
    return new RunShare(
        summary.runs().getOrDefault(Verdict.UP, 0L),
        summary.runs().getOrDefault(Verdict.DEGRADED, 0L),
        summary.runs().getOrDefault(Verdict.DOWN, 0L),
        summary.runs().getOrDefault(Verdict.UNKNOWN, 0L));
  }

  /** Both together. */
  public RunShare plus(RunShare other) {
    return new RunShare(
        up + other.up, degraded + other.degraded, down + other.down, unknown + other.unknown);
  }

  /** Those that could tell. */
  public long conclusive() {
    return up + degraded + down;
  }

  /** The share of those that could tell which found the site there, 0 to 1; empty for none. */
  public OptionalDouble availability() {
    return conclusive() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) (up + degraded) / conclusive());
  }

  /** Whether more than half of those that could tell found the site down. */
  public boolean mostlyDown() {
    return down * 2 > conclusive();
  }
}
