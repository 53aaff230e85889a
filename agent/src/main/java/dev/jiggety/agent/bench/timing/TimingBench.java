package dev.jiggety.agent.bench.timing;

import dev.jiggety.agent.bench.BenchReport;
import dev.jiggety.agent.bench.Program;
import dev.jiggety.agent.probe.HiccupMeter;
import dev.jiggety.agent.probe.Probes;
import dev.jiggety.agent.probe.RunExecutor;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How far the probe's times are from the truth. So many runs at a time, as a node makes them, each
 * on a new connection, a fifth of them over TLS, against a truth server in a process of its own.
 * The first seconds, in which the program warms up, do not count.
 */
public final class TimingBench {
  private static final Duration WARM_UP = Duration.ofSeconds(6);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private TimingBench() {}

  /**
   * How it is set.
   *
   * @param concurrency runs at a time
   * @param time how long, after the warm-up
   * @param neighbour whether somebody in this process makes garbage meanwhile
   */
  public record Setting(int concurrency, Duration time, boolean neighbour) {}

  /** Runs it. */
  public static BenchReport run(Program program, Setting setting)
      throws IOException, InterruptedException {
    Probes.load();
    Map<Long, Sample> samples = new ConcurrentHashMap<>();
    TruthProcess server = TruthProcess.start(program);
    try (server;
        HiccupMeter meter = new HiccupMeter()) {
      RunExecutor executor =
          new RunExecutor(
              Probes::find,
              meter,
              InstantSource.system(),
              setting.concurrency(),
              RunExecutor.Pause.SLEEP);
      long begin = System.nanoTime();
      long from = begin + WARM_UP.toNanos();
      long to = from + setting.time().toNanos();
      AtomicLong ids = new AtomicLong();
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < setting.concurrency(); i++) {
        clients.add(Thread.startVirtualThread(() -> ask(executor, server, ids, from, to, samples)));
      }
      Thread.sleep(WARM_UP);
      Neighbour neighbour = setting.neighbour() ? new Neighbour() : null;
      for (Thread client : clients) {
        client.join();
      }
      if (neighbour != null) {
        neighbour.close();
      }
    }
    return Comparison.report(setting, samples, server);
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
