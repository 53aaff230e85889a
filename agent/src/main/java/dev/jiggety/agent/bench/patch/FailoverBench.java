package dev.jiggety.agent.bench.patch;

import com.sun.net.httpserver.HttpServer;
import dev.jiggety.agent.bench.Program;
import dev.jiggety.agent.node.NodeConfig;
import dev.jiggety.agent.node.TestingNode;
import dev.jiggety.bench.BenchReport;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.Contents;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.HeadDocument;
import dev.jiggety.document.Ids;
import dev.jiggety.model.Change;
import dev.jiggety.model.Check;
import dev.jiggety.model.Patch;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.Heads;
import dev.jiggety.model.rules.PatchIds;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.repository.couch.Standby;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * What becomes of an installation whose hub dies, under load: two hubs and a manager as processes
 * of their own, nodes that test once a second, and somebody who looks on as a desktop does. The hub
 * is killed, started again from its disk, frozen and thawed; in between everybody goes back.
 */
public final class FailoverBench implements AutoCloseable {
  private static final DatabaseNames NAMES = new DatabaseNames("jiggety-bench-failover-");
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final Duration UNDER_LOAD = Duration.ofSeconds(10);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final int MOST_TRIES = 4;
  private static final Duration LIFETIME = Duration.ofHours(6);

  private final Site site;
  private final Part active;
  private final HubAddress first;
  private final HubAddress second;
  private final Hub one;
  private final Hub other;
  private final Hub list;
  private final HttpServer shop;
  private final Operator operator;
  private final Random random = new Random();
  private final FailoverWitness witness = new FailoverWitness();
  private final List<TestingNode> nodes = new ArrayList<>();
  private final HubFeed.Subscription desktop;
  private final BenchReport report;
  private int edition;
  private long known;

  private FailoverBench(Program program, Path folder, int count, int tests)
      throws IOException, InterruptedException, BenchFailedException {
    report = new BenchReport("failover").parameter("nodes", count).parameter("tests", tests);
    site = new Site(program, folder);
    active = site.hub("hub-a", Site.freePort());
    Part standby = site.hub("hub-b", Site.freePort());
    first = site.start(active);
    second = site.start(standby);
    one = Hub.open(first, HubOptions.DEFAULT);
    other = Hub.open(second, HubOptions.DEFAULT);
    new Provisioner(one, NAMES).provision(Instant.now());
    new Provisioner(other, NAMES).provision(Instant.now());
    new Standby(one, other, NAMES).set(false);
    shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
    shop.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    shop.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    shop.start();
    site.makeKey("manager");
    Part manager = site.manager("manager", List.of(first, second), NAMES);
    manager.start();
    manager.awaitReady(Site.PATIENCE);
    List<HubAddress> hubs = List.of(first, second);
    list = Hub.open(hubs, HubOptions.DEFAULT, List.of(NAMES.config(), NAMES.patches()));
    operator = new Operator(list, NAMES, site.operator(), random);
    desktop = new CouchRepositories(list, NAMES).feed().follow(Instant.now(), witness);
    for (int i = 1; i <= count; i++) {
      String name = "node-%02d".formatted(i);
      NodeConfig config = NodeConfig.of(name, hubs, site.data(name)).withNames(NAMES);
      nodes.add(TestingNode.start(config, witness::finished));
    }
    carryOut(() -> IntStream.range(0, tests).mapToObj(this::put).toList());
  }

  /**
   * Runs it.
   *
   * @param folder empty
   * @param nodes how many nodes
   * @param tests how many tests each of them runs once a second
   */
  public static BenchReport run(Program program, Path folder, int nodes, int tests)
      throws IOException, InterruptedException, BenchFailedException {
    try (FailoverBench bench = new FailoverBench(program, folder, nodes, tests)) {
      bench.underLoad();
      bench.fail("killed", bench.active::kill);
      bench.active.start();
      bench.active.awaitReady(Site.PATIENCE);
      bench.goBack("started again");
      bench.underLoad();
      bench.fail("frozen", bench.active::freeze);
      bench.active.thaw();
      bench.goBack("thawed");
      bench.underLoad();
      bench.compare();
      return bench.report;
    }
  }

  /** Does something to a hub. */
  private interface Fault {
    void happen() throws IOException, InterruptedException;
  }

  private void fail(String what, Fault fault)
      throws IOException, InterruptedException, BenchFailedException {
    witness.forgetSilence();
    long since = System.nanoTime();
    fault.happen();
    await("nodes go on with the other hub", this::isElsewhere);
    report.figure(what + " → nodes on the other hub", since(since), "ms");
    await("results are seen again", () -> witness.hasHeardAll(nodes.size(), since + 1));
    long moved = System.nanoTime();
    await("results of all come", () -> witness.hasHeardAll(nodes.size(), moved));
    report.figure(what + " → longest gap in results seen", witness.longestSilence() / 1e6, "ms");
    await("the manager is active at the other hub", this::isHigher);
    report.figure(what + " → manager on the other hub", since(since), "ms");
    carryOut(() -> List.of(put(0)));
    report.figure(what + " → first patch carried out", since(since), "ms");
  }

