package dev.jiggety.agent.bench.timing;

import dev.jiggety.agent.bench.Program;
import dev.jiggety.agent.probe.HiccupMeter;
import dev.jiggety.agent.probe.Probes;
import dev.jiggety.agent.probe.RunExecutor;
import dev.jiggety.bench.BenchReport;
import dev.jiggety.model.Check;
import dev.jiggety.model.Connection;
import dev.jiggety.model.Retries;
import dev.jiggety.model.Sample;
import dev.jiggety.model.TestDefinition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How far the probe's times are from the truth. So many runs at a time, as a node makes them, each
 * on a new connection, a fifth of them over TLS, against a truth server in a process of its own.
 * The first seconds, in which the program warms up, do not count.
 */
public final class TimingBench {
  /** Before each smaller load. */
  private static final Duration SETTLE = Duration.ofSeconds(2);

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private TimingBench() {}

  /**
   * How it is set.
   *
   * @param concurrency runs at a time
   * @param warmUp how long before it counts
   * @param time how long it counts
   * @param down whether to go on with half as many runs at a time, and so on down to one
   * @param neighbour whether somebody in this process makes garbage meanwhile
   */
  public record Setting(
      int concurrency, Duration warmUp, Duration time, boolean down, boolean neighbour) {}

  /**
   * What was measured with so many runs at a time.
   *
   * @param samples by the number that the server knows them by
   * @param cpu of this whole process meanwhile; empty where the system does not tell
   */
  record Level(int concurrency, Map<Long, Sample> samples, Optional<Duration> cpu) {}

  /** Runs it. */
  public static BenchReport run(Program program, Setting setting)
      throws IOException, InterruptedException {
    Probes.load();
    List<Level> levels = new ArrayList<>();
    TruthProcess server = TruthProcess.start(program);
    try (server;
        HiccupMeter meter = new HiccupMeter()) {
      AtomicLong ids = new AtomicLong();
      Duration warmUp = setting.warmUp();
      int concurrency = setting.concurrency();
      int least = setting.down() ? 1 : concurrency;
      while (concurrency >= least) {
        levels.add(measure(server, meter, ids, setting, concurrency, warmUp));
        warmUp = SETTLE;
        concurrency /= 2;
      }
    }
    return Comparison.report(setting, levels, server);
  }

  private static Level measure(
      TruthProcess server,
      HiccupMeter meter,
      AtomicLong ids,
      Setting setting,
      int concurrency,
      Duration warmUp)
      throws InterruptedException {
    RunExecutor executor =
        new RunExecutor(
            Probes::find, meter, InstantSource.system(), concurrency, RunExecutor.Pause.SLEEP);
    Map<Long, Sample> samples = new ConcurrentHashMap<>();
    long from = System.nanoTime() + warmUp.toNanos();
    long to = from + setting.time().toNanos();
    CountDownLatch asking = new CountDownLatch(concurrency);
    for (int i = 0; i < concurrency; i++) {
      executor.begin(() -> {
        ask(executor, server, ids, from, to, samples);
        asking.countDown();
      });
    }
    Thread.sleep(warmUp);
    Optional<Duration> before = ProcessHandle.current().info().totalCpuDuration();
    Neighbour neighbour = setting.neighbour() ? new Neighbour() : null;
    asking.await();
    if (neighbour != null) {
      neighbour.close();
    }
    Optional<Duration> after = ProcessHandle.current().info().totalCpuDuration();
    return new Level(concurrency, samples, before.flatMap(b -> after.map(a -> a.minus(b))));
  }

  /** One client, which asks again as soon as it has its answer. */
  private static void ask(
      RunExecutor executor,
      TruthProcess server,
      AtomicLong ids,
      long from,
      long to,
      Map<Long, Sample> samples) {
    try {
      while (System.nanoTime() < to) {
        long id = ids.getAndIncrement();
        boolean counts = System.nanoTime() >= from;
        Sample sample = executor.run(test(server, id), "bench", Instant.now()).samples().getFirst();
        if (counts) {
          samples.put(id, sample);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static TestDefinition test(TruthProcess server, long id) {
    boolean secure = id % 5 == 0;
    String host = "r" + id + "." + TruthCertificate.DOMAIN;
    String url =
        secure
            ? "https://" + host + ":" + server.securePort() + "/" + id
            : "http://" + host + ":" + server.port() + "/" + id;
    Connection connection =
        new Connection(
            Connection.Version.AUTO,
            Connection.Family.IPV4,
            null,
            "127.0.0.1:" + server.namePort(),
            null,
            secure ? server.pem() : null,
            null,
            null);
    return TestDefinition.builder("timing", Check.Http.get(url).withConnection(connection))
        .timeout(TIMEOUT)
        .retries(new Retries(0, Duration.ZERO))
        .build();
  }
}
