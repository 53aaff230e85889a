package dev.jiggety.agent.e2e;

import static org.awaitility.Awaitility.await;

import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.Contents;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.Ids;
import dev.jiggety.model.Cause;
import dev.jiggety.model.Change;
import dev.jiggety.model.Check;
import dev.jiggety.model.Content;
import dev.jiggety.model.Head;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.OperatorCommand;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Retries;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.Share;
import dev.jiggety.model.Strategy;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.rules.Digests;
import dev.jiggety.model.rules.Waves;
import dev.jiggety.repository.PatchRepository;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.signing.KeyFile;
import dev.jiggety.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A hub, a manager and three nodes, each a process of its own. The clock of the manager is an hour
 * slow and that of {@code n3} an hour fast. One test, {@code shop}, runs everywhere each second.
 */
final class Installation implements AutoCloseable {
  static final List<String> NODES = List.of("n1", "n2", "n3");
  static final Duration EVERY = Duration.ofSeconds(1);
  static final Duration AHEAD = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(20);

  final WatchedSite site;
  private final Path folder;
  private final SigningKey ada = SigningKey.generate("ada", TrustedKey.Role.OPERATOR);
  private final SigningKey bob = SigningKey.generate("bob", TrustedKey.Role.OPERATOR);
  private final JiggetyProcess server;
  private JiggetyProcess manager;
  private final Path keys;
  private final Map<String, JiggetyProcess> nodes = new TreeMap<>();
  private final Hub hub;
  private final String url;
  private final CouchRepositories repositories;
  private int commands;

  Installation(Path folder) throws IOException {
    this.folder = folder;
    site = WatchedSite.open();
    server =
        JiggetyProcess.start(
            "hub", "--port", "0", "--data", folder.resolve("hub").toString(), "--admin-party");
    String line = server.awaitLine("hub is listening on ");
    url = line.substring(line.indexOf("http")).strip();
    hub = Hub.open(HubAddress.parse(url, Optional.empty()), HubOptions.DEFAULT);
    new Provisioner(hub, DatabaseNames.DEFAULT).provision(Instant.now());
    repositories = new CouchRepositories(hub, DatabaseNames.DEFAULT);
    keys = folder.resolve("operators.pub");
    Files.writeString(
        keys, KeyFile.line(ada.trusted()) + "\n" + KeyFile.line(bob.trusted()) + "\n");
    manager = startManager();
    NODES.forEach(this::start);
    await().atMost(PATIENCE).until(() -> statuses().size() == NODES.size());
  }

  private JiggetyProcess startManager() throws IOException {
    return JiggetyProcess.startOf(
        WrongClock.class,
        Map.of(),
        "manager",
        AHEAD.negated().toString(),
        url,
        folder.resolve("manager").toString(),
        "m1",
        keys.toString());
  }

  /** The manager's process is there no more, from one moment to the next. */
  void killManager() {
    manager.kill();
  }

  /** Another process in the place of the one that was killed. */
  void restartManager() throws IOException {
    manager = startManager();
  }

  JiggetyProcess manager() {
    return manager;
  }

  CouchRepositories repositories() {
    return repositories;
  }

  PatchRepository patches() {
    return repositories.patches();
  }

  String url() {
    return url;
  }

  void start(String node) {
    String data = folder.resolve(node).toString();
    nodes.put(
        node,
        node.equals("n3")
            ? JiggetyProcess.startOf(
                WrongClock.class, Map.of(), "node", AHEAD.toString(), url, data, node)
            : JiggetyProcess.start("node", "--name", node, "--data", data, "--hub", url));
  }

  JiggetyProcess node(String name) {
    return nodes.get(name);
  }

  Map<String, NodeStatus> statuses() {
    return repositories.nodes().all().stream()
        .collect(Collectors.toMap(NodeStatus::name, status -> status));
  }

  /** The test as it is in force, but for the page that it looks at. */
  Change shop(String page) {
    Content before = patches().inForce().documents().get(Ids.test("shop"));
    return Contents.put(
        test("shop", page, EVERY), before == null ? null : Contents.document(before));
  }

