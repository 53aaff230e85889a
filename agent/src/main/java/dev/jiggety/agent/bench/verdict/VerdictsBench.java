package dev.jiggety.agent.bench.verdict;

import dev.jiggety.bench.BenchReport;
import java.util.List;

/**
 * False alarms, missed outages and the time until somebody is told, of a world drawn by chance. See
 * docs/benchmarks/README.md for what is simulated and what is real.
 */
public final class VerdictsBench {
  private static final double MONTH = 30;

  private VerdictsBench() {}

  /**
   * What came of it.
   *
   * @param remarks what went wrong, one line each
   */
  public record Result(BenchReport report, List<String> remarks) {
    public Result {
      remarks = List.copyOf(remarks);
    }
  }

  /**
   * Draws a world and judges it.
   *
   * @param tests at least 1
   * @param nodes at least 1
   * @param days at least 2
   */
  public static Result run(int tests, int nodes, int days, long seed) {
    World world = new World(tests, nodes, days, seed);
    Tally tally = new Tally();
    TestTrial trial = new TestTrial(world);
    for (int test = 0; test < tests; test++) {
      trial.judge(test, false, tally);
    }
    NodeTrial nodeTrial = new NodeTrial(world);
    for (int node = 0; node < nodes; node++) {
      nodeTrial.judge(node, tally);
    }
    BenchReport report =
        new BenchReport("verdicts")
            .parameter("tests", tests)
            .parameter("nodes", nodes)
            .parameter("days", days)
            .parameter("seed", seed)
            .figure("runs drawn", (double) trial.drawn(), "count")
            .figure("runs judged one by one", (double) tally.judged, "count")
            .figure("real outages of two intervals and longer", (double) tally.outages, "count")
            .figure("false alarms a month", tally.falseAlarms * MONTH / days, "count")
            .figure("missed outages", (double) tally.missed, "count")
            .figure("outages known only when they were over", (double) tally.toldLate, "count")
            .figure("detection p50", tally.detection(0.5), "s")
            .figure("detection p95", tally.detection(0.95), "s")
            .figure("detection p99", tally.detection(0.99), "s")
            .figure("troubles of nodes", (double) tally.nodeTroubles, "count")
            .figure("alerts of a node in trouble, most", (double) tally.mostAlerts, "count")
            .figure("alerts of a node in trouble, fewest", (double) tally.fewestAlerts, "count")
            .figure("false alerts of nodes", (double) tally.falseNodeAlerts, "count")
            .figure("incidents that another order changes", (double) tally.differing, "count");
    return new Result(report, tally.remarks());
  }
}
