package dev.jiggety.agent.bench;

import com.sun.net.httpserver.HttpServer;
import dev.jiggety.agent.node.NodeConfig;
import dev.jiggety.agent.node.TestingNode;
import dev.jiggety.base.Quantiles;
import dev.jiggety.couch.Hub;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.Check;
import dev.jiggety.model.Retries;
import dev.jiggety.model.Run;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.rules.Schedules;
import dev.jiggety.repository.couch.Provisioner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * How late runs begin on a node that makes many checks a second: a whole node, with probes that
 * open a new connection each, durable results and the push to the hub, against a site on the same
 * machine. The first seconds, in which the program warms up, do not count.
 */
public final class ScheduleBench {
  private static final String NODE = "bench";
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration WARM_UP = Duration.ofSeconds(10);

  private ScheduleBench() {}

  /**
   * Runs it.
   *
   * @param folder empty; the node's data folder
   * @param hub with nothing in databases of the prefix {@code jiggety-bench-}
   * @param rate checks a second
   * @param time how long, after the warm-up
   */
  public static BenchReport run(Path folder, Hub hub, int rate, Duration time)
      throws IOException, InterruptedException {
    DatabaseNames names = new DatabaseNames("jiggety-bench-");
    Instant begin = Instant.now();
    List<String> databases = new ArrayList<>(names.live(begin, begin.plus(time).plus(WARM_UP)));
    databases.addAll(List.of(names.config(), names.status(), names.patches()));
    databases.forEach(name -> hub.database(name).drop());
    Queue<Run> runs = new ConcurrentLinkedQueue<>();
    List<TestDefinition> tests;
    Instant from;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      HttpServer site = site(threads);
      new Provisioner(hub, names).provision(begin);
      tests = tests(rate, "http://127.0.0.1:" + site.getAddress().getPort() + "/");
      Installed.put(hub, names, tests);
      from = Instant.now().plus(WARM_UP);
      NodeConfig config = NodeConfig.of(NODE, hub.address(), folder).withNames(names);
      try (TestingNode _ = TestingNode.start(config, runs::add)) {
        pass(WARM_UP.plus(time));
      }
      site.stop(0);
    }
    databases.forEach(name -> hub.database(name).drop());
    return report(runs, tests, from, rate, time);
  }

  private static BenchReport report(
      Queue<Run> runs, List<TestDefinition> tests, Instant from, int rate, Duration time) {
    Instant to = from.plus(time);
    List<Run> counted =
        runs.stream()
            .filter(run -> !run.plannedAt().isBefore(from) && run.plannedAt().isBefore(to))
            .toList();
    Quantiles lateness =
        new Quantiles(counted.stream().mapToLong(run -> run.lateness().toNanos()).toArray());
    long planned = tests.stream().mapToLong(test -> slots(test, from, to)).sum();
    long failed = counted.stream().filter(run -> run.verdict() != Verdict.UP).count();
    return new BenchReport("schedule")
        .parameter("checksPerSecond", rate)
        .parameter("seconds", time.toSeconds())
        .figure("runs", counted.size(), "count")
        .figure("start lateness p50", (double) lateness.at(0.5) / 1e6, "ms")
        .figure("start lateness p99", (double) lateness.at(0.99) / 1e6, "ms")
        .figure("start lateness p99.9", (double) lateness.at(0.999) / 1e6, "ms")
        .figure("start lateness max", (double) lateness.at(1) / 1e6, "ms")
        .figure("missed", (double) (planned - counted.size()), "count")
        .figure("not up", (double) failed, "count");
  }

  private static long slots(TestDefinition test, Instant from, Instant to) {
    return Schedules.between(
            test.schedule(), test.id(), NODE, from.minusMillis(1), to.minusMillis(1))
        .map(Schedules.Slots::count)
        .orElse(0L);
  }

  private static HttpServer site(ExecutorService threads) throws IOException {
    HttpServer site =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    site.setExecutor(threads);
    site.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(204, -1);
          }
        });
    site.start();
    return site;
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

  private static void pass(Duration time) throws InterruptedException {
    Thread.sleep(time);
  }
}
