package dev.jiggety.agent.bench.checks;

import dev.jiggety.agent.bench.BenchReport;
import dev.jiggety.agent.bench.Installed;
import dev.jiggety.agent.bench.ProcessCost;
import dev.jiggety.agent.bench.Program;
import dev.jiggety.agent.bench.couch.ServerProcess;
import dev.jiggety.agent.bench.timing.TruthProcess;
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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What a check costs. A node as its users start it, with a new connection for each check and
 * durable results that go to a hub, in a process of its own; so are hub and site, and what they
 * cost does not count.
 *
 * <p>Three loads, each with a new node: 10,000 tests a minute; and, at ten checks a second both
 * times, ten tests and 10,000, to see whether a test costs more where there are many.
 */
public final class ChecksBench {
  private static final String NODE = "bench";
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Program program;
  private final Path folder;
  private final Duration warmUp;
  private final Duration time;

  /** What is measured. */
  private record Load(String name, int tests, Duration interval) {}

  /** What it cost. */
  private record Cost(long checks, Duration cpu, double seconds, double peakMiB) {
    double millisPerCheck() {
      return checks == 0 ? 0 : cpu.toNanos() / 1e6 / checks;
    }

    double cores() {
      return cpu.toNanos() / 1e9 / seconds;
    }
  }

  private ChecksBench(Program program, Path folder, Duration warmUp, Duration time) {
    this.program = program;
    this.folder = folder;
    this.warmUp = warmUp;
    this.time = time;
  }

  /**
   * Runs it.
   *
   * @param folder empty; for what the parts keep
   * @param time how long each load counts, after the warm-up
   * @param rival another program to measure beside; empty for none
   */
  public static BenchReport run(
      Program program, Path folder, Duration warmUp, Duration time, Optional<Rival> rival)
      throws IOException, InterruptedException {
    return new ChecksBench(program, folder, warmUp, time).run(rival);
  }

  private BenchReport run(Optional<Rival> rival) throws IOException, InterruptedException {
    Path data = folder.resolve("hub").toAbsolutePath();
    List<String> hub =
        program.with(List.of("hub", "--port", "0", "--data", data.toString(), "--admin-party"));
    try (ServerProcess server = ServerProcess.start(folder.toAbsolutePath(), hub);
        TruthProcess site = TruthProcess.prompt(program);
        Hub client = Hub.open(server.server().address(), HubOptions.DEFAULT)) {
      Cost minute = measure(client, site, new Load("minute", 10_000, MINUTE));
      Cost few = measure(client, site, new Load("few", 10, Duration.ofSeconds(1)));
      Cost many = measure(client, site, new Load("many", 10_000, Duration.ofSeconds(1000)));
      BenchReport report =
          new BenchReport("checks")
              .parameter("seconds", time.toSeconds())
              .parameter("warmUpSeconds", warmUp.toSeconds())
              .figure("checks, 10000 tests a minute", (double) minute.checks(), "count")
              .figure("CPU a check", minute.millisPerCheck(), "ms")
              .figure("cores, 10000 tests a minute", minute.cores(), "cores")
              .figure("RSS peak, 10000 tests a minute", minute.peakMiB(), "MiB")
              .figure("CPU a check, 10 tests at 10/s", few.millisPerCheck(), "ms")
              .figure("CPU a check, 10000 tests at 10/s", many.millisPerCheck(), "ms")
              .figure(
                  "CPU a check, 10000 tests vs 10",
                  few.cpu().isZero() ? 0 : many.millisPerCheck() / few.millisPerCheck(),
                  "×");
      if (rival.isPresent()) {
        rival.get().measure(report, folder, site, time, minute.millisPerCheck());
      }
      return report;
    }
  }

  private Cost measure(Hub hub, TruthProcess site, Load load)
      throws IOException, InterruptedException {
    String prefix = "jiggety-bench-" + load.name() + "-";
    DatabaseNames names = new DatabaseNames(prefix);
    new Provisioner(hub, names).provision(Instant.now());
    Installed.put(hub, names, tests(load, "http://127.0.0.1:" + site.port() + "/1"));
    Path printed = folder.resolve(load.name() + ".log");
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
                Files.createDirectory(folder.resolve(load.name())).toAbsolutePath().toString()));
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
    Thread.sleep(warmUp);
    long begin = System.nanoTime();
    long before = site.answered();
    Duration cpu = cpu(node, printed);
    Thread.sleep(time);
    Duration used = cpu(node, printed).minus(cpu);
    long checks = site.answered() - before;
    return new Cost(
        checks,
        used,
        (System.nanoTime() - begin) / 1e9,
        ProcessCost.of(node.toHandle()).peakMiB().orElse(0.0));
  }

  private static Duration cpu(Process process, Path printed) throws IOException {
    return ProcessCost.of(process.toHandle())
        .cpu()
        .orElseThrow(() ->
            new IOException("the node is gone, or its CPU is unknown; it printed " + printed));
  }

  private static List<TestDefinition> tests(Load load, String url) {
    List<TestDefinition> tests = new ArrayList<>();
    for (int i = 0; i < load.tests(); i++) {
      tests.add(
          TestDefinition.builder("bench-" + i, Check.Http.get(url))
              .schedule(new Schedule.Every(load.interval()))
              .retries(new Retries(0, Duration.ZERO))
              .build());
    }
    return tests;
  }
}
