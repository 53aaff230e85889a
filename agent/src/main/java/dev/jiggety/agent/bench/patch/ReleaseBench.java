package dev.jiggety.agent.bench.patch;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpServer;
import dev.jiggety.agent.bench.Program;
import dev.jiggety.agent.bench.patch.ReleaseImages.Conduct;
import dev.jiggety.agent.release.BundleWriter;
import dev.jiggety.agent.release.DataSchema;
import dev.jiggety.agent.release.ReleaseMaker;
import dev.jiggety.bench.BenchReport;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.AgentDocument;
import dev.jiggety.document.Contents;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.Ids;
import dev.jiggety.document.ReleaseDocument;
import dev.jiggety.model.AgentChoice;
import dev.jiggety.model.Change;
import dev.jiggety.model.Check;
import dev.jiggety.model.Content;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.Strategy;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.rules.PatchIds;
import dev.jiggety.repository.PatchRepository;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.signing.SigningKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Releases of the agent on many nodes, all of them processes that the boot script starts: good ones
 * and bad ones, and agents that are killed at each step. Measures how long a node runs no test, and
 * how far the bad ones come.
 */
public final class ReleaseBench implements AutoCloseable {
  private static final DatabaseNames NAMES = new DatabaseNames("jiggety-bench-release-");
  private static final Duration PATIENCE = Duration.ofMinutes(8);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
  private static final Duration BAKE = Duration.ofSeconds(2);
  private static final Duration SETTLE = Duration.ofSeconds(5);
  private static final Duration LONGEST_GAP = Duration.ofSeconds(5);
  private static final int AT_ONCE = 4;
  private static final Pattern TESTING = Pattern.compile("node \\S+ is testing for");

  private final Site site;
  private final ReleaseImages images;
  private final SigningKey rita = SigningKey.generate("rita", TrustedKey.Role.RELEASE);
  private final HubAddress address;
  private final Hub hub;
  private final CouchRepositories repositories;
  private final HttpServer shop;
  private final Map<String, Part> nodes = new TreeMap<>();
  private final Map<String, Instant[]> spans = new TreeMap<>();
  private final Path folder;
  private final BenchReport report;
  private final Random random = new Random();
  private long badThatRan;

  private ReleaseBench(Program java, Path boot, Path folder, int count)
      throws IOException, InterruptedException, BenchFailedException {
    this.folder = folder;
    report = new BenchReport("release").parameter("nodes", count);
    site = new Site(java, folder);
    site.trust(rita.trusted());
    site.makeKey("manager");
    address = site.start(site.hub(0));
    hub = Hub.open(address, HubOptions.DEFAULT);
    new Provisioner(hub, NAMES).provision(Instant.now());
    repositories = new CouchRepositories(hub, NAMES);
    Part manager = site.manager("manager", List.of(address), NAMES);
    manager.start();
    manager.awaitReady(Site.PATIENCE);
    shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
    shop.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    shop.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    shop.start();
    images = new ReleaseImages(java, Files.createDirectories(folder.resolve("images")));
    images.keepClasses();
    Path installed = images.make("1", Conduct.GOOD);
    for (int i = 1; i <= count; i++) {
      start("node-%02d".formatted(i), installed, boot, i);
    }
    for (Part node : nodes.values()) {
      node.awaitReady(Site.PATIENCE);
    }
    await("all nodes report", () -> runs("1") == count);
    watch();
  }

  private void start(String name, Path installed, Path boot, int number)
      throws IOException, InterruptedException {
    Part node =
        site.command(
            name,
            TESTING,
            List.of(
                "env",
                "JIGGETY_HOME=" + installed,
                "sh",
                boot.toString(),
                "node",
                "--name",
                name,
                "--data",
                site.data(name).toString(),
                "--hub",
                address.toString(),
                "--prefix",
                NAMES.prefix()));
    nodes.put(name, node);
    node.start();
    if (number % AT_ONCE == 0) {
      node.awaitReady(Site.PATIENCE);
    }
  }

