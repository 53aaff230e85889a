package dev.jiggety.agent.bench.patch;

import dev.jiggety.agent.bench.Installed;
import dev.jiggety.agent.bench.Program;
import dev.jiggety.bench.BenchReport;
import dev.jiggety.bench.ProcessCost;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.Check;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.repository.couch.Provisioner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What an installation takes: space on the disk, memory at rest, time to start. A hub, a manager
 * and a node with tests once a minute are processes of their own, started as a service starts them.
 */
public final class FootprintBench {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern TESTING = Pattern.compile("is testing for");
  private static final double MEBI = 1024 * 1024;

  /** Two databases, for two parts that must not meet: the tests are in force without a manager. */
  private static final DatabaseNames WITH_TESTS = new DatabaseNames("jiggety-bench-footprint-");

  private static final DatabaseNames WITHOUT = new DatabaseNames("jiggety-bench-resting-");

  private final BenchReport report;
  private final Site site;
  private final Duration rest;

  private FootprintBench(BenchReport report, Site site, Duration rest) {
    this.report = report;
    this.site = site;
    this.rest = rest;
  }

  /**
   * Runs it.
   *
   * @param folder empty
   * @param tests that the node has
   * @param rest how long a part does what it does before its memory is read
   * @param installed the folder of the installed program; empty where there is none
   * @param download the package; empty where there is none
   */
  public static BenchReport run(
      Program program,
      Path folder,
      int tests,
      Duration rest,
      Optional<Path> installed,
      Optional<Path> download)
      throws IOException, InterruptedException, BenchFailedException {
    BenchReport report =
        new BenchReport("footprint")
            .parameter("tests", tests)
            .parameter("rest", rest.toSeconds())
            .parameter("program", program.command().getFirst());
    size(report, "installed size", installed, "no packaged program: packaging/build agent");
    size(report, "download size", download, "no package: packaging/build agent deb");
    try (Site site = new Site(program, folder)) {
      new FootprintBench(report, site, rest).measure(tests);
    }
    return report;
  }

  private static void size(BenchReport report, String name, Optional<Path> what, String missing)
      throws IOException {
    if (what.isEmpty()) {
      report.notMeasured(name, missing);
      return;
    }
    try (var files = Files.walk(what.get())) {
      long bytes =
          files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
      report.figure(name, bytes / MEBI, "MiB");
    }
  }

  private void measure(int tests) throws IOException, InterruptedException, BenchFailedException {
    Part hubPart = site.hub(0);
    long begin = System.nanoTime();
    HubAddress address = site.start(hubPart);
    ready("hub", begin);
    try (Hub hub = Hub.open(address, HubOptions.DEFAULT)) {
      new Provisioner(hub, WITH_TESTS).provision(Instant.now());
      new Provisioner(hub, WITHOUT).provision(Instant.now());
      Installed.put(hub, WITH_TESTS, tests(tests, address));
    }
    site.makeKey("manager");
    Part manager = site.manager("manager", address, WITHOUT, Optional.empty());
    started("manager", manager);
    Part node = node(address);
    // At its first start it has nothing yet; what counts is every one that comes later.
    node.start();
    node.awaitReady(PATIENCE);
    Thread.sleep(rest);
    node.close();
    started("node", node);
    Thread.sleep(rest);
    rests("hub", hubPart);
    rests("manager", manager);
    rests("node", node);
  }

  private Part node(HubAddress hub) {
    return site.part(
        "node",
        TESTING,
        "node",
        "--hub",
        hub.toString(),
        "--prefix",
        WITH_TESTS.prefix(),
        "--name",
        "node",
        "--data",
        site.data("node").toString());
  }

  private void started(String role, Part part)
      throws IOException, InterruptedException, BenchFailedException {
    long begin = System.nanoTime();
    part.start();
    part.awaitReady(PATIENCE);
    ready(role, begin);
  }

  private void ready(String role, long begin) {
    report.figure("ready, " + role, (System.nanoTime() - begin) / 1e6, "ms");
  }

  private void rests(String role, Part part) throws BenchFailedException {
    ProcessCost cost =
        part.cost().orElseThrow(() -> new BenchFailedException("the " + role + " has ended"));
    cost.residentMiB().ifPresent(held -> report.figure("RSS, " + role, held, "MiB"));
  }

  private static List<TestDefinition> tests(int count, HubAddress hub) {
    String page = hub.toString();
    return IntStream.range(0, count)
        .mapToObj(number ->
            TestDefinition.builder("test-" + number, Check.Http.get(page))
                .schedule(new Schedule.Every(Duration.ofMinutes(1)))
                .build())
        .toList();
  }
}
