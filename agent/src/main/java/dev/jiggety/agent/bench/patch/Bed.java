package dev.jiggety.agent.bench.patch;

import dev.jiggety.agent.bench.InForce;
import dev.jiggety.agent.bench.Program;
import dev.jiggety.bench.BenchReport;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.repository.couch.Provisioner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What patches are measured on: a hub and a manager in processes of their own, a farm of light
 * nodes in this one, and results that pour in. Closing it ends everything and drops the databases.
 */
public final class Bed implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(1);
  private static final int TESTS = 50;

  private final boolean priority;
  private final Site site;
  private final Setting setting;
  private final @Nullable Part hubPart;
  private final Part manager;
  private final Hub hub;
  private final Marks marks;
  private final Farm farm;
  private final Operator operator;
  private final Pouring pouring;
  private final Shelf shelf;

  /**
   * What is wanted.
   *
   * @param nodes how many light nodes
   * @param results how many results pour in a second
   * @param hub one that runs; empty for an embedded one
   */
  public record Setting(int nodes, int results, Optional<HubAddress> hub) {}

  /** What the databases are called, so that nobody's own are touched. */
  public static final DatabaseNames NAMES = new DatabaseNames("jiggety-bench-patch-");

  /**
   * Starts everything, and puts the tests in force by a first patch.
   *
   * @param folder empty
   */
  public Bed(Program program, Path folder, Setting setting)
      throws IOException, InterruptedException, BenchFailedException {
    this.setting = setting;
    this.priority = Priority.available();
    this.site = new Site(priority ? Priority.before(program) : program, folder);
    Random random = new Random();
    this.shelf = new Shelf(TESTS, random);
    this.hubPart = setting.hub().isPresent() ? null : site.hub(0);
    HubAddress address = hubPart == null ? setting.hub().orElseThrow() : site.start(hubPart);
    HubOptions options = HubOptions.DEFAULT.withMaxConnections(2 * setting.nodes() + 100);
    this.hub = Hub.open(address, options);
    drop();
    new Provisioner(hub, NAMES).provision(Instant.now());
    site.makeKey("manager");
    this.manager = site.manager("manager", address, NAMES, Optional.empty());
    manager.start();
    manager.awaitReady(START);
    this.operator = new Operator(hub, NAMES, site.operator(), random);
    this.marks = new Marks(setting.nodes());
    this.farm = Farm.marking(hub, NAMES, names(setting.nodes()), marks);
    farm.awaitHeard(START);
    this.pouring = new Pouring(hub, NAMES, setting.nodes(), setting.results());
  }

  private static List<String> names(int nodes) {
    return IntStream.range(0, nodes).mapToObj(LightNode::name).toList();
  }

  /** Puts the tests in force by a first patch, and begins to pour. */
  public void begin() throws InterruptedException, BenchFailedException {
    Patch first = shelf.first();
    operator.submit(first);
    Rollout end = operator.watch().awaitEnd(first.id(), START);
    if (end.state() != RolloutState.COMPLETED) {
      throw new BenchFailedException(
          "the first patch ended " + end.state().label() + ": " + end.transitions().getLast());
    }
  }

  int nodes() {
    return setting.nodes();
  }

  Marks marks() {
    return marks;
  }

  Farm farm() {
    return farm;
  }

  Operator operator() {
    return operator;
  }

  /** What the nodes would like people to look at, one line each; for when something fails. */
  public List<String> notices() {
    return farm.notices();
  }

  /** A patch to one test. */
  Patch patch(Shelf.Conduct conduct, StrategyChoice strategy) throws InterruptedException {
    return shelf.next(conduct, strategy, InForce.of(operator.patches()));
  }

  /** A report that says on what it was measured. */
  BenchReport report(String bench) {
    return new BenchReport(bench)
        .parameter("nodes", setting.nodes())
        .parameter("resultsPerSecond", setting.results())
        .parameter("hub", hubPart == null ? "running" : "process of its own")
        .parameter("priority", priority ? "hub and manager before the nodes" : "none");
  }

  /** What came in meanwhile, and what it cost. */
  void figures(BenchReport report) {
    report.figure("results", pouring.rate(), "1/s");
    report.figure("batches that the hub did not take", (double) pouring.failed(), "count");
    if (hubPart != null) {
      hubPart.cost().ifPresent(cost -> cost.report(report, "hub"));
    }
    manager.cost().ifPresent(cost -> cost.report(report, "manager"));
  }

  private void drop() {
    Instant now = Instant.now();
    for (String name : NAMES.live(now, now.plus(Duration.ofDays(7)))) {
      hub.database(name).drop();
    }
    for (String name : List.of(NAMES.config(), NAMES.status(), NAMES.patches())) {
      hub.database(name).drop();
    }
  }

  @Override
  public void close() throws IOException {
    pouring.close();
    operator.close();
    farm.close();
    manager.close();
    if (hubPart == null) {
      drop();
    }
    hub.close();
    site.close();
  }
}
