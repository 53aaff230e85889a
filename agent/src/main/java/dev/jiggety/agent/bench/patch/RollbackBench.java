package dev.jiggety.agent.bench.patch;

import dev.jiggety.bench.BenchReport;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.StrategyChoice;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * How soon a bad patch is gone: one that its canary finds out, and one that is in force everywhere
 * when the executor of a node crashes over it.
 */
public final class RollbackBench {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration END = Duration.ofMinutes(2);
  private static final String CANARY = "critical on the canary → reverted there";
  private static final String GONE = "critical on the canary → dropped everywhere";
  private static final String FLEET = "critical after promotion → fleet back";

  private final Bed bed;
  private final Timings timings = new Timings();

  private RollbackBench(Bed bed) {
    this.bed = bed;
  }

  /**
   * Runs it.
   *
   * @param bed with everything under way
   * @param rounds how many patches of each kind
   */
  public static BenchReport run(Bed bed, int rounds)
      throws InterruptedException, BenchFailedException {
    RollbackBench bench = new RollbackBench(bed);
    BenchReport report = bed.report("rollback").parameter("rounds", rounds);
    int reached = 0;
    for (int i = 0; i < rounds; i++) {
      reached += bench.foundOut();
      bench.promoted();
    }
    bench.timings.report(report, CANARY, GONE, FLEET);
    report.figure("nodes that ran what the canary found out", reached, "count");
    bed.figures(report);
    return report;
  }

  /** Returns how many nodes ran it, which should be none. */
  private int foundOut() throws InterruptedException, BenchFailedException {
    Marks marks = bed.marks();
    marks.forget();
    Patch patch = bed.patch(Shelf.Conduct.BAD, StrategyChoice.SWIFT);
    bed.operator().submit(patch);
    Marks.Point critical = new Marks.Point.Critical(patch.id());
    Marks.Point dropped = new Marks.Point.Dropped(patch.id());
    long since = need(marks.await(critical, 1, PATIENCE), patch, "found out by its canary");
    Rollout end = end(patch);
    long gone = need(marks.awaitAll(dropped, PATIENCE), patch, "dropped everywhere");
    for (String canary : end.canaries()) {
      timings.add(CANARY, need(marks.of(dropped, canary), patch, "dropped there") - since);
    }
    timings.add(GONE, gone - since);
    return marks.count(new Marks.Point.Active(patch.id()));
  }

  private void promoted() throws InterruptedException, BenchFailedException {
    Marks marks = bed.marks();
    marks.forget();
    Patch patch = bed.patch(Shelf.Conduct.SPOILING, StrategyChoice.SWIFT);
    bed.operator().submit(patch);
    need(marks.awaitAll(new Marks.Point.Active(patch.id()), PATIENCE), patch, "active everywhere");
    Rollout under =
        bed.operator()
            .watch()
            .await(patch.id(), "promoted", it -> it.wave() > 0 && it.release() > 0, PATIENCE);
    String witness =
        bed.farm().names().stream()
            .filter(node -> !under.canaries().contains(node))
            .findFirst()
            .orElseGet(() -> under.canaries().first());
    long since = System.nanoTime();
    bed.farm().crash(witness);
    Rollout end = end(patch);
    Marks.Point back = new Marks.Point.Runs(end.release());
    timings.add(FLEET, need(marks.awaitAll(back, PATIENCE), patch, "back everywhere") - since);
  }

  private Rollout end(Patch patch) throws InterruptedException, BenchFailedException {
    Rollout end = bed.operator().watch().awaitEnd(patch.id(), END);
    if (!List.of(RolloutState.ROLLED_BACK, RolloutState.ROLLBACK_INCOMPLETE)
        .contains(end.state())) {
      throw new BenchFailedException(
          patch.id()
              + " is bad and ended "
              + end.state().label()
              + ": "
              + end.transitions().getLast().cause());
    }
    return end;
  }

  private long need(OptionalLong time, Patch patch, String what) throws BenchFailedException {
    return time.orElseThrow(() ->
        new BenchFailedException(
            "%s was not %s within %d s; %s"
                .formatted(
                    patch.id(),
                    what,
                    PATIENCE.toSeconds(),
                    bed.operator().watch().words(patch.id()))));
  }
}
