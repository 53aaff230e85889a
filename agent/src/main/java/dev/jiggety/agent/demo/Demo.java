package dev.jiggety.agent.demo;

import dev.jiggety.agent.hub.EmbeddedHub;
import dev.jiggety.agent.hub.HubConfig;
import dev.jiggety.agent.manager.ManagerConfig;
import dev.jiggety.agent.manager.PatchManager;
import dev.jiggety.agent.manager.companion.UsualCompanions;
import dev.jiggety.agent.manager.couch.CouchBoards;
import dev.jiggety.agent.node.NodeConfig;
import dev.jiggety.agent.node.TestingNode;
import dev.jiggety.agent.notify.NotifySettings;
import dev.jiggety.agent.probe.Secrets;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.Run;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.signing.KeyFile;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.signing.Trust;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Everything on this machine: embedded hub, patch manager, sample shop, three nodes, and an
 * operator who hands in patches. The roles are started as their own commands start them and talk to
 * each other over the hub's HTTP interface alone.
 */
public final class Demo implements AutoCloseable {
  private static final List<String> NODES = List.of("north", "south", "west");

  /** Where the shop is when nobody else is there; docs/examples name it. */
  public static final int SHOP_PORT = 7480;

  private final Deque<Runnable> parts = new ArrayDeque<>();
  private final List<TestingNode> nodes = new ArrayList<>();
  private final Ledger ledger = new Ledger();
  private volatile Instant firstRun = Instant.MAX;
  private final Instant startedAt;
  private final URI url;
  private final Hub client;
  private final Path operatorKeyFile;
  private final PatchLog patches = new PatchLog();
  private final IncidentLog incidents;
  private final DemoOperator operator;
  private final int tests;
  private final int nodeCount;

  /** What is ready when a demo starts, in this order. */
  public enum Stage {
    /** The hub answers. */
    HUB,
    /** Its databases are made. */
    DATABASES,
    /** The patch manager is at work. */
    MANAGER,
    /** The nodes are, and the shop that they test. */
    NODES,
    /** The tests are in force. */
    TESTS
  }

  /**
   * What sort of demo it is.
   *
   * @param nodes the names of its nodes
   * @param pace when the demo's operator hands in patches
   * @param stages is told how far it is
   */
  record Play(List<String> nodes, DemoOperator.Pace pace, Consumer<Stage> stages) {}

  private Demo(Path data, int port, Play play, Consumer<String> news) throws IOException {
    incidents = new IncidentLog(news);
    startedAt = Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
    try {
      EmbeddedHub hub = EmbeddedHub.start(HubConfig.loopback(port, data.resolve("hub")));
      parts.push(hub::close);
      url = hub.url();
      play.stages().accept(Stage.HUB);
      SampleShop shop = SampleShop.open(SHOP_PORT);
      parts.push(shop::close);
      client = Hub.open(HubAddress.parse(url.toString(), Optional.empty()), HubOptions.DEFAULT);
      parts.push(client::close);
      new Provisioner(client, DatabaseNames.DEFAULT).provision(Instant.now());
      play.stages().accept(Stage.DATABASES);
      operatorKeyFile = data.resolve("operator.key");
      SigningKey key = operatorKey(operatorKeyFile);
      PatchManager manager =
          PatchManager.start(
              manager(data, key.trusted()),
              CouchBoards::on,
              new UsualCompanions(NotifySettings.of(Secrets.NONE, data.resolve("commands"))));
      parts.push(manager::close);
      play.stages().accept(Stage.MANAGER);
      for (String name : play.nodes()) {
        nodes.add(node(name, data, manager.key().trusted()));
      }
      HubFeed.Subscription following = repositories().incidents().follow(startedAt, incidents);
      parts.push(following::close);
      play.stages().accept(Stage.NODES);
      List<TestDefinition> definitions = DemoTests.on(shop.url());
      tests = definitions.size();
      nodeCount = nodes.size();
      operator =
          new DemoOperator(
              repositories().patches(),
              key,
              shop.url(),
              play.pace(),
              this::runEverywhere,
              patches,
              story -> news.accept(story.line()));
      parts.push(operator::close);
      operator.begin(definitions);
      play.stages().accept(Stage.TESTS);
    } catch (RuntimeException | IOException e) {
      close();
      throw e;
    }
  }

