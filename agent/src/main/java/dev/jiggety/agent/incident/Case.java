package dev.jiggety.agent.incident;

import dev.jiggety.model.Incident;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.rules.Freshness;
import dev.jiggety.model.rules.Verdicts;
import dev.jiggety.model.rules.incident.Episode;
import dev.jiggety.model.rules.incident.Surroundings;
import dev.jiggety.model.rules.incident.TestHistory;
import dev.jiggety.model.rules.incident.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is known of one test. Not thread-safe. */
final class Case {
  private static final int KEPT_INTERVALS = 20;
  private static final Duration KEPT_LEAST = Duration.ofMinutes(15);
  private static final Duration KEPT_MOST = Duration.ofHours(24);

  /** What is further ahead was said by a clock that is off. */
  private static final Duration SOON = Duration.ofMinutes(1);

  private TestHistory history;
  private Instant trusted;
  private boolean isDirty = true;
  private Instant newest = Instant.MIN;

  /** When it was edited; what was before that was decided by a definition that is gone. */
  private Instant defined = Instant.MIN;

  /** When nobody could be heard; what was said meanwhile comes after the first heartbeats. */
  private Hearing.@Nullable Deaf deaf;

  /** The last word of each node, as long as something is open that began before all knowledge. */
  private final Map<String, Word> last = new TreeMap<>();

  /**
   * A test of which nothing was heard.
   *
   * @param since from when on words are expected
   * @param trusted from when on all words are known
   */
  Case(TestDefinition test, Instant since, Instant trusted) {
    this.history = new TestHistory(test, since);
    this.trusted = trusted;
  }

  TestDefinition test() {
    return history.test();
  }

  TestHistory history() {
    return history;
  }

  /** From then on all is known, and judged by the definition that is in force. */
  Instant trusted() {
    return trusted.isAfter(history.since()) ? trusted : history.since();
  }

  /**
   * What can be said of it by now. That data were missing before anybody decided is no news: the
   * test may not have been there; so nodes have the time to run it that they always have.
   */
  List<Episode> episodes(Surroundings around, Instant now) {
    Instant expected =
        trusted.plus(Freshness.ofRun(test(), trusted)).plus(Freshness.interval(test(), trusted));
    return history.episodes(around, now).stream()
        .filter(it ->
            it.kind() != Incident.Kind.NO_DATA
                || (!it.began().isBefore(trusted) && !mayStillCome(it, now))
                || (it.isOpen() && now.isAfter(expected) && !mayStillCome(it, now)))
        .toList();
  }

  /** Data that seem to miss since nobody was heard: nodes have the time of a run to deliver. */
  private boolean mayStillCome(Episode missing, Instant now) {
    Hearing.Deaf span = deaf;
    return span != null
        && !missing.confirmed().isBefore(span.from())
        && missing.began().isBefore(span.to())
        && now.isBefore(patience(span));
  }

  private Instant patience(Hearing.Deaf span) {
    return span.to()
        .plus(Freshness.ofRun(test(), span.to()))
        .plus(Freshness.interval(test(), span.to()));
  }

  /** Nobody could be heard. */
  void deaf(Hearing.Deaf span) {
    Hearing.Deaf before = deaf;
    deaf =
        before != null && span.from().isBefore(patience(before))
            ? new Hearing.Deaf(before.from(), span.to())
            : span;
  }

  /** Another definition: what was decided by the one before stays as it was decided. */
  void redefine(TestDefinition changed, Instant now) {
    if (!changed.equals(test())) {
      history = history.redefined(changed);
      trusted = now;
      defined = now;
      isDirty = true;
    }
  }

  /** From when on its definition is the one to judge by. */
  Instant defined() {
    return defined;
  }

  /**
   * Adds a word.
   *
   * @return whether the time around it has to be judged again by itself
   */
  boolean add(Word word, boolean isCarried) {
    boolean isHeard = history.add(word);
    isDirty |= isHeard;
    newest = word.end().isAfter(newest) ? word.end() : newest;
    if (isCarried) {
      last.merge(word.node(), word, (one, other) -> one.end().isAfter(other.end()) ? one : other);
    } else {
      last.clear();
    }
    return (!isHeard || word.end().isBefore(trusted)) && !word.end().isBefore(defined);
  }

  boolean isDirty() {
    return isDirty;
  }

  void dirty() {
    isDirty = true;
  }

  /** What there was to say up to then is said; words that count only later are still to come. */
  void clean(Instant known) {
    isDirty = newest.isAfter(known) && newest.isBefore(known.plus(SOON));
  }

  void forget(Instant now) {
    Duration keep = Freshness.interval(test(), now).multipliedBy(KEPT_INTERVALS);
    keep = keep.compareTo(KEPT_LEAST) < 0 ? KEPT_LEAST : keep;
    keep = keep.compareTo(KEPT_MOST) > 0 ? KEPT_MOST : keep;
    history.forget(now.minus(keep));
  }

  /**
   * When something was over that began before all knowledge: only where words say so that were said
   * since it was known.
   */
  Optional<Instant> ends(Incident incident, Instant now) {
    Duration freshFor = Freshness.ofRun(test(), now);
    Map<Verdict, Integer> votes = new EnumMap<>(Verdict.class);
    Instant at = incident.began();
    boolean isNews = false;
    for (Word word : last.values()) {
      if (word.verdict() != Verdict.UNKNOWN && !word.start().plus(freshFor).isBefore(now)) {
        votes.merge(word.verdict(), 1, Integer::sum);
        isNews |= word.end().isAfter(incident.detected());
        at = word.end().isAfter(at) ? word.end() : at;
      }
    }
    Verdict verdict =
        Verdicts.ofCounts(
            votes.getOrDefault(Verdict.UP, 0),
            votes.getOrDefault(Verdict.DEGRADED, 0),
            votes.getOrDefault(Verdict.DOWN, 0),
            test().quorum());
    boolean isOver =
        switch (Episode.Group.of(incident.kind())) {
          case TEST -> verdict == Verdict.UP;
          case DATA -> verdict != Verdict.UNKNOWN;
          case CERTIFICATE -> votes.containsKey(Verdict.UP);
          case NODE -> false;
        };
    return isOver && isNews ? Optional.of(at) : Optional.empty();
  }
}