  /**
   * Runs it.
   *
   * @param java how this program is started, as a command of Java's
   * @param boot the boot script
   * @param folder empty
   * @param nodes how many nodes
   */
  public static BenchReport run(Program java, Path boot, Path folder, int nodes)
      throws IOException, InterruptedException, BenchFailedException {
    try (ReleaseBench bench = new ReleaseBench(java, boot, folder, nodes)) {
      Instant from = Instant.now();
      bench.good("2");
      int version = 3;
      for (Conduct conduct : Conduct.values()) {
        if (conduct != Conduct.GOOD) {
          bench.bad(String.valueOf(version++), conduct);
        }
      }
      bench.forged(String.valueOf(version++));
      bench.killed(String.valueOf(version));
      bench.rolledBack();
      Thread.sleep(SETTLE);
      bench.figures(from);
      return bench.report;
    }
  }

  private void good(String version) throws IOException, InterruptedException, BenchFailedException {
    Instant begin = Instant.now();
    Rollout rollout = out(publish(version, Conduct.GOOD, rita));
    mustBe(rollout, RolloutState.COMPLETED);
    await("all run " + version, () -> runs(version) == nodes.size());
    report.parameter(
        "waves",
        rollout.waves().stream()
            .map(Set::size)
            .map(String::valueOf)
            .collect(Collectors.joining(" ")));
    report.figure("good release on all nodes", since(begin), "s");
    over("a good release", begin);
  }

  private void bad(String version, Conduct conduct)
      throws IOException, InterruptedException, BenchFailedException {
    Instant begin = Instant.now();
    mustBeBack(out(publish(version, conduct, rita)));
    await("all run 2", () -> runs("2") == nodes.size());
    long starts = images.mostStarts(version);
    badThatRan += runs(version);
    report.figure(conduct.words() + ": starts as a node, most", starts, "");
    over(conduct.words(), begin);
  }

  private void forged(String version)
      throws IOException, InterruptedException, BenchFailedException {
    Instant begin = Instant.now();
    SigningKey eve = SigningKey.generate("eve", TrustedKey.Role.RELEASE);
    mustBeBack(out(publish(version, Conduct.GOOD, eve)));
    report.figure("wrong signature: starts as a node, most", images.mostStarts(version), "");
    over("wrong signature", begin);
  }

  private void killed(String version)
      throws IOException, InterruptedException, BenchFailedException {
    Instant begin = Instant.now();
    Map<String, Path> folders = new TreeMap<>();
    nodes.keySet().forEach(name -> folders.put(name, site.data(name)));
    try (ReleaseKiller killer =
        new ReleaseKiller(folders, name -> Objects.requireNonNull(nodes.get(name)).children())) {
      mustBe(out(publish(version, Conduct.GOOD, rita)), RolloutState.COMPLETED);
      await("all run " + version, () -> runs(version) == nodes.size());
      report.figure("steps at which nobody was killed", killer.left(), "");
    }
    over("killed at each step", begin);
  }

  /** Back to the program of the package, as an operator has it. */
  private void rolledBack() throws IOException, InterruptedException, BenchFailedException {
    Instant begin = Instant.now();
    Content now = inForce();
    if (now == null) {
      throw new BenchFailedException("no release is in force");
    }
    mustBe(out(new Change.Delete(Ids.agent(), now.digest())), RolloutState.COMPLETED);
    await("all run 1", () -> runs("1") == nodes.size());
    over("back to the installed program", begin);
  }

  private void over(String what, Instant begin) {
    spans.put(what, new Instant[] {begin, Instant.now()});
    System.getLogger(ReleaseBench.class.getName())
        .log(System.Logger.Level.INFO, "{0}: {1} s", what, since(begin));
  }

