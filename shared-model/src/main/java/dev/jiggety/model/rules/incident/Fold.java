package dev.jiggety.model.rules.incident;

import dev.jiggety.model.Degraded.Percentile;
import dev.jiggety.model.Incident.Kind;
import dev.jiggety.model.Incident.Witness;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.rules.Freshness;
import dev.jiggety.model.rules.Verdicts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The verdict on a test as it changes from word to word: a state that takes words in the order of
 * their ends. Between words it changes only because words grow stale. Times are milliseconds since
 * 1970. Mutable.
 */
final class Fold {
  private static final long NONE = Long.MIN_VALUE;

  private final TestDefinition test;
  private final Map<String, Voter> voters;
  private final @Nullable Times times;
  private final Changes changes;
  private final Certificates certificates;
  private final List<Span> over;
  private int up;
  private int degraded;
  private int down;

  /** No word grows stale before that. */
  private long quietUntil = Long.MAX_VALUE;

  /** Since when nobody can tell; {@link #NONE} while somebody can. */
  private long nobodySince;

  private boolean bad;
  private boolean flapping;
  private long nextLook;
  private @Nullable Span open;
  private long lastEnd = NONE;

  /** A span in which something was wrong; {@code ended} is {@link #NONE} as long as it lasts. */
  record Span(
      Kind kind,
      long began,
      long confirmed,
      long ended,
      String text,
      List<Witness> witnesses,
      List<Witness> latest) {
    Span ended(long at, List<Witness> lastWords) {
      return new Span(kind, began, confirmed, at, text, witnesses, lastWords);
    }

    boolean lasts() {
      return ended == NONE;
    }
  }

  Fold(TestDefinition test, Instant from) {
    this.test = test;
    this.voters = new TreeMap<>();
    Percentile percentile = test.degraded().percentile();
    this.times = percentile == null ? null : new Times(percentile);
    this.changes = new Changes();
    this.certificates = new Certificates();
    this.over = new ArrayList<>();
    // Who has known nothing before cannot say that anything was missing then.
    this.nobodySince = from.plus(Freshness.ofRun(test, from)).toEpochMilli();
  }

  private Fold(Fold other) {
    test = other.test;
    voters = new TreeMap<>();
    other.voters.forEach((node, voter) -> voters.put(node, voter.copy()));
    times = other.times == null ? null : other.times.copy();
    changes = other.changes.copy();
    certificates = other.certificates.copy();
    over = new ArrayList<>(other.over);
    up = other.up;
    degraded = other.degraded;
    down = other.down;
    quietUntil = other.quietUntil;
    nobodySince = other.nobodySince;
    bad = other.bad;
    flapping = other.flapping;
    nextLook = other.nextLook;
    open = other.open;
    lastEnd = other.lastEnd;
  }

  Fold copy() {
    return new Fold(this);
  }

  /** Takes a word that ended no sooner than all before. */
  void take(Said word) {
    advance(word.end());
    Voter voter = voters.get(word.node());
    if (voter == null) {
      voter = new Voter(word);
      voters.put(word.node(), voter);
    } else {
      count(voter, -1);
      voter.say(word);
    }
    voter.fresh = word.end() <= word.staleAt();
    count(voter, 1);
    quietUntil = Math.min(quietUntil, word.staleAt());
    certificates.take(word);
    if (times != null) {
      times.add(word);
    }
    judge(word.end());
  }

  /** Lets time pass: words that grow stale on the way lose their votes. */
  void advance(long now) {
    while (quietUntil < now) {
      long at = quietUntil + 1;
      calmDown(at);
      long next = Long.MAX_VALUE;
      for (Voter voter : voters.values()) {
        if (voter.fresh && voter.last.staleAt() < at) {
          count(voter, -1);
          voter.fresh = false;
        } else if (voter.fresh) {
          next = Math.min(next, voter.last.staleAt());
        }
      }
      quietUntil = next;
      judge(at);
    }
    calmDown(now);
  }

  /** Drops what was over before. */
  void forget(long before) {
    over.removeIf(span -> span.ended() < before);
    certificates.forget(before);
    voters
        .values()
        .removeIf(voter -> !voter.fresh && voter.last.staleAt() < before - Certificates.REMEMBERED);
  }

  /** All spans of the test itself, and those in which nobody could tell, as of a time. */
  List<Span> spans(long now) {
    List<Span> spans = new ArrayList<>(over);
    if (open != null) {
      spans.add(
          new Span(
              open.kind, open.began, open.confirmed, NONE, open.text, open.witnesses, words()));
    }
    if (isMissed(now)) {
      spans.add(missed(NONE));
    }
    return spans;
  }

  Certificates certificates() {
    return certificates;
  }

  private void count(Voter voter, int one) {
    if (!voter.votes()) {
      return;
    }
    switch (voter.last.verdict()) {
      case UP -> up += one;
      case DEGRADED -> degraded += one;
      case DOWN -> down += one;
      case UNKNOWN -> {}
    }
  }

