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
  private static final Duration MOST = Duration.ofHours(6);

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

  /**
   * What is to be judged again.
   *
   * @param defined from when on the definition is the one to judge by
   */
  record About(TestDefinition test, Instant defined) {}

  /** What was said on each test, and what was recorded of that time. */
  record Read(List<Told> told, List<Stored<Incident>> incidents) {}

  /**
   * All words on a test around an hour.
   *
   * @param since where the words begin
   * @param from where the hour begins
   * @param to up to when it is judged
   * @param cut the same, where there is more after it; null where that is now
   * @param decided what began from then on may need words that come after {@code to}
   */
  record Told(
      TestDefinition test,
      List<Word> words,
      Instant since,
      Instant from,
      Instant to,
      @Nullable Instant cut,
      Instant decided) {
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
      LateWords.Hour hour, List<About> tests, Instant now, Consumer<Read> done, Runnable failed) {
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

  private List<Told> told(LateWords.Hour hour, List<About> tests, Instant now) {
    Instant since = hour.from().minus(around(BEFORE, tests, hour));
    Duration after = around(AFTER, tests, hour);
    boolean isPast = hour.to().plus(after).isBefore(now);
    Instant to = isPast ? hour.to().plus(after) : now;
    Instant decided = isPast ? hour.to() : earlier(hour.to(), now.minus(after));
    Map<String, List<Word>> words = new HashMap<>();
    tests.forEach(about -> words.put(about.test().id(), new ArrayList<>()));
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
        .map(about ->
            new Told(
                about.test(),
                words.getOrDefault(about.test().id(), List.of()),
                since,
                about.defined().isAfter(hour.from()) ? about.defined() : hour.from(),
                to,
                isPast ? to : null,
                decided))
        .toList();
  }

  /** As much beside the hour as its tests need until it is sure how they are. */
  private static Duration around(Duration least, List<About> tests, LateWords.Hour hour) {
    return tests.stream()
        .map(about -> Freshness.interval(about.test(), hour.from()).multipliedBy(4))
        .map(it -> it.compareTo(MOST) > 0 ? MOST : it)
        .filter(it -> it.compareTo(least) > 0)
        .max(Duration::compareTo)
        .orElse(least);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