  /** Whether the epoch at the other hub is one of a stay that was not known yet. */
  private boolean isHigher() {
    long stay = Heads.stay(epoch(other));
    if (stay > known) {
      known = stay;
      return true;
    }
    return false;
  }

  private static long epoch(Hub hub) {
    return hub.database(NAMES.config())
        .get(Ids.head())
        .ok()
        .map(document -> HeadDocument.TYPE.read(document).epoch())
        .orElse(0L);
  }

  private boolean isElsewhere() {
    return nodes.stream().allMatch(node -> node.hub().equals(second) && node.isConnected());
  }

  private void goBack(String what) throws InterruptedException, BenchFailedException {
    witness.forgetSilence();
    long since = System.nanoTime();
    await(
        "nodes go back",
        () -> nodes.stream().allMatch(node -> node.hub().equals(first) && node.isConnected()));
    await("the desktop goes back", () -> list.address().equals(first));
    await("the manager goes back", () -> Heads.stay(epoch(one)) > known);
    known = Heads.stay(epoch(one));
    report.figure(what + " → everybody is back", since(since), "ms");
    long back = System.nanoTime();
    await("results of all come", () -> witness.hasHeardAll(nodes.size(), back));
    report.figure(what + " → longest gap in results seen", witness.longestSilence() / 1e6, "ms");
    carryOut(() -> List.of(put(0)));
  }

  /** Waits until both hubs have the same, and says what is missing. */
  private void compare() throws InterruptedException, BenchFailedException {
    nodes.forEach(TestingNode::close);
    nodes.clear();
    await("both hubs have all", () -> witness.hasAll(one, NAMES) && witness.hasAll(other, NAMES));
    FailoverWitness.Count here = witness.count(one, NAMES);
    FailoverWitness.Count there = witness.count(other, NAMES);
    report.figure("results", witness.made(), "");
    report.figure("lost", (double) (here.lost() + there.lost()), "");
    report.figure("doubled", (double) (here.doubled() + there.doubled()), "");
  }

  private void underLoad() throws InterruptedException {
    Thread.sleep(UNDER_LOAD);
  }

  /**
   * Hands in changes until they are carried out: on a busy machine a canary can be late, and then a
   * patch is turned back.
   */
  private void carryOut(Supplier<List<Change>> changes)
      throws InterruptedException, BenchFailedException {
    for (int i = 1; !isCarriedOut(changes.get(), i == MOST_TRIES); i++) {
      Thread.sleep(EVERY);
    }
  }

  private boolean isCarriedOut(List<Change> changes, boolean isLastTry)
      throws InterruptedException, BenchFailedException {
    Instant now = Instant.now();
    Patch patch =
        new Patch(
            PatchIds.of(now, random),
            Shelf.AUTHOR,
            now,
            "edition " + edition,
            StrategyChoice.SWIFT,
            now.plus(LIFETIME),
            changes);
    operator.submitUntilTaken(patch);
    RolloutState end = operator.watch().awaitEnd(patch.id(), PATIENCE).state();
    if (end != RolloutState.COMPLETED && isLastTry) {
      throw new BenchFailedException(
          "a patch was not carried out: " + operator.watch().words(patch.id()));
    }
    return end == RolloutState.COMPLETED;
  }

  private Change put(int test) {
    String id = String.format(Locale.ROOT, "bench-%03d", test);
    String url = "http://127.0.0.1:" + shop.getAddress().getPort() + "/?edition=" + edition++;
    TestDefinition definition =
        TestDefinition.builder(id, Check.Http.get(url)).schedule(new Schedule.Every(EVERY)).build();
    var before = operator.patches().inForce().documents().get(Ids.test(id));
    return new Change.Put(
        Ids.test(id), Contents.of(definition), before == null ? null : before.digest());
  }

  private static double since(long nanos) {
    return (System.nanoTime() - nanos) / 1e6;
  }

  private void await(String what, BooleanSupplier isSo)
      throws InterruptedException, BenchFailedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!isSo.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new BenchFailedException("%s: not within %d s".formatted(what, PATIENCE.toSeconds()));
      }
      Thread.sleep(LOOK_AGAIN);
    }
  }

  @Override
  public void close() throws IOException {
    nodes.forEach(TestingNode::close);
    desktop.close();
    operator.close();
    list.close();
    one.close();
    other.close();
    shop.stop(0);
    site.close();
  }
}