  TestDefinition test(String id, String page, Duration every) {
    return TestDefinition.builder(id, Check.Http.get(site.url(page)))
        .schedule(new Schedule.Every(every))
        .retries(new Retries(0, Duration.ofSeconds(1)))
        .build();
  }

  /**
   * All have to be ready before canaries are believed, and no state lasts long where nodes are
   * waited for in vain.
   */
  static Strategy brisk(int tolerated, Duration bake) {
    Duration most = Duration.ofSeconds(tolerated > 0 ? 6 : 30);
    Duration day = Duration.ofDays(1);
    Strategy.Deadlines deadlines =
        new Strategy.Deadlines(
            most, day, most, most, most, most, most, Duration.ofSeconds(1), most, day);
    return new Strategy(
        "brisk",
        new Share.Nodes(1),
        List.of(new Strategy.Wave(Share.ALL, bake)),
        Share.ALL,
        1,
        Duration.ofSeconds(2),
        false,
        deadlines,
        new Strategy.Thresholds(tolerated, 0, 2, Duration.ofSeconds(5), 3));
  }

  /** Hands in a patch that {@code canary} tries, and gives its id. */
  String submit(String name, String canary, Strategy strategy, Change... changes) {
    String id = name;
    for (int i = 0;
        !Waves.freeze(strategy, id, NODES, List.of()).canaries().contains(canary);
        i++) {
      id = name + "-" + i;
    }
    hand(id, ada, new StrategyChoice.Own(strategy), Instant.now(), List.of(changes));
    return id;
  }

  /** Hands in a patch of either operator, who believes that it is {@code now}. */
  void hand(String id, SigningKey who, StrategyChoice strategy, Instant now, List<Change> changes) {
    patches()
        .submit(
            new Patch(
                id,
                who.trusted().name(),
                now,
                "",
                strategy,
                now.plus(Duration.ofHours(3)),
                changes),
            who);
  }

  SigningKey ada() {
    return ada;
  }

  SigningKey bob() {
    return bob;
  }

  void abort(String id) {
    commands++;
    patches()
        .command(
            new OperatorCommand(
                "abort-" + commands, id, Cause.Act.ABORT, "ada", "a test", Instant.now()),
            ada);
  }

  /** Waits until the rollout has come to a state, or beyond it in the order of states. */
  Rollout awaitState(String id, RolloutState least) {
    return await(id + " is " + least)
        .atMost(PATIENCE)
        .pollInterval(LOOK)
        .until(
            () -> patches().rollout(id),
            found -> found.map(it -> it.state().compareTo(least) >= 0).orElse(false))
        .orElseThrow();
  }

  Rollout awaitEnd(String id) {
    return awaitState(id, RolloutState.COMPLETED);
  }

  Head head() {
    return patches().head().orElseThrow();
  }

  /** Waits until everybody runs what the head says, and operators see just that as in force. */
  void awaitAllRunTheHead() {
    await("all nodes run what is in force")
        .atMost(PATIENCE)
        .until(
            () -> statuses().values(),
            all ->
                head().phase() == Head.Phase.STEADY
                    && all.size() == NODES.size()
                    && all.stream().allMatch(this::runsTheHead));
    await("what is in force is confirmed")
        .atMost(PATIENCE)
        .until(() -> Digests.of(patches().inForce()).equals(head().digest()));
  }

  /** Waits until nodes have looked at that page so many times more. */
  void awaitVisits(String page, int more) {
    int before = site.visits(page);
    Predicate<Integer> enough = visits -> visits >= before + more;
    await("visits of " + page).atMost(PATIENCE).until(() -> site.visits(page), enough);
  }

  private boolean runsTheHead(NodeStatus node) {
    return node.slots() != null
        && node.slots().running().equals(head().active())
        && node.slots().standby() == null;
  }

  /** Ends the nodes as a service manager does, so that everything they know is on the hub. */
  void endNodes() {
    nodes.values().forEach(JiggetyProcess::terminate);
  }

  @Override
  public void close() {
    nodes.values().forEach(JiggetyProcess::close);
    manager.close();
    hub.close();
    server.close();
    site.close();
  }
}
