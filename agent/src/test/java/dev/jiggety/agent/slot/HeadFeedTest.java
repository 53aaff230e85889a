package dev.jiggety.agent.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.jiggety.agent.hub.HubConfig;
import dev.jiggety.agent.hub.HubServer;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.Outcome;
import dev.jiggety.testing.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeadFeedTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private final Manager manager = new Manager(Instant.now(), Manager.test("shop", "old"));
  private final FakeHost host = new FakeHost();
  private final SlotKeeper keeper =
      new SlotKeeper(
          "n1",
          new SlotKeeper.Parts(
              SlotStore.inMemory(),
              manager.trust(),
              new Inspector(),
              new TestReader(),
              () -> new Moment(Instant.now(), System.nanoTime()),
              Timers.system()),
          host);
  private int port;
  private Hub hub;
  private HubDatabase config;
  private HeadFeed feed;
  private Databases data;
  private HubServer server;

  @BeforeEach
  void start() throws IOException {
    port = Ports.free();
    hub =
        Hub.open(
            HubAddress.parse("http://127.0.0.1:" + port, Optional.empty()), HubOptions.DEFAULT);
    config = hub.database("jiggety-config");
    startHub();
    assertThat(config.create().isOk()).isTrue();
    keeper.start();
    keeper.confirmed(manager.confirmed);
    feed =
        new HeadFeed(config, keeper, InstantSource.system(), RandomGenerator.getDefault()).start();
  }

  @AfterEach
  void stop() {
    feed.close();
    keeper.close();
    hub.close();
    server.close();
    data.close();
  }

  @Test
  void followsHeadsAndCandidatesAndGoesOnAfterTheHubWasAway() {
    put(manager.signedHead());
    await().atMost(PATIENCE).until(() -> host.running().size() == 1);
    Manager.Ride ride = manager.ride(manager.put(Manager.test("shop", "new")));
    put(manager.candidate(ride));
    put(manager.stage(ride, "n1"));
    await().atMost(PATIENCE).until(() -> !report().shadow().isEmpty());
    server.close();
    data.close();
    await().atMost(PATIENCE).until(() -> !feed.lost().isEmpty());
    startHub();
    put(manager.promote(ride));
    await()
        .atMost(PATIENCE)
        .until(() -> host.running().stream().allMatch(test -> test.contains("/new")));
    put(manager.complete(ride));
    await().atMost(PATIENCE).until(() -> keeper.state().deadline() == null);
    assertThat(feed.lost()).isEmpty();
    assertThat(feed.lastHeard()).isNotNull();
  }

  @Test
  void aRowThatIsTooLongIsLeftOutAndTold() {
    JsonObject huge = manager.signedHead();
    huge.addProperty("filler", "x".repeat(7_200_000));
    put(huge);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(keeper.notices()).anyMatch(line -> line.startsWith("oversized: ")));
    put(manager.signedHead());
    await().atMost(PATIENCE).until(() -> host.running().size() == 1);
    assertThat(keeper.notices()).isEmpty();
  }

  private dev.jiggety.model.SlotReport report() {
    return Objects.requireNonNull(keeper.report());
  }

  private void put(JsonObject document) {
    JsonObject body = document.deepCopy();
    if (config.get(body.get("_id").getAsString())
        instanceof Outcome.Ok<JsonObject>(JsonObject found)) {
      body.add("_rev", found.get("_rev"));
    }
    assertThat(config.put(body).isOk()).isTrue();
  }

  private void startHub() {
    data = Databases.open(folder.resolve("hub"), Databases.Options.defaults());
    server = HubServer.start(HubConfig.loopback(port, folder.resolve("hub")), data);
  }
}
