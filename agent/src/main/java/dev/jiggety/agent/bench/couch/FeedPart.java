package dev.jiggety.agent.bench.couch;

import dev.jiggety.base.Quantiles;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** How soon one write is known to everybody who listens. */
final class FeedPart {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int WARM_UP = 5;

  /**
   * Between two writes: long enough that one has been delivered, short enough to be like a rollout.
   */
  private static final Duration PAUSE = Duration.ofMillis(100);

  private FeedPart() {}

  /**
   * What was seen.
   *
   * @param medianMillis from the beginning of a write until the last listener had it
   * @param cpuSeconds that the server used for one write
   */
  record Served(
      double medianMillis,
      double maxMillis,
      Optional<Double> cpuSeconds,
      Optional<Double> residentMiB) {}

  static Served measure(Server server, BenchDatabases databases, int listeners, int writes)
      throws IOException, InterruptedException, NotMeasuredException {
    String database = databases.create(server, "feed");
    try (Crowd crowd = new Crowd(server, database, listeners);
        Wire wire = new Wire(server.address())) {
      settle(crowd, wire, database);
      long[] nanos = new long[writes];
      Optional<Duration> before = server.cpu();
      for (int i = 0; i < writes; i++) {
        nanos[i] = write(crowd, wire, database, "write-" + i);
        Thread.sleep(PAUSE);
      }
      Optional<Duration> used = server.cpu().flatMap(now -> before.map(now::minus));
      Quantiles times = new Quantiles(nanos);
      return new Served(
          (double) times.at(0.5) / 1e6,
          (double) times.at(1) / 1e6,
          used.map(cpu -> (double) cpu.toNanos() / 1e9 / writes),
          server.residentMiB());
    }
  }

  /**
   * A feed begins at what is new when it is asked for, which we cannot see: writes until all hear.
   */
  private static void settle(Crowd crowd, Wire wire, String database)
      throws IOException, InterruptedException, NotMeasuredException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (int heard = 0, i = 0; heard < WARM_UP; i++) {
      try {
        send(crowd, wire, database, "settle-" + i);
        crowd.awaitAll(Duration.ofSeconds(1));
        heard++;
      } catch (NotMeasuredException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
      }
    }
  }

  private static long write(Crowd crowd, Wire wire, String database, String id)
      throws IOException, InterruptedException, NotMeasuredException {
    long begun = System.nanoTime();
    send(crowd, wire, database, id);
    return crowd.awaitAll(PATIENCE) - begun;
  }

  private static void send(Crowd crowd, Wire wire, String database, String id)
      throws IOException, NotMeasuredException {
    crowd.expect("\"" + id + "\"");
    wire.send("PUT", "/" + database + "/" + id, WritePart.bytes("{\"phase\":\"promote\"}"))
        .require(201);
  }
}
