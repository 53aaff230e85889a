package dev.jiggety.agent.bench.patch;

import dev.jiggety.model.Batch;
import dev.jiggety.model.Run;
import dev.jiggety.model.RunKey;
import dev.jiggety.repository.ResultRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How long nodes ran no test, by the results on the hub: of one test that is due every second. */
final class ReleaseGaps {
  private final Map<String, List<Instant>> begun = new TreeMap<>();
  private long doubled;

  /** Reads all. */
  ReleaseGaps(ResultRepository results, Instant from, Instant to) {
    Set<RunKey> seen = new HashSet<>();
    results.read(from, to, batch -> take(batch, seen));
    begun.values().forEach(times -> times.sort(Comparator.naturalOrder()));
  }

  private void take(Batch batch, Set<RunKey> seen) {
    for (Run run : batch.runs()) {
      if (seen.add(run.key())) {
        begun.computeIfAbsent(batch.node(), _ -> new ArrayList<>()).add(run.startedAt());
      } else {
        doubled++;
      }
    }
  }

  /** Results that are there more than once. */
  long doubled() {
    return doubled;
  }

  /** All results. */
  long results() {
    return begun.values().stream().mapToLong(List::size).sum();
  }

  /** The longest gap of each node that begins in that span. */
  List<Duration> longest(Instant from, Instant to) {
    return begun.values().stream().map(times -> longest(times, from, to)).sorted().toList();
  }

  private static Duration longest(List<Instant> times, Instant from, Instant to) {
    Duration longest = Duration.ZERO;
    for (int i = 1; i < times.size(); i++) {
      Instant before = times.get(i - 1);
      Duration gap = Duration.between(before, times.get(i));
      if (!before.isBefore(from) && before.isBefore(to) && gap.compareTo(longest) > 0) {
        longest = gap;
      }
    }
    return longest;
  }

  /** How many gaps of all nodes are longer than that, from then on. */
  long longerThan(Duration most, Instant from) {
    long count = 0;
    for (List<Instant> times : begun.values()) {
      for (int i = 1; i < times.size(); i++) {
        Instant before = times.get(i - 1);
        boolean isLong = Duration.between(before, times.get(i)).compareTo(most) > 0;
        count += isLong && !before.isBefore(from) ? 1 : 0;
      }
    }
    return count;
  }
}
