package dev.jiggety.model.rules.incident;

import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.Freshness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The words on one test, and what they say together. When the definition changes, a new history
 * takes its place: words are judged by the definition of their time. Words may be added in any
 * order and any number of times; the episodes are a function of the set of words alone. Bounded:
 * what is older than the caller needs is folded together by {@link #forget}, and the oldest words
 * are where there are too many. Not thread-safe.
 */
public final class TestHistory {
  /** A day of ten nodes every half minute; the oldest half is folded together beyond. */
  private static final int MOST_WORDS = 32_768;

  /** Words come in about this long after one another; later ones make it fold again. */
  private static final long USUAL_DELAY = Duration.ofSeconds(90).toMillis();

  private final TestDefinition test;
  private final List<Said> words = new ArrayList<>(); // in the order of Said.ORDER
  private final Map<String, String> names = new HashMap<>(); // one text for each node
  private Fold settled;
  private Instant since;

  /** {@link #settled} and the first of the words together: what is old enough to stay as it is. */
  private Fold ready;

  private int inReady;

  /**
   * A history without words.
   *
   * @param from the beginning of knowledge: for what was before nobody lacks data
   */
  public TestHistory(TestDefinition test, Instant from) {
    this.test = test;
    this.since = from;
    this.settled = new Fold(test, from);
    this.ready = settled.copy();
  }

  /** The definition by which it judges. */
  public TestDefinition test() {
    return test;
  }

  /** From when on its words are known one by one; words that ended before come too late. */
  public Instant since() {
    return since;
  }

  /** How many words it holds. */
  public int size() {
    return words.size();
  }

  /**
   * Adds a word; the same word again changes nothing.
   *
   * @return whether it could be heard; false where it ended before {@link #since}: then the time
   *     around it has to be judged again by {@link #judge}, with all words of that time
   */
  public boolean add(Word word) {
    if (word.end().isBefore(since)) {
      return false;
    }
    Duration freshFor = Freshness.ofRun(test, word.start());
    Said said =
        Said.of(
            word,
            names.computeIfAbsent(word.node(), name -> name),
            freshFor.toMillis(),
            test.degraded().percentile() != null);
    int place = Collections.binarySearch(words, said, Said.ORDER);
    if (place < 0) {
      words.add(-place - 1, said);
      if (-place - 1 < inReady) {
        startAgain();
      }
      if (words.size() > MOST_WORDS) {
        forget(Instant.ofEpochMilli(words.get(MOST_WORDS / 2).end()));
      }
    }
    return true;
  }

  /**
   * All episodes that lasted at {@link #since} or later, those that began first at the beginning:
   * of the test itself, of missing data, and of certificates.
   *
   * @param now what ends later than that does not count yet. It must not be later than the time up
   *     to which the caller has heard of results at all, so that the caller's own deafness is not
   *     taken for missing data
   */
  public List<Episode> episodes(Surroundings surroundings, Instant now) {
    long until = now.toEpochMilli();
    if (inReady > 0 && words.get(inReady - 1).end() > until) {
      startAgain(); // somebody looks back
    }
    while (inReady < words.size() && words.get(inReady).end() <= until - USUAL_DELAY) {
      ready.take(words.get(inReady));
      inReady++;
    }
    Fold fold = ready.copy();
    for (int i = inReady; i < words.size() && words.get(i).end() <= until; i++) {
      fold.take(words.get(i));
    }
    fold.advance(until);
    return Conclusions.of(test, fold, surroundings, now);
  }

  /**
   * Folds together what ended before an instant, and drops episodes that were over by then. The
   * verdict goes on as if nothing had happened.
   */
  public void forget(Instant before) {
    if (!before.isAfter(since)) {
      return;
    }
    int count = 0;
    while (count < words.size() && words.get(count).end() < before.toEpochMilli()) {
      settled.take(words.get(count));
      count++;
    }
    words.subList(0, count).clear();
    settled.advance(before.toEpochMilli() - 1); // what time alone ends has ended, too
    settled.forget(before.toEpochMilli());
    since = before;
    startAgain();
  }

  private void startAgain() {
    ready = settled.copy();
    inReady = 0;
  }

  /** The words that are still held, judged by another definition of the test. */
  public TestHistory redefined(TestDefinition changed) {
    TestHistory history = new TestHistory(changed, since);
    history.words.addAll(words);
    history.names.putAll(names);
    return history;
  }

  /**
   * Judges a span of time once more, for words that came too late for a history.
   *
   * @param words all words on the test that ended from {@code from} on; in any order. To judge what
   *     happened at a time, {@code from} lies well before it: an hour, or some intervals of the
   *     test where those are longer
   */
  public static List<Episode> judge(
      TestDefinition test,
      Iterable<Word> words,
      Surroundings surroundings,
      Instant from,
      Instant now) {
    TestHistory history = new TestHistory(test, from);
    words.forEach(history::add);
    return history.episodes(surroundings, now);
  }
}