  /** Starts it all, and tells nobody of patches. */
  public static Demo start(Path data, int port) throws IOException {
    return start(data, port, _ -> {});
  }

  /**
   * Starts it all; returns when everything is under way.
   *
   * @param data a folder; results of earlier demos in it are kept
   * @param port of the hub, 0 for any
   * @param news is told in a line what became of each patch, and of incidents
   * @throws IOException when the shop finds no port
   */
  public static Demo start(Path data, int port, Consumer<String> news) throws IOException {
    return start(data, port, DemoOperator.Pace.USUAL, news);
  }

  /** The same at another pace. */
  static Demo start(Path data, int port, DemoOperator.Pace pace, Consumer<String> news)
      throws IOException {
    return new Demo(data, port, new Play(NODES, pace, _ -> {}), news);
  }

  /**
   * A demo for somebody who tries things out: one node, and nobody changes what is in force. Tests
   * that an earlier one left in the folder stay as they are.
   *
   * @param stages is told how far it is
   */
  public static Demo startForTrial(Path data, int port, Consumer<Stage> stages) throws IOException {
    return new Demo(
        data, port, new Play(List.of("here"), DemoOperator.Pace.NEVER, stages), _ -> {});
  }

  /** The file with the key of the demo's operator, for whoever wants to make patches as well. */
  public Path operatorKeyFile() {
    return operatorKeyFile;
  }

  /** What became of the last patches, a line each, oldest first. */
  public List<String> patchLines(int most) {
    return patches.last(most).stream().map(PatchLog.Story::line).toList();
  }

  /** How many patches ended so. */
  int patches(RolloutState end) {
    return patches.ended(end);
  }

  /** Where the hub is. */
  public URI url() {
    return url;
  }

  /** How many runs the nodes have made so far. */
  public long runs() {
    return ledger.runs();
  }

  /** Follows the hub, as a desktop would. */
  public HubFeed.Subscription follow(HubFeed.Listener listener) {
    return repositories().feed().follow(startedAt, listener);
  }

  /**
   * Lets the patch under way come to its end, stops the nodes, and compares what they ran with what
   * the hub has.
   */
  public DemoReport finish() {
    operator.close();
    closeNodes();
    repositories().results().read(startedAt, Instant.now().plusSeconds(1), ledger::found);
    Instant first = firstRun;
    Duration startup =
        first.equals(Instant.MAX) ? Duration.ZERO : Duration.between(startedAt, first);
    return new DemoReport(nodeCount, tests, ledger, patches, incidents, startup);
  }

  @Override
  public void close() {
    closeNodes();
    for (Runnable part : parts) {
      part.run();
    }
    parts.clear();
  }

  private CouchRepositories repositories() {
    return new CouchRepositories(client, DatabaseNames.DEFAULT);
  }

  private boolean runEverywhere(String rollout) {
    return nodes.stream().allMatch(node -> node.running().ride().equals(rollout));
  }

  private static SigningKey operatorKey(Path file) {
    if (!Files.exists(file)) {
      KeyFile.create(file, SigningKey.generate("demo", TrustedKey.Role.OPERATOR));
    }
    return KeyFile.read(file);
  }

  private ManagerConfig manager(Path data, TrustedKey operatorKey) {
    HubAddress address = HubAddress.parse(url.toString(), Optional.empty());
    return ManagerConfig.of("demo-manager", address, data.resolve("manager"))
        .withTrusted(List.of(operatorKey));
  }

  /** It is given the manager's key, and so need not wait to see it first. */
  private TestingNode node(String name, Path data, TrustedKey manager) {
    HubAddress address = HubAddress.parse(url.toString(), Optional.empty());
    NodeConfig config =
        NodeConfig.of(name, address, data.resolve("node-" + name))
            .withTags(List.of("demo"))
            .withTrust(Trust.of(List.of(manager)))
            .withVersion("demo");
    return TestingNode.start(config, this::ran);
  }

  private void ran(Run run) {
    ledger.finished(run);
    Instant now = Instant.now();
    if (now.isBefore(firstRun)) {
      firstRun = now; // a lost race costs a millisecond of a figure in seconds
    }
  }

  /** The nodes at the same time, since each may wait for the hub a little; then the rest. */
  private void closeNodes() {
    List<Thread> closing =
        nodes.stream().map(node -> Thread.ofVirtual().start(node::close)).toList();
    nodes.clear();
    for (Thread thread : closing) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
