package dev.jiggety.agent.bench.schedule;

import dev.jiggety.agent.bench.Installed;
import dev.jiggety.agent.bench.Program;
import dev.jiggety.agent.bench.timing.TruthProcess;
import dev.jiggety.agent.node.NodeConfig;
import dev.jiggety.agent.node.TestingNode;
import dev.jiggety.base.Quantiles;
import dev.jiggety.bench.BenchReport;
import dev.jiggety.couch.Hub;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.Check;
import dev.jiggety.model.Retries;
import dev.jiggety.model.Run;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.rules.Schedules;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How late runs begin on a node that makes many checks a second: a whole node, with probes that
 * open a new connection each, durable results and the push to the hub, against a site on the same
 * machine, in a process of its own. Every slot has to be accounted for: by a run, or by what the
 * node says on the hub of slots that it missed. The first seconds, in which the program warms up,
 * do not count.
 */
public final class ScheduleBench {
  private static final String NODE = "bench";
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration WARM_UP = Duration.ofSeconds(10);

  /** How long the accounts of the last slots may take to reach the hub on a busy machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private ScheduleBench() {}

  /**
   * Runs it.
   *
   * @param program how the site is started
   * @param folder empty; the node's data folder
   * @param hub with nothing in databases of the prefix {@code jiggety-bench-}
   * @param rate checks a second
   * @param time how long, after the warm-up
   */
  public static BenchReport run(Program program, Path folder, Hub hub, int rate, Duration time)
      throws IOException, InterruptedException {
    DatabaseNames names = new DatabaseNames("jiggety-bench-");
    Instant begin = Instant.now();
    List<String> databases = new ArrayList<>(names.live(begin, begin.plus(time).plus(WARM_UP)));
    databases.addAll(List.of(names.config(), names.status(), names.patches()));
    databases.forEach(name -> hub.database(name).drop());
    Queue<Run> runs = new ConcurrentLinkedQueue<>();
    List<TestDefinition> tests;
    Instant from;
    Instant to;
    long skipped;
    try (TruthProcess site = TruthProcess.prompt(program)) {
      new Provisioner(hub, names).provision(begin);
      tests = tests(rate, "http://127.0.0.1:" + site.port() + "/1");
      Installed.put(hub, names, tests);
      from = Instant.now().plus(WARM_UP);
      to = from.plus(time);
      long planned = planned(tests, from, to);
      NodeConfig config = NodeConfig.of(NODE, hub.address(), folder).withNames(names);
      try (TestingNode _ = TestingNode.start(config, runs::add)) {
        // The last slots may be late, and are accounted for all the same.
        Thread.sleep(WARM_UP.plus(time).plus(INTERVAL));
        Instant end = Instant.now().plus(PATIENCE);
        skipped = skipped(hub, names, from, to);
        while (counted(runs, from, to).size() + skipped < planned && Instant.now().isBefore(end)) {
          Thread.sleep(1000);
          skipped = skipped(hub, names, from, to);
        }
      }
    }
    databases.forEach(name -> hub.database(name).drop());
    return report(counted(runs, from, to), planned(tests, from, to), skipped, from, rate, time);
  }

  private static List<Run> counted(Queue<Run> runs, Instant from, Instant to) {
    return runs.stream()
        .filter(run -> !run.plannedAt().isBefore(from) && run.plannedAt().isBefore(to))
        .toList();
  }

  /** What the node itself says of slots that did not become runs, as it stands on the hub. */
  private static long skipped(Hub hub, DatabaseNames names, Instant from, Instant to) {
    AtomicLong count = new AtomicLong();
    new CouchRepositories(hub, names)
        .results()
        .read(
            from,
            to,
            batch ->
                batch.skipped().stream()
                    .filter(slots -> !slots.last().isBefore(from) && slots.first().isBefore(to))
                    .forEach(slots -> count.addAndGet(slots.count())));
    return count.get();
  }

  private static BenchReport report(
      List<Run> counted, long planned, long skipped, Instant from, int rate, Duration time) {
    Quantiles lateness =
        new Quantiles(counted.stream().mapToLong(run -> run.lateness().toNanos()).toArray());
    long failed = counted.stream().filter(run -> run.verdict() != Verdict.UP).count();
    return new BenchReport("schedule")
        .parameter("checksPerSecond", rate)
        .parameter("seconds", time.toSeconds())
        .figure("runs", counted.size(), "count")
        .figure("start lateness p50", (double) lateness.at(0.5) / 1e6, "ms")
        .figure("start lateness p99", (double) lateness.at(0.99) / 1e6, "ms")
        .figure("start lateness p99.9", (double) lateness.at(0.999) / 1e6, "ms")
        .figure("start lateness max", (double) lateness.at(1) / 1e6, "ms")
        .figure("drift", drift(counted, from, time), "ms")
        .figure("missed or suppressed", (double) skipped, "count")
        .figure("not accounted for", (double) (planned - counted.size() - skipped), "count")
        .figure("not up", (double) failed, "count");
  }

  /**
   * How much later runs began at the end than at the beginning, in milliseconds: the slope of the
   * lateness over the planned time by least squares, times the whole time. Of each second only the
   * median counts, so that a single standstill is no drift.
   */
  static double drift(List<Run> runs, Instant from, Duration time) {
    TreeMap<Long, List<Long>> seconds = new TreeMap<>();
    for (Run run : runs) {
      long second = Duration.between(from, run.plannedAt()).toSeconds();
      seconds.computeIfAbsent(second, _ -> new ArrayList<>()).add(run.lateness().toNanos());
    }
    double n = 0;
    double sumX = 0;
    double sumY = 0;
    double sumXy = 0;
    double sumXx = 0;
    for (Map.Entry<Long, List<Long>> entry : seconds.entrySet()) {
      double x = entry.getKey();
      long[] values = entry.getValue().stream().mapToLong(Long::longValue).toArray();
      double y = new Quantiles(values).at(0.5) / 1e6;
      n++;
      sumX += x;
      sumY += y;
      sumXy += x * y;
      sumXx += x * x;
    }
    double spread = n * sumXx - sumX * sumX;
    return spread == 0 ? 0 : (n * sumXy - sumX * sumY) / spread * time.toSeconds();
  }

  private static long planned(List<TestDefinition> tests, Instant from, Instant to) {
    return tests.stream()
        .flatMap(test ->
            Schedules.between(
                test.schedule(), test.id(), NODE, from.minusMillis(1), to.minusMillis(1))
                .stream())
        .mapToLong(Schedules.Slots::count)
        .sum();
  }

  private static List<TestDefinition> tests(int rate, String url) {
    List<TestDefinition> tests = new ArrayList<>();
    for (int i = 0; i < rate * INTERVAL.toSeconds(); i++) {
      tests.add(
          TestDefinition.builder("bench-" + i, Check.Http.get(url))
              .schedule(new Schedule.Every(INTERVAL))
              .retries(new Retries(0, Duration.ZERO))
              .build());
    }
    return tests;
  }
}