  private void figures(Instant from) {
    ReleaseGaps gaps =
        new ReleaseGaps(repositories.results(), from.minusSeconds(60), Instant.now());
    spans.forEach((what, span) -> {
      List<Duration> longest = gaps.longest(span[0], span[1]);
      report.figure(what + " → gap p50", longest.get(longest.size() / 2).toMillis(), "ms");
      report.figure(what + " → gap max", longest.getLast().toMillis(), "ms");
    });
    report.figure("gaps longer than 5 s", gaps.longerThan(LONGEST_GAP, from), "");
    report.figure("bad releases in force on a node", badThatRan, "");
    report.figure("results", gaps.results(), "");
    report.figure("doubled", gaps.doubled(), "");
  }

  private AgentChoice publish(String version, Conduct conduct, SigningKey key) throws IOException {
    Path image = images.make(version, conduct);
    Path bundle = folder.resolve(version + ".bundle");
    BundleWriter.write(image, version, ReleaseImages.platform(), DataSchema.OWN, bundle);
    JsonObject signed = ReleaseMaker.sign(List.of(bundle), "", key, Instant.now());
    ReleaseMaker.publish(signed, List.of(bundle), repositories.releases(), _ -> {});
    return new AgentChoice(version, ReleaseDocument.digest(signed));
  }

  /** Rolls a release out, and waits for its end. */
  private Rollout out(AgentChoice choice) throws InterruptedException, BenchFailedException {
    Content now = inForce();
    Content next = Contents.of(AgentDocument.TYPE.write(choice));
    return out(new Change.Put(Ids.agent(), next, now == null ? null : now.digest()));
  }

  private Rollout out(Change change) throws InterruptedException, BenchFailedException {
    return hand(rita, Strategy.RELEASE.withBake(BAKE).named("brisk"), change);
  }

  private Rollout hand(SigningKey who, Strategy strategy, Change change)
      throws InterruptedException, BenchFailedException {
    Instant now = Instant.now();
    Patch patch =
        new Patch(
            PatchIds.of(now, random),
            who.trusted().name(),
            now,
            "",
            new StrategyChoice.Own(strategy),
            now.plus(Duration.ofHours(1)),
            List.of(change));
    PatchRepository patches = repositories.patches();
    patches.submit(patch, who);
    await(
        "the rollout ends",
        () -> patches.rollout(patch.id()).map(it -> it.state().isTerminal()).orElse(false));
    return patches.rollout(patch.id()).orElseThrow();
  }

  /** Puts a test in force that runs everywhere, every second. */
  private void watch() throws InterruptedException, BenchFailedException {
    String url = "http://127.0.0.1:" + shop.getAddress().getPort() + "/";
    TestDefinition test =
        TestDefinition.builder("shop", Check.Http.get(url))
            .schedule(new Schedule.Every(Duration.ofSeconds(1)))
            .build();
    Change change = Contents.put(test, null);
    mustBe(
        hand(site.operator(), Strategy.RELEASE.withBake(Duration.ZERO).named("brisk"), change),
        RolloutState.COMPLETED);
    Thread.sleep(SETTLE);
  }

  private @Nullable Content inForce() {
    return repositories.patches().inForce().documents().get(Ids.agent());
  }

  private long runs(String version) {
    return repositories.nodes().all().stream()
        .map(NodeStatus::version)
        .filter(version::equals)
        .count();
  }

  private static void mustBe(Rollout rollout, RolloutState state) throws BenchFailedException {
    if (rollout.state() != state) {
      throw new BenchFailedException(
          "the rollout is %s: %s".formatted(rollout.state().label(), rollout.transitions()));
    }
  }

  private static void mustBeBack(Rollout rollout) throws BenchFailedException {
    if (rollout.state() != RolloutState.REJECTED) {
      mustBe(rollout, RolloutState.ROLLED_BACK);
    }
  }

  private static double since(Instant begin) {
    return Duration.between(begin, Instant.now()).toMillis() / 1e3;
  }

  private static void await(String what, BooleanSupplier isSo)
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
    hub.close();
    site.close();
    shop.stop(0);
  }
}
