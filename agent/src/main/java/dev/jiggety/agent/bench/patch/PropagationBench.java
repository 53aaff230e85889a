package dev.jiggety.agent.bench.patch;

import dev.jiggety.bench.BenchReport;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.StrategyChoice;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * How soon a patch is safe, staged and active on every node of a fleet, while results pour in. Hub
 * and manager are processes of their own; all nodes, and whoever hands the patches in, are in this
 * one, so that all is measured by one clock.
 */
public final class PropagationBench {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration END = Duration.ofMinutes(2);

  /** What has to be compiled, connected and remembered first is not what is measured. */
  private static final int WARM_UP = 3;

  private static final List<RolloutState> STEPS =
      List.of(
          RolloutState.SUBMITTED,
          RolloutState.QUEUED,
          RolloutState.CHECKING,
          RolloutState.STAGING,
          RolloutState.VERIFYING,
          RolloutState.PROMOTING,
          RolloutState.BAKING,
          RolloutState.COMPLETED);

  private final Bed bed;
  private final Timings timings = new Timings();

  private PropagationBench(Bed bed) {
    this.bed = bed;
  }

  /**
   * Runs it.
   *
   * @param bed with everything under way
   * @param patches how many are measured
   */
  public static BenchReport run(Bed bed, int patches)
      throws IOException, InterruptedException, BenchFailedException {
    return new PropagationBench(bed).measure(patches);
  }

  private BenchReport measure(int patches) throws InterruptedException, BenchFailedException {
    BenchReport report = bed.report(benchName(bed.nodes())).parameter("patches", patches);
    for (int i = 0; i < WARM_UP; i++) {
      one(new Timings());
    }
    for (int i = 0; i < patches; i++) {
      one(timings);
    }
    timings.report(report, "durable", "operator knows", "staged everywhere", "active everywhere");
    timings.medians(report, "after ");
    bed.figures(report);
    return report;
  }

  /** Goals differ with the number of nodes; those of a number between hold for the next larger. */
  private static String benchName(int nodes) {
    return nodes <= 200 ? "propagation, 200 nodes" : "propagation, 1000 nodes";
  }

  private void one(Timings times) throws InterruptedException, BenchFailedException {
    Operator operator = bed.operator();
    Marks marks = bed.marks();
    Patch patch = bed.patch(Shelf.Conduct.GOOD, StrategyChoice.SWIFT);
    marks.forget();
    Instant wall = Instant.now();
    long begun = System.nanoTime();
    operator.submit(patch);
    long taken = System.nanoTime();
    Marks.Point active = new Marks.Point.Active(patch.id());
    Marks.Point ready = new Marks.Point.Ready(patch.id());
    long isActive = need(marks.awaitAll(active, PATIENCE), patch, "active", marks.count(active));
    long isStaged = need(marks.awaitAll(ready, PATIENCE), patch, "staged", marks.count(ready));
    Rollout end = operator.watch().awaitEnd(patch.id(), END);
    if (end.state() != RolloutState.COMPLETED) {
      throw new BenchFailedException(
          patch.id()
              + " ended "
              + end.state().label()
              + ": "
              + end.transitions().getLast().cause());
    }
    times.add("after submit: on the hub", taken - begun);
    steps(times, end, wall);
    times.add("after submit: first node ready", first(marks, ready) - begun);
    times.add("after submit: first node active", first(marks, active) - begun);
    times.add("operator knows", operator.watch().queuedNanos(patch.id()) - begun);
    times.add("staged everywhere", isStaged - begun);
    times.add("active everywhere", isActive - begun);
  }

  /** The manager's clock is this machine's; its records are to the millisecond. */
  private static void steps(Timings times, Rollout rollout, Instant submitted) {
    for (RolloutState state : STEPS) {
      Watch.at(rollout, state)
          .ifPresent(at -> {
            long nanos = Duration.between(submitted, at.plusNanos(999_999)).toNanos();
            times.add("after submit: " + state.label().toLowerCase(Locale.ROOT), nanos);
            if (state == RolloutState.QUEUED) {
              times.add("durable", nanos);
            }
          });
    }
  }

  private static long first(Marks marks, Marks.Point point) {
    return marks.first(point).orElseThrow();
  }

  private long need(OptionalLong time, Patch patch, String what, int count)
      throws BenchFailedException {
    if (time.isEmpty()) {
      throw new BenchFailedException(
          "%s was %s on %d of %d nodes only after %d s; %s"
              .formatted(
                  patch.id(),
                  what,
                  count,
                  bed.nodes(),
                  PATIENCE.toSeconds(),
                  bed.operator().watch().words(patch.id())));
    }
    return time.getAsLong();
  }
}
