package dev.jiggety.agent.incident;

import dev.jiggety.document.Stored;
import dev.jiggety.model.Incident;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.Freshness;
import dev.jiggety.model.rules.incident.Episode;
import dev.jiggety.model.rules.incident.Surroundings;
import dev.jiggety.model.rules.incident.TestHistory;
import dev.jiggety.model.rules.incident.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads an hour of results once more, with as much before it as a judgement needs. */
final class Rejudging {
  private static final System.Logger LOG = System.getLogger(Rejudging.class.getName());
  private static final Duration BEFORE = Duration.ofHours(1);
  private static final Duration AFTER = Duration.ofMinutes(10);
  private static final Duration MOST_BEFORE = Duration.ofHours(6);

  private final Sources sources;
  private final Executor background;
  private final Consumer<Runnable> later;

  /**
   * Does nothing yet.
   *
   * @param background where it reads
   * @param later where it hands over what it has read
   */
  Rejudging(Sources sources, Executor background, Consumer<Runnable> later) {
    this.sources = sources;
    this.background = background;
    this.later = later;
  }

  /** What was said on each test, and what was recorded of that time. */
  record Read(List<Told> told, List<Stored<Incident>> incidents) {}

  /**
   * All words on a test around an hour.
   *
   * @param since where the words begin
   * @param from where the hour begins
   * @param to up to when it is judged
   * @param cut the same, where there is more after it; null where that is now
   */
  record Told(
      TestDefinition test,
      List<Word> words,
      Instant since,
      Instant from,
      Instant to,
      @Nullable Instant cut) {
    List<Episode> judged(Surroundings around) {
      return TestHistory.judge(test, words, around, since, to);
    }
  }

  /**
   * Reads in the background.
   *
   * @param done given what was said and recorded
   * @param failed called instead where it could not be read
   */
  void read(
      LateWords.Hour hour,
      List<TestDefinition> tests,
      Instant now,
      Consumer<Read> done,
      Runnable failed) {
    background.execute(() -> {
      try {
        List<Told> told = told(hour, tests, now);
        List<Stored<Incident>> incidents =
            sources.incidents().between(hour.from(), hour.to().plus(AFTER));
        later.accept(() -> done.accept(new Read(told, incidents)));
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.DEBUG, "late results cannot be judged now", e);
        later.accept(failed);
      }
    });
  }

  private List<Told> told(LateWords.Hour hour, List<TestDefinition> tests, Instant now) {
    Duration before =
        tests.stream()
            .map(test -> Freshness.interval(test, hour.from()).multipliedBy(4))
            .filter(it -> it.compareTo(BEFORE) > 0)
            .max(Duration::compareTo)
            .orElse(BEFORE);
    Instant since = hour.from().minus(before.compareTo(MOST_BEFORE) > 0 ? MOST_BEFORE : before);
    Instant after = hour.to().plus(AFTER);
    boolean isPast = after.isBefore(now);
    Instant to = isPast ? after : now;
    Map<String, List<Word>> words = new HashMap<>();
    tests.forEach(test -> words.put(test.id(), new ArrayList<>()));
    sources
        .results()
        .read(
            since,
            to,
            batch -> {
              for (Word word : Words.of(batch)) {
                List<Word> own = words.get(word.test());
                if (own != null) {
                  own.add(word);
                }
              }
            });
    return tests.stream()
        .map(test ->
            new Told(
                test,
                words.getOrDefault(test.id(), List.of()),
                since,
                hour.from(),
                to,
                isPast ? to : null))
        .toList();
  }
}
