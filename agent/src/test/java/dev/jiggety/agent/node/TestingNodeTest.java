package dev.jiggety.agent.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.jiggety.agent.hub.HubConfig;
import dev.jiggety.agent.hub.HubServer;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.Contents;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.Change;
import dev.jiggety.model.Check;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Run;
import dev.jiggety.model.RunKey;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.testing.InForce;
import dev.jiggety.testing.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestingNodeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private final MockWebServer site = new MockWebServer();
  private final List<AutoCloseable> open = new ArrayList<>();
  private volatile int status = 200;
  private int port;
  private HubServer server;
  private Hub hub;
  private CouchRepositories repositories;
  private InForce inForce;

  @BeforeEach
  void start() throws IOException {
    site.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return new MockResponse.Builder().code(status).body("shop").build();
          }
        });
    site.start();
    port = Ports.free();
    hub = Hub.open(address(), HubOptions.DEFAULT);
    repositories = new CouchRepositories(hub, DatabaseNames.DEFAULT);
    inForce = new InForce(hub, DatabaseNames.DEFAULT);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable closeable : open.reversed()) {
      closeable.close();
    }
    hub.close();
    stopHub();
    site.close();
  }

  @Test
  void runsTheTestsOfTheHubAndBringsTheResultsHome() {
    startHub();
    TestingNode node = startNode("berlin");
    List<Run> runs = new CopyOnWriteArrayList<>();
    node.subscribe(runs::add);
    submit(test("home"));
    await().atMost(PATIENCE).until(() -> results().size() >= 3);
    assertThat(results()).extracting(Run::verdict).containsOnly(Verdict.UP);
    status = 500;
    await()
        .atMost(PATIENCE)
        .until(() -> results().stream().anyMatch(run -> run.verdict() == Verdict.DOWN));
    NodeStatus told = repositories.nodes().all().getFirst();
    assertThat(told.name()).isEqualTo("berlin");
    await().atMost(PATIENCE).until(() -> repositories.nodes().all().getFirst().tests() == 1);
    node.close();
    assertThat(results().stream().map(Run::key))
        .doesNotHaveDuplicates()
        .containsAll(runs.stream().map(Run::key).toList());
    assertThat(node.status().backlog()).isZero();
  }

  @Test
  void aChangedTestRunsWithinASecondOrTwoWithoutARestart() {
    startHub();
    TestingNode node = startNode("berlin");
    submit(test("home"));
    List<Run> runs = new CopyOnWriteArrayList<>();
    node.subscribe(runs::add);
    await().atMost(PATIENCE).until(() -> !runs.isEmpty());
    TestDefinition elsewhere =
        test("home").toBuilder()
            .check(Check.Http.get("http://127.0.0.1:" + site.getPort() + "/new"))
            .build();
    submit(elsewhere);
    await().atMost(PATIENCE).until(this::newPageWasAsked);
    inForce.remove("home");
    await().atMost(PATIENCE).until(() -> node.status().tests() == 0);
  }

  @Test
  void startsAndTestsWithoutTheHubAndCatchesUp() {
    startHub();
    TestingNode first = startNode("berlin");
    submit(test("home"));
    await().atMost(PATIENCE).until(() -> !results().isEmpty());
    stopHub();
    first.close();
    TestingNode second = startNode("berlin");
    List<Run> offline = new CopyOnWriteArrayList<>();
    second.subscribe(offline::add);
    await().atMost(PATIENCE).until(() -> offline.size() >= 3);
    assertThat(second.isConnected()).isFalse();
    assertThat(second.status().backlog()).isGreaterThanOrEqualTo(3);
    assertThat(second.notices()).anyMatch(line -> line.contains("the hub is away"));
    startHub();
    List<RunKey> before = offline.stream().map(Run::key).toList();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(results().stream().map(Run::key)).containsAll(before));
    assertThat(results().stream().map(Run::key)).doesNotHaveDuplicates();
  }

  @Test
  void anUnreadableTestIsToldAndHindersNobody() {
    startHub();
    TestingNode node = startNode("berlin");
    JsonObject broken = new JsonObject();
    broken.addProperty("_id", "test:broken");
    broken.addProperty("type", "test");
    broken.addProperty("schema", 99);
    submit(test("home"));
    inForce.change(List.of(new Change.Put("test:broken", Contents.of(broken), null)));
    await().atMost(PATIENCE).until(() -> node.status().tests() == 1);
    await()
        .atMost(PATIENCE)
        .until(() ->
            node.notices().stream()
                .anyMatch(line -> line.contains("the test broken cannot be run")));
  }

  @Test
  void whatNoPatchHasPutInForceHasNoEffectAndIsTold() {
    startHub();
    submit(test("home"));
    TestingNode first = startNode("berlin");
    await().atMost(PATIENCE).until(() -> first.status().tests() == 1);
    first.close();
    JsonObject stray = TestDocument.TYPE.write(test("stray"));
    assertThat(hub.database("jiggety-config").put(stray).isOk()).isTrue();
    TestingNode node = startNode("berlin");
    await()
        .atMost(PATIENCE)
        .until(() ->
            node.notices().stream()
                .anyMatch(line ->
                    line.contains("no patch has put this in force")
                        && line.contains("test:stray")));
    assertThat(node.status().tests()).isEqualTo(1);
  }

  @Test
  void runsOnlyWhatIsMeantForIt() {
    startHub();
    TestingNode node = startNode("berlin");
    TestDefinition elsewhere =
        test("other").toBuilder()
            .where(
                new dev.jiggety.model.Placement(
                    new java.util.TreeSet<>(), new java.util.TreeSet<>(List.of("london"))))
            .build();
    submit(elsewhere);
    submit(test("home"));
    await().atMost(PATIENCE).until(() -> node.status().tests() == 1);
    await().atMost(PATIENCE).until(() -> !results().isEmpty());
    assertThat(results()).extracting(Run::testId).containsOnly("home");
  }

  @Test
  void saysInOneLineWhyItCannotStart() throws IOException {
    TestingNode node = startNode("berlin");
    assertThatThrownBy(() -> TestingNode.start(config("london", folder.resolve("berlin"))))
        .isInstanceOf(NodeStartException.class)
        .hasMessageContaining("used by another node")
        .hasMessageNotContaining("\n");
    assertThat(node.status().tests()).isZero();
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    assertThatThrownBy(() -> TestingNode.start(config("london", file.resolve("data"))))
        .isInstanceOf(NodeStartException.class)
        .hasMessageContaining("cannot write to the data folder");
    assertThatThrownBy(() -> config("No Name", folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be a node's name");
  }

  private boolean newPageWasAsked() throws InterruptedException {
    RecordedRequest request = site.takeRequest(10, java.util.concurrent.TimeUnit.MILLISECONDS);
    while (request != null) {
      if (request.getTarget().equals("/new")) {
        return true;
      }
      request = site.takeRequest(10, java.util.concurrent.TimeUnit.MILLISECONDS);
    }
    return false;
  }

  private TestDefinition test(String id) {
    return TestDefinition.builder(id, Check.Http.get("http://127.0.0.1:" + site.getPort() + "/"))
        .schedule(new Schedule.Every(Duration.ofSeconds(1)))
        .retries(new dev.jiggety.model.Retries(0, Duration.ZERO))
        .timeout(Duration.ofSeconds(5))
        .build();
  }

  private void submit(TestDefinition test) {
    inForce.put(test);
  }

  private List<Run> results() {
    List<Run> runs = new ArrayList<>();
    Instant now = Instant.now();
    repositories
        .results()
        .read(
            now.minus(Duration.ofHours(1)),
            now.plus(Duration.ofHours(1)),
            batch -> runs.addAll(batch.runs()));
    return runs;
  }

  private TestingNode startNode(String name) {
    TestingNode node = TestingNode.start(config(name, folder.resolve(name)));
    open.add(node);
    return node;
  }

  private NodeConfig config(String name, Path data) {
    return NodeConfig.of(name, address(), data)
        .withPace(Duration.ofMillis(500), Duration.ofSeconds(1));
  }

  private HubAddress address() {
    return HubAddress.parse("http://127.0.0.1:" + port, Optional.empty());
  }

  private Databases hubData;

  private void startHub() {
    hubData = Databases.open(folder.resolve("hub"), Databases.Options.defaults());
    server = HubServer.start(HubConfig.loopback(port, folder.resolve("hub")), hubData);
    new Provisioner(hub, DatabaseNames.DEFAULT).provision(Instant.now());
  }

  private void stopHub() {
    if (server != null) {
      server.close();
      hubData.close();
      server = null;
    }
  }
}
