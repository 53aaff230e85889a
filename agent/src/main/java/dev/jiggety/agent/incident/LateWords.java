package dev.jiggety.agent.incident;

import dev.jiggety.model.rules.incident.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Hours that have to be judged again, since words on them came late. Bounded by the hours that
 * results are kept. Not thread-safe.
 */
final class LateWords {
  /** Words come in a row: the hour is judged when they pause, or at the latest after that. */
  private static final Duration PAUSE = Duration.ofSeconds(3);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** So many tests are judged in one go: their words must fit into memory. */
  static final int MOST_TESTS = 200;

  private static final long HOUR = Duration.ofHours(1).toMillis();

  private final Map<Long, Waiting> hours = new TreeMap<>();

  /** Tests with late words in an hour. */
  private static final class Waiting {
    private final Set<String> tests = new HashSet<>();
    private final Instant first;
    private Instant last;

    private Waiting(Instant now) {
      this.first = now;
      this.last = now;
    }
  }

  /** An hour to judge again. */
  record Hour(Instant from, Instant to, Set<String> tests) {}

  void add(Word word, Instant now) {
    long hour = Math.floorDiv(word.start().toEpochMilli(), HOUR);
    Waiting waiting = hours.computeIfAbsent(hour, _ -> new Waiting(now));
    waiting.tests.add(word.test());
    waiting.last = now;
  }

  /** The oldest hour whose words have come, by now. */
  Optional<Hour> next(Instant now) {
    for (Map.Entry<Long, Waiting> entry : hours.entrySet()) {
      Waiting waiting = entry.getValue();
      boolean isReady =
          !now.isBefore(waiting.last.plus(PAUSE))
              || !now.isBefore(waiting.first.plus(LONGEST_PAUSE));
      if (isReady) {
        List<String> tests = new ArrayList<>(waiting.tests);
        Set<String> some = Set.copyOf(tests.subList(0, Math.min(MOST_TESTS, tests.size())));
        waiting.tests.removeAll(some);
        if (waiting.tests.isEmpty()) {
          hours.remove(entry.getKey());
        }
        Instant from = Instant.ofEpochMilli(entry.getKey() * HOUR);
        return Optional.of(new Hour(from, from.plusMillis(HOUR), some));
      }
    }
    return Optional.empty();
  }

  /** It could not be done; again later. */
  void putBack(Hour hour, Instant now) {
    Waiting waiting =
        hours.computeIfAbsent(
            Math.floorDiv(hour.from().toEpochMilli(), HOUR), _ -> new Waiting(now));
    waiting.tests.addAll(hour.tests());
    waiting.last = now;
  }

  boolean isEmpty() {
    return hours.isEmpty();
  }
}
