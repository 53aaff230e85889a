package dev.jiggety.repository;

import dev.jiggety.model.Verdict;
import java.time.Instant;
import java.util.Map;

/**
 * How the runs of a test went on a node in one hour.
 *
 * @param hour its beginning; hours are those of UTC
 * @param runs how many of each verdict; none is missing
 */
public record VerdictCount(Instant hour, String test, String node, Map<Verdict, Long> runs) {
  public VerdictCount {
    runs = Map.copyOf(runs);
  }

  /** All runs. */
  public long total() {
    return runs.values().stream().mapToLong(Long::longValue).sum();
  }
}
