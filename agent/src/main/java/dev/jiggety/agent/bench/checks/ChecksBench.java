package dev.jiggety.agent.bench.checks;

import dev.jiggety.agent.bench.Installed;
import dev.jiggety.agent.bench.Program;
import dev.jiggety.agent.bench.couch.ServerProcess;
import dev.jiggety.agent.bench.timing.TruthProcess;
import dev.jiggety.bench.BenchReport;
import dev.jiggety.bench.ProcessCost;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.Check;
import dev.jiggety.model.Retries;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.repository.couch.Provisioner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What a check costs. A node as its users start it, with a new connection for each check and
 * durable results that go to a hub, in a process of its own; so are hub and site, and what they
 * cost does not count.
 *
 * <p>Four loads, each with a new node: 10,000 tests a minute; at ten checks a second both times,
 * ten tests and 10,000, to see whether a test costs more where there are many; and a hundred tests
 * a minute, for the memory of a node that has little to do.
 */
public final class ChecksBench {
  private static final String NODE = "bench";

  private final Program program;
  private final Path folder;
  private final Setting setting;

  /** What is measured. */
  public enum Load {
    /** Ten thousand tests, each once a minute. */
    MINUTE(10_000, Duration.ofMinutes(1)),
    /** Ten tests, ten checks a second. */
    FEW(10, Duration.ofSeconds(1)),
    /** Ten thousand tests, ten checks a second. */
    MANY(10_000, Duration.ofSeconds(1000)),
    /** A small installation: a hundred tests, each once a minute. */
    REST(100, Duration.ofMinutes(1));

    private final int tests;
    private final Duration interval;

    Load(int tests, Duration interval) {
      this.tests = tests;
      this.interval = interval;
    }
  }

  /**
   * How it is set.
   *
   * @param loads which of them are measured
   * @param warmUp how long each goes on before it counts
   * @param time how long each counts
   */
  public record Setting(Set<Load> loads, Duration warmUp, Duration time) {
    public Setting {
      loads = Set.copyOf(loads);
    }
  }

  /** What it cost. */
  private record Cost(
      long checks, Duration cpu, double seconds, double residentMiB, double peakMiB) {
    double millisPerCheck() {
      return checks == 0 ? 0 : cpu.toNanos() / 1e6 / checks;
    }

    double cores() {
      return cpu.toNanos() / 1e9 / seconds;
    }
  }

  private ChecksBench(Program program, Path folder, Setting setting) {
    this.program = program;
    this.folder = folder;
    this.setting = setting;
  }

  /**
   * Runs it.
   *
   * @param folder empty; for what the parts keep
   * @param rival another program to measure beside; empty for none
   */
  public static BenchReport run(
      Program program, Path folder, Setting setting, Optional<Rival> rival)
      throws IOException, InterruptedException {
    return new ChecksBench(program, folder, setting).run(rival);
  }

  private BenchReport run(Optional<Rival> rival) throws IOException, InterruptedException {
    Path data = folder.resolve("hub").toAbsolutePath();
    List<String> hub =
        program.with(List.of("hub", "--port", "0", "--data", data.toString(), "--admin-party"));
    try (ServerProcess server = ServerProcess.start(folder.toAbsolutePath(), hub);
        TruthProcess site = TruthProcess.prompt(program);
        Hub client = Hub.open(server.server().address(), HubOptions.DEFAULT)) {
      Map<Load, Cost> costs = new EnumMap<>(Load.class);
      for (Load load : Load.values()) {
        if (setting.loads().contains(load)) {
          costs.put(load, measure(client, site, load));
        }
      }
      BenchReport report = report(costs);
      Cost minute = costs.get(Load.MINUTE);
      if (rival.isPresent() && minute != null) {
        rival.get().measure(report, folder, site, setting.time(), minute.millisPerCheck());
      }
      return report;
    }
  }

  private BenchReport report(Map<Load, Cost> costs) {
    BenchReport report =
        new BenchReport("checks")
            .parameter("seconds", setting.time().toSeconds())
            .parameter("warmUpSeconds", setting.warmUp().toSeconds());
    Cost minute = costs.get(Load.MINUTE);
    if (minute != null) {
      report
          .figure("checks, 10000 tests a minute", (double) minute.checks(), "count")
          .figure("CPU a check", minute.millisPerCheck(), "ms")
          .figure("cores, 10000 tests a minute", minute.cores(), "cores")
          .figure("RSS peak, 10000 tests a minute", minute.peakMiB(), "MiB");
    }
    Cost few = costs.get(Load.FEW);
    if (few != null) {
      report.figure("CPU a check, 10 tests at 10/s", few.millisPerCheck(), "ms");
    }
    Cost many = costs.get(Load.MANY);
    if (many != null) {
      report.figure("CPU a check, 10000 tests at 10/s", many.millisPerCheck(), "ms");
    }
    if (few != null && many != null) {
      report.figure(
          "CPU a check, 10000 tests vs 10",
          few.cpu().isZero() ? 0 : many.millisPerCheck() / few.millisPerCheck(),
          "×");
    }
    Cost rest = costs.get(Load.REST);
    if (rest != null) {
      report.figure("RSS, 100 tests a minute", rest.residentMiB(), "MiB");
    }
    return report;
  }

  private Cost measure(Hub hub, TruthProcess site, Load load)
      throws IOException, InterruptedException {
    String name = load.name().toLowerCase(Locale.ROOT);
    String prefix = "jiggety-bench-" + name + "-";
    DatabaseNames names = new DatabaseNames(prefix);
    new Provisioner(hub, names).provision(Instant.now());
    Installed.put(hub, names, tests(load, "http://127.0.0.1:" + site.port() + "/1"));
    Path printed = folder.resolve(name + ".log");
    List<String> command =
        program.with(
            List.of(
                "node",
                "--hub",
                hub.address().toString(),
                "--prefix",
                prefix,
                "--name",
                NODE,
                "--data",
                Files.createDirectory(folder.resolve(name)).toAbsolutePath().toString()));
    Process node =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    try {
      return measure(node, site, printed);
    } finally {
      node.destroy();
      if (!node.waitFor(20, TimeUnit.SECONDS)) {
        node.destroyForcibly();
      }
    }
  }

  private Cost measure(Process node, TruthProcess site, Path printed)
      throws IOException, InterruptedException {
    Thread.sleep(setting.warmUp());
    long begin = System.nanoTime();
    long before = site.answered();
    Duration cpu = cpu(node, printed);
    Thread.sleep(setting.time());
    Duration used = cpu(node, printed).minus(cpu);
    long checks = site.answered() - before;
    double seconds = (System.nanoTime() - begin) / 1e9;
    ProcessCost cost = ProcessCost.of(node.toHandle());
    return new Cost(
        checks, used, seconds, cost.residentMiB().orElse(0.0), cost.peakMiB().orElse(0.0));
  }

  private static Duration cpu(Process process, Path printed) throws IOException {
    return ProcessCost.of(process.toHandle())
        .cpu()
        .orElseThrow(() ->
            new IOException("the node is gone, or its CPU is unknown; it printed " + printed));
  }

  private static List<TestDefinition> tests(Load load, String url) {
    List<TestDefinition> tests = new ArrayList<>();
    for (int i = 0; i < load.tests; i++) {
      tests.add(
          TestDefinition.builder("bench-" + i, Check.Http.get(url))
              .schedule(new Schedule.Every(load.interval))
              .retries(new Retries(0, Duration.ZERO))
              .build());
    }
    return tests;
  }
}
