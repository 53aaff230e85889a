package dev.jiggety.agent.bench.patch;

import dev.jiggety.agent.bench.Program;
import dev.jiggety.bench.BenchReport;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.HeadDocument;
import dev.jiggety.document.Ids;
import dev.jiggety.repository.couch.Provisioner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How soon a passive manager has taken over from the active one that is killed, or frozen: until
 * its epoch stands on the head, from when on nobody else can write it. Hub, broker and managers are
 * processes of their own.
 */
public final class TakeoverBench implements AutoCloseable {
  private static final DatabaseNames NAMES = new DatabaseNames("jiggety-bench-takeover-");
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(2);

  /** Until the passive one stands in line at the broker again, and code has been compiled. */
  private static final Duration SETTLE = Duration.ofSeconds(4);

  private static final String KILLED = "killed → taken over";
  private static final String FROZEN = "frozen → taken over";
  private static final Pattern BROKER_READY = Pattern.compile("broker is listening");

  private final Site site;
  private final Hub hub;
  private final HubDatabase config;
  private final Timings timings = new Timings();
  private final Part one;
  private final Part other;

  private TakeoverBench(Program program, Path folder)
      throws IOException, InterruptedException, BenchFailedException {
    site = new Site(program, folder);
    HubAddress address = site.start(site.hub(0));
    hub = Hub.open(address, HubOptions.DEFAULT);
    config = hub.database(NAMES.config());
    new Provisioner(hub, NAMES).provision(Instant.now());
    int port = Site.freePort();
    Part broker =
        site.part(
            "broker",
            BROKER_READY,
            "broker",
            "--port",
            String.valueOf(port),
            "--data",
            site.data("broker").toString());
    broker.start();
    broker.awaitReady(PATIENCE);
    site.makeKey("manager-a");
    site.makeKey("manager-b");
    Optional<String> queue = Optional.of("tcp://127.0.0.1:" + port);
    one = site.manager("manager-a", address, NAMES, queue);
    other = site.manager("manager-b", address, NAMES, queue);
    one.start();
    awaitHigher(0);
    other.start();
    other.awaitReady(PATIENCE);
    Thread.sleep(SETTLE);
  }

  /**
   * Runs it.
   *
   * @param folder empty
   * @param rounds how often each of the two managers is killed, and is frozen
   */
  public static BenchReport run(Program program, Path folder, int rounds)
      throws IOException, InterruptedException, BenchFailedException {
    BenchReport report = new BenchReport("takeover").parameter("rounds", rounds);
    try (TakeoverBench bench = new TakeoverBench(program, folder)) {
      for (int i = 0; i < rounds; i++) {
        bench.kill(bench.one, KILLED);
        bench.kill(bench.other, KILLED);
        bench.freeze(bench.one, FROZEN);
        bench.freeze(bench.other, FROZEN);
      }
      bench.timings.report(report, KILLED, FROZEN);
    }
    return report;
  }

  /** The active one is killed; afterwards it is the passive one. */
  private void kill(Part active, String what)
      throws IOException, InterruptedException, BenchFailedException {
    long epoch = epoch();
    long since = System.nanoTime();
    active.kill();
    timings.add(what, awaitHigher(epoch) - since);
    active.start();
    active.awaitReady(PATIENCE);
    Thread.sleep(SETTLE);
  }

  /** The active one stands still; when it goes on, it is the passive one. */
  private void freeze(Part active, String what)
      throws IOException, InterruptedException, BenchFailedException {
    long epoch = epoch();
    long since = System.nanoTime();
    active.freeze();
    timings.add(what, awaitHigher(epoch) - since);
    active.thaw();
    Thread.sleep(SETTLE);
  }

  /** The epoch on the head; 0 for no head yet. */
  private long epoch() {
    return config
        .get(Ids.head())
        .ok()
        .map(document -> HeadDocument.TYPE.read(document).epoch())
        .orElse(0L);
  }

  private long awaitHigher(long epoch) throws InterruptedException, BenchFailedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (epoch() <= epoch) {
      if (System.nanoTime() > end) {
        throw new BenchFailedException(
            "nobody took over from epoch %d within %d s".formatted(epoch, PATIENCE.toSeconds()));
      }
      Thread.sleep(LOOK_AGAIN);
    }
    return System.nanoTime();
  }

  @Override
  public void close() throws IOException {
    hub.close();
    site.close();
  }
}
