package dev.jiggety.model.rules;

import dev.jiggety.model.Degraded;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Quorum;
import dev.jiggety.model.Sample;
import dev.jiggety.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** From samples to the verdict of a run, and from the nodes' verdicts to that of the test. */
public final class Verdicts {
  private Verdicts() {}

  /**
   * The last word of one node on a test.
   *
   * @param verdict what its last run said
   * @param at when that run began
   */
  public record Vote(Verdict verdict, Instant at) {}

  /**
   * The verdict of one run. One failing sample that counts makes it down, unless no failure is
   * surely the site's; one sample over the limits makes it degraded. No samples say nothing.
   *
   * @param samples those that count, after retries
   */
  public static Verdict ofRun(List<Sample> samples, Degraded limits) {
    if (samples.isEmpty()) {
      return Verdict.UNKNOWN;
    }
    List<Sample> failed = samples.stream().filter(sample -> !sample.passed()).toList();
    if (failed.stream().anyMatch(Verdicts::blamesSite)) {
      return Verdict.DOWN;
    }
    if (!failed.isEmpty()) {
      return Verdict.UNKNOWN;
    }
    boolean slow = samples.stream().anyMatch(sample -> Hiccups.isSlowAllTheSame(sample, limits));
    return slow ? Verdict.DEGRADED : Verdict.UP;
  }

  /**
   * Whether a failing sample is the site's fault. Trouble inside the node never is, and neither is
   * a failure that the node's own standstill explains, see {@link Hiccups#explain}.
   */
  public static boolean blamesSite(Sample sample) {
    Failure failure = sample.failure();
    return failure != null && !failure.kind().isOwn() && !Hiccups.explain(sample);
  }

  /**
   * The verdict of a test over its nodes. Only votes that are fresh count, and {@code unknown} is
   * no vote. Down when the quorum of those who can tell says down; degraded when it says down or
   * degraded; up when anybody can tell; unknown when nobody can.
   *
   * @param freshFor the age up to which a vote counts
   */
  public static Verdict overNodes(
      Collection<Vote> votes, Quorum quorum, Instant now, Duration freshFor) {
    List<Verdict> fresh =
        votes.stream()
            .filter(vote -> vote.verdict() != Verdict.UNKNOWN)
            .filter(vote -> Duration.between(vote.at(), now).compareTo(freshFor) <= 0)
            .map(Vote::verdict)
            .toList();
    return ofCounts(
        count(fresh, Verdict.UP),
        count(fresh, Verdict.DEGRADED),
        count(fresh, Verdict.DOWN),
        quorum);
  }

  /**
   * The verdict of a test by how many nodes that are fresh and can tell say what; unknown where
   * there is none.
   */
  public static Verdict ofCounts(int up, int degraded, int down, Quorum quorum) {
    int fresh = up + degraded + down;
    if (fresh == 0) {
      return Verdict.UNKNOWN;
    }
    int needed = quorum.needed(fresh);
    if (down >= needed) {
      return Verdict.DOWN;
    }
    return degraded + down >= needed ? Verdict.DEGRADED : Verdict.UP;
  }

  private static int count(List<Verdict> verdicts, Verdict wanted) {
    return (int) verdicts.stream().filter(verdict -> verdict == wanted).count();
  }
}
