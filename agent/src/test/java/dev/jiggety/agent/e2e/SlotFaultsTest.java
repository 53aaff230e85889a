package dev.jiggety.agent.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.jiggety.agent.slot.Manager;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.Contents;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.Check;
import dev.jiggety.model.Retries;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.SlotReport;
import dev.jiggety.model.SlotReport.Stage;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node process that is killed, or loses its hub, in each phase of a rollout. */
class SlotFaultsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Long enough for a process to be killed and to be there again. */
  private static final Duration CONFIRM = Duration.ofSeconds(8);

  @TempDir private Path folder;

  @Test
  void killedInEachPhaseItGoesOnWhereItWas() throws IOException {
    try (WatchedSite site = WatchedSite.open();
        JiggetyProcess hubProcess = hub();
        World world = new World(urlOf(hubProcess), site)) {
      Manager.Ride ride = world.manager.ride(world.manager.put(test(site, "new")));
      JiggetyProcess node = world.node();
      world.awaitReport(report -> report.running().equals(world.manager.head.active()));

      world.put(world.manager.candidate(ride));
      world.put(world.manager.stage(ride, "n1"));
      world.awaitReport(report -> report.stage() == Stage.READY);
      node = world.killAndStart(node);
      world.awaitReport(report -> report.stage() == Stage.READY && !report.shadow().isEmpty());
      assertThat(world.report().health().crashes()).isZero();

      world.put(world.manager.promote(ride));
      world.awaitReport(report -> report.running().equals(world.manager.head.active()));
      node = world.killAndStart(node);
      int visited = site.visits("new");
      await().atMost(PATIENCE).until(() -> site.visits("new") > visited + 2);
      assertThat(world.report().running()).isEqualTo(world.manager.head.active());

      world.put(world.manager.complete(ride));
      node = world.killAndStart(node);
      world.awaitReport(report -> report.running().equals(world.manager.head.active()));
      assertThat(node.terminate()).isIn(0, 143);
    }
  }

  @Test
  void cutOffAfterTheSwapItGoesBackByItselfAlsoAfterAKill() throws IOException {
    try (WatchedSite site = WatchedSite.open();
        JiggetyProcess hubProcess = hub();
        World world = new World(urlOf(hubProcess), site)) {
      Manager.Ride ride = world.manager.ride(world.manager.put(test(site, "new")));
      JiggetyProcess node = world.node();
      world.put(world.manager.candidate(ride));
      world.put(world.manager.stage(ride, "n1"));
      world.awaitReport(report -> report.stage() == Stage.READY);
      world.put(world.manager.promote(ride, CONFIRM));
      await().atMost(PATIENCE).until(() -> site.visits("new") > 2);

      hubProcess.kill();
      node = world.killAndStart(node);
      node.awaitLine("not confirmed within 8s");
      int visited = site.visits("old");
      await().atMost(PATIENCE).until(() -> site.visits("old") > visited + 1);
      assertThat(node.terminate()).isIn(0, 143);
    }
  }

  private static TestDefinition test(WatchedSite site, String page) {
    return TestDefinition.builder("shop", Check.Http.get(site.url(page)))
        .schedule(new Schedule.Every(Duration.ofSeconds(1)))
        .retries(new Retries(0, Duration.ofSeconds(1)))
        .build();
  }

  private JiggetyProcess hub() {
    return JiggetyProcess.start(
        "hub", "--data", folder.resolve("hub").toString(), "--port", "0", "--admin-party");
  }

  private static String urlOf(JiggetyProcess hub) {
    String line = hub.awaitLine("hub is listening on ");
    return line.substring(line.lastIndexOf(' ') + 1);
  }

  /** A manager's part, done by hand, and one node. */
  private final class World implements AutoCloseable {
    private final String url;
    private final Hub hub;
    private final HubDatabase config;
    private final Manager manager;
    private JiggetyProcess running;

    World(String url, WatchedSite site) {
      this.url = url;
      this.hub = Hub.open(HubAddress.parse(url, Optional.empty()), HubOptions.DEFAULT);
      this.config = hub.database(DatabaseNames.DEFAULT.config());
      this.manager = new Manager(Instant.now(), test(site, "old"));
      new Provisioner(hub, DatabaseNames.DEFAULT).provision(Instant.now());
      manager.confirmed.documents().values().forEach(it -> put(Contents.document(it)));
      put(manager.signedHead());
    }

    JiggetyProcess node() {
      running =
          JiggetyProcess.start(
              "node", "--name", "n1", "--data", folder.resolve("n1").toString(), "--hub", url);
      return running;
    }

    JiggetyProcess killAndStart(JiggetyProcess node) {
      node.kill();
      return node();
    }

    void put(JsonObject document) {
      JsonObject body = document.deepCopy();
      if (config.get(body.get("_id").getAsString())
          instanceof Outcome.Ok<JsonObject>(JsonObject found)) {
        body.add("_rev", found.get("_rev"));
      }
      Outcome<String> put = config.put(body);
      assertThat(put.isOk()).as(put.inWords()).isTrue();
    }

    SlotReport report() {
      return new CouchRepositories(hub, DatabaseNames.DEFAULT)
          .nodes().all().stream()
              .map(status -> status.slots())
              .filter(report -> report != null)
              .findAny()
              .orElseThrow();
    }

    void awaitReport(Predicate<SlotReport> like) {
      await()
          .atMost(PATIENCE)
          .ignoreException(java.util.NoSuchElementException.class)
          .until(() -> like.test(report()));
    }

    @Override
    public void close() {
      if (running != null) {
        running.close();
      }
      hub.close();
    }
  }
}
