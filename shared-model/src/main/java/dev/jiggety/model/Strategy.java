package dev.jiggety.model;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How a rollout proceeds: data, so that an installation can have its own. Any value can be built;
 * {@code model.rules.StrategyRules} says what is wrong with it.
 *
 * @param name lower-case letters, digits and hyphens
 * @param canaries the nodes that try the patch beside what is in force, before anybody swaps
 * @param waves who swaps when, one after the other; the last one reaches everybody
 * @param ready the share of the other nodes that must have it ready before canaries are believed; 0
 *     % does not wait for them: who is told to swap and is not ready yet, gets ready first
 * @param minimumSample results of changed tests that the canaries must have given together, for
 *     each patch that rides along, capped at what there is to run; less than that is inconclusive
 * @param enoughAfter from then on the minimum sample is enough, where each canary was heard since
 *     and no failure waits for its confirmation; before, all planned results are awaited
 * @param approval whether a second operator must agree before it is queued
 * @param deadlines how long each state may last
 * @param thresholds when it is turned back by itself
 */
public record Strategy(
    String name,
    Share canaries,
    List<Wave> waves,
    Share ready,
    int minimumSample,
    Duration enoughAfter,
    boolean approval,
    Deadlines deadlines,
    Thresholds thresholds) {

  /** One canary, then all: the default, made for seconds. */
  public static final Strategy SWIFT =
      new Strategy(
          "swift",
          new Share.Nodes(1),
          List.of(new Wave(Share.ALL, Duration.ofSeconds(2))),
          new Share.Percent(0),
          1,
          Duration.ofSeconds(2),
          false,
          Deadlines.SHORT,
          Thresholds.DEFAULT);

  /** A tenth, a half, all, with time to bake in between. */
  public static final Strategy WAVES =
      new Strategy(
          "waves",
          new Share.Percent(5),
          List.of(
              new Wave(new Share.Percent(10), Duration.ofSeconds(30)),
              new Wave(new Share.Percent(50), Duration.ofSeconds(30)),
              new Wave(Share.ALL, Duration.ofSeconds(30))),
          Share.ALL,
          3,
          Duration.ofSeconds(30),
          false,
          Deadlines.LONG,
          Thresholds.DEFAULT);

  /** For an emergency: no results awaited and no time to bake; health still counts. */
  public static final Strategy INSTANT =
      new Strategy(
          "instant",
          new Share.Nodes(1),
          List.of(new Wave(Share.ALL, Duration.ZERO)),
          new Share.Percent(0),
          0,
          Duration.ZERO,
          false,
          Deadlines.SHORT,
          Thresholds.DEFAULT);

  /** Waves, after a second operator has approved. */
  public static final Strategy CAREFUL =
      new Strategy(
          "careful",
          WAVES.canaries(),
          WAVES.waves(),
          WAVES.ready(),
          WAVES.minimumSample(),
          WAVES.enoughAfter(),
          true,
          Deadlines.LONG,
          Thresholds.DEFAULT);

  /**
   * For releases of the agent: one node, a tenth, a half, all, ten minutes each. Everybody gets it
   * ready meanwhile, however slow the line is.
   */
  public static final Strategy RELEASE =
      new Strategy(
          "release",
          new Share.Nodes(1),
          waves(
              Duration.ofMinutes(10),
              new Share.Nodes(1),
              new Share.Percent(10),
              new Share.Percent(50),
              Share.ALL),
          new Share.Percent(0),
          0,
          Duration.ZERO,
          false,
          Deadlines.RELEASE,
          Thresholds.DEFAULT);

  /** The strategies that every installation has; the first one is the default. */
  public static final List<Strategy> PRESETS = List.of(SWIFT, WAVES, INSTANT, CAREFUL, RELEASE);

  public Strategy {
    waves = List.copyOf(waves);
  }

  /** The preset of that name. */
  public static Optional<Strategy> preset(String name) {
    return PRESETS.stream().filter(strategy -> strategy.name().equals(name)).findAny();
  }

  private static List<Wave> waves(Duration bake, Share... upTo) {
    return Arrays.stream(upTo).map(share -> new Wave(share, bake)).toList();
  }

  /** The same with another time to bake after each wave. */
  public Strategy withBake(Duration bake) {
    return new Strategy(
        name,
        canaries,
        waves(bake, waves.stream().map(Wave::upTo).toArray(Share[]::new)),
        ready,
        minimumSample,
        enoughAfter,
        approval,
        deadlines,
        thresholds);
  }

  /** The same under another name. */
  public Strategy named(String other) {
    return new Strategy(
        other, canaries, waves, ready, minimumSample, enoughAfter, approval, deadlines, thresholds);
  }

  /**
   * A group of nodes that swap together.
   *
   * @param upTo how many have swapped when it is through, earlier waves included
   * @param bake how long it is watched before the next one
   */
  public record Wave(Share upTo, Duration bake) {}

  /**
   * How long each state may last, all longer than nothing.
   *
   * @param submit until the queue has confirmed; then it is sent again
   * @param approve until a second operator has answered
   * @param check until the patch is checked; then that is tried again
   * @param stage until the candidate is ready
   * @param verify until the canaries have given the minimum sample
   * @param promote until a wave has swapped
   * @param bake beyond the time to bake, until all of a wave were heard of
   * @param pause until somebody decides
   * @param rollback until everybody is back
   * @param hold until somebody mends or skips
   */
  public record Deadlines(
      Duration submit,
      Duration approve,
      Duration check,
      Duration stage,
      Duration verify,
      Duration promote,
      Duration bake,
      Duration pause,
      Duration rollback,
      Duration hold) {
    /** For rollouts of seconds. */
    public static final Deadlines SHORT =
        new Deadlines(
            Duration.ofSeconds(10),
            Duration.ofDays(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofMinutes(10),
            Duration.ofSeconds(10),
            Duration.ofDays(1));

    /** For rollouts of minutes. */
    public static final Deadlines LONG =
        new Deadlines(
            Duration.ofSeconds(10),
            Duration.ofDays(1),
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(3),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(30),
            Duration.ofMinutes(1),
            Duration.ofDays(1));

    /** For a program that has to be fetched, and to start anew. */
    public static final Deadlines RELEASE =
        new Deadlines(
            Duration.ofSeconds(10),
            Duration.ofDays(1),
            Duration.ofSeconds(10),
            Duration.ofMinutes(30),
            Duration.ofMinutes(3),
            Duration.ofMinutes(20),
            Duration.ofMinutes(2),
            Duration.ofMinutes(30),
            Duration.ofMinutes(5),
            Duration.ofDays(1));
  }

  /**
   * What is still borne. A crash, a canary that fails and a patch at fault never are.
   *
   * @param nodes failing nodes that are tolerated whatever the share; at least 0
   * @param percent the tolerated share of failing nodes, 0 to 99; the larger of both counts
   * @param confirmations failing runs of a changed test before the patch is at fault, at least 1
   * @param lateness p99 of start lateness beyond which a node is worse off, unless it was half as
   *     late before
   * @param attempts failures to check or to stage until the queue is held, at least 1
   */
  public record Thresholds(
      int nodes, int percent, int confirmations, Duration lateness, int attempts) {
    /** One node or a tenth; two failing runs; five seconds; three attempts. */
    public static final Thresholds DEFAULT = new Thresholds(1, 10, 2, Duration.ofSeconds(5), 3);

    /** How many of {@code total} nodes may fail. */
    public int tolerated(long total) {
      return Math.max(nodes, (int) (total * percent / 100));
    }
  }
}
