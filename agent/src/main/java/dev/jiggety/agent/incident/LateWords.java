package dev.jiggety.agent.incident;

import dev.jiggety.model.rules.incident.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

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

    private boolean isReady(Instant now) {
      return !now.isBefore(last.plus(PAUSE)) || !now.isBefore(first.plus(LONGEST_PAUSE));
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
    Optional<Map.Entry<Long, Waiting>> ready =
        hours.entrySet().stream().filter(entry -> entry.getValue().isReady(now)).findFirst();
    if (ready.isEmpty()) {
      return Optional.empty();
    }
    long hour = ready.get().getKey();
    Set<String> waiting = ready.get().getValue().tests;
    Set<String> some = waiting.stream().limit(MOST_TESTS).collect(Collectors.toUnmodifiableSet());
    waiting.removeAll(some);
    if (waiting.isEmpty()) {
      hours.remove(hour);
    }
    Instant from = Instant.ofEpochMilli(hour * HOUR);
    return Optional.of(new Hour(from, from.plusMillis(HOUR), some));
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