  private void judge(long at) {
    Verdict verdict = Verdicts.ofCounts(up, degraded, down, test.quorum());
    if (verdict == Verdict.UNKNOWN) {
      nobodySince = nobodySince == NONE ? at : nobodySince;
      return; // whoever cannot tell changes nothing
    }
    if (isMissed(at)) {
      over.add(missed(at));
    }
    nobodySince = NONE;
    if (verdict == Verdict.UP && times != null && times.exceed()) {
      verdict = Verdict.DEGRADED;
    } else {
      verdict = asFarAsSure(verdict);
    }
    boolean worse = verdict != Verdict.UP;
    if (worse != bad) {
      bad = worse;
      turned(at, verdict);
    } else if (bad && open != null && open.kind == Kind.DEGRADED && verdict == Verdict.DOWN) {
      Span milder = open;
      open = began(Kind.DOWN, milder.began, at);
    }
  }

  /** Good became bad, or bad good. */
  private void turned(long at, Verdict verdict) {
    long interval = interval(at);
    changes.add(at, interval);
    if (!flapping && changes.areMany(at, interval)) {
      flapping = true;
      nextLook = at + interval;
      close(at);
      open = began(Kind.FLAPPING, at, at);
    } else if (flapping) {
      nextLook = at + interval;
    } else if (bad) {
      open = began(verdict == Verdict.DOWN ? Kind.DOWN : Kind.DEGRADED, firstSign(at), at);
    } else {
      close(at);
    }
  }

  /** Looks every interval whether a restless test has become calm. */
  private void calmDown(long now) {
    while (flapping && nextLook <= now) {
      long interval = interval(nextLook);
      if (changes.areFew(nextLook, interval)) {
        flapping = false;
        close(nextLook);
        if (bad) {
          Verdict verdict = Verdicts.ofCounts(up, degraded, down, test.quorum());
          open = began(verdict == Verdict.DOWN ? Kind.DOWN : Kind.DEGRADED, nextLook, nextLook);
        }
      }
      nextLook += interval;
    }
  }

  /** It takes two failing runs at least, be they of two nodes or of one: a blip is no outage. */
  private Verdict asFarAsSure(Verdict verdict) {
    if (verdict == Verdict.DOWN && down < 2 && !hasFailedTwice(Verdict.DOWN)) {
      boolean isSlow = bad || degraded > 0 || hasFailedTwice(Verdict.DEGRADED);
      return isSlow ? Verdict.DEGRADED : Verdict.UP;
    }
    if (verdict == Verdict.DEGRADED
        && !bad
        && degraded + down < 2
        && !hasFailedTwice(Verdict.DEGRADED)) {
      return Verdict.UP;
    }
    return verdict;
  }

  private boolean hasFailedTwice(Verdict verdict) {
    return voters.values().stream()
        .anyMatch(voter ->
            voter.isAgainst() && (verdict == Verdict.DOWN ? voter.downs : voter.streak) >= 2);
  }

  /** The beginning of the first of the runs that made it sure. */
  private long firstSign(long at) {
    List<Voter> against = against();
    long first =
        against.size() == 1
            ? against.getFirst().before
            : against.stream().mapToLong(voter -> voter.last.start()).min().orElse(at);
    return Math.max(first, lastEnd);
  }

  private List<Voter> against() {
    return voters.values().stream().filter(Voter::isAgainst).toList();
  }

  private Span began(Kind kind, long began, long at) {
    return new Span(
        kind, began, at, NONE, Texts.wrong(test, kind, voters.values()), words(), List.of());
  }

  private void close(long at) {
    if (open != null) {
      over.add(open.ended(at, words()));
      open = null;
      lastEnd = at;
    }
  }

  private boolean isMissed(long now) {
    return nobodySince != NONE
        && open == null
        && now - nobodySince >= Conclusions.grace(test, nobodySince);
  }

  private Span missed(long ended) {
    return new Span(
        Kind.NO_DATA,
        nobodySince,
        nobodySince + Conclusions.grace(test, nobodySince),
        ended,
        Texts.missing(test, voters.values()),
        words(),
        words());
  }

  private List<Witness> words() {
    return witnesses(voters.values());
  }

  private static List<Witness> witnesses(Collection<Voter> voters) {
    return voters.stream()
        .sorted(
            Comparator.comparing((Voter voter) -> !voter.isAgainst())
                .thenComparing(voter -> !voter.votes())
                .thenComparing(voter -> voter.last.node()))
        .limit(Texts.MOST_WITNESSES)
        .map(voter -> Texts.witness(voter.last))
        .toList();
  }

  private long interval(long at) {
    return Math.max(1000, Freshness.interval(test, Instant.ofEpochMilli(at)).toMillis());
  }
}
