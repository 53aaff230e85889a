package dev.jiggety.agent.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jiggety.agent.service.NotifyReceiver;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.testing.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The roles under a service manager: what systemd is told, and what operators see of the log. */
@EnabledOnOs(OS.LINUX)
class ServicesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void everyRoleIsReadyWhenItServesAndGivesSignsOfLifeUntilItStops() throws Throwable {
    String hub = "http://127.0.0.1:" + Ports.free();
    try (NotifyReceiver systemd = receiver();
        JiggetyProcess node = node(systemd, hub)) {
      // Without any hub.
      serves(systemd, "north: 0 tests, the hub is away");
      stops(systemd, node);
    }
    try (NotifyReceiver systemd = receiver();
        JiggetyProcess server = server(systemd, hub)) {
      serves(systemd, "listening on " + hub + "/");
      provision(hub);
      try (NotifyReceiver other = receiver();
          JiggetyProcess manager = manager(other, hub)) {
        // Also where it cannot be the active one: it says why, and waits.
        serves(other, "manager is passive: nobody could sign a patch here");
        stops(other, manager);
      }
      // A process that stands still says nothing, and is killed by who waits for it.
      server.signal("STOP");
      server.kill();
      assertThat(systemd.count("STOPPING=1")).isZero();
    }
  }

  @Test
  void anOperatorReadsTheLastLinesOfANode() throws Throwable {
    String hub = "http://127.0.0.1:" + Ports.free();
    try (NotifyReceiver systemd = receiver();
        JiggetyProcess node = node(systemd, hub)) {
      node.awaitLine("the hub does not hear this node");
      try (JiggetyProcess server = server(systemd, hub)) {
        server.awaitLine("hub is listening on ");
        provision(hub);
        try (Hub open = Hub.open(HubAddress.parse(hub, Optional.empty()), HubOptions.DEFAULT)) {
          CouchRepositories repositories = new CouchRepositories(open, DatabaseNames.DEFAULT);
          await()
              .atMost(Duration.ofMinutes(2))
              .until(() -> repositories.logs().find("north").isPresent());
        }
        try (JiggetyProcess status =
            JiggetyProcess.start("status", "--log", "north", "--hub", hub)) {
          assertThat(status.waitFor()).as(status.output()).isZero();
          assertThat(status.lines())
              .anyMatch(line -> line.contains("warning  the hub does not hear this node"));
        }
      }
    }
  }

  private static void provision(String url) {
    try (Hub hub = Hub.open(HubAddress.parse(url, Optional.empty()), HubOptions.DEFAULT)) {
      await().atMost(PATIENCE).until(() -> hub.welcome().isOk());
      new Provisioner(hub, DatabaseNames.DEFAULT).provision(Instant.now());
    }
  }

  private static NotifyReceiver receiver() throws Throwable {
    return NotifyReceiver.open(
        "@jiggety-services-" + ProcessHandle.current().pid() + "-" + java.lang.System.nanoTime());
  }

  private static void serves(NotifyReceiver systemd, String status) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(systemd.lines()).anyMatch(line -> line.startsWith("STATUS=" + status)));
    await().atMost(PATIENCE).until(() -> systemd.count("WATCHDOG=1") > 3);
    assertThat(systemd.count("READY=1")).isEqualTo(1);
    assertThat(systemd.lines().indexOf("READY=1"))
        .isLessThan(systemd.lines().lastIndexOf("WATCHDOG=1"));
  }

  private static void stops(NotifyReceiver systemd, JiggetyProcess process) {
    assertThat(process.terminate()).isIn(0, 143);
    assertThat(systemd.lines().getLast()).isEqualTo("STOPPING=1");
  }

  private static Map<String, String> environment(NotifyReceiver systemd) {
    Map<String, String> environment = new HashMap<>();
    environment.put("NOTIFY_SOCKET", systemd.name());
    environment.put("WATCHDOG_USEC", "1000000");
    return environment;
  }

  private JiggetyProcess node(NotifyReceiver systemd, String hub) {
    return JiggetyProcess.start(
        environment(systemd),
        "node",
        "--name",
        "north",
        "--data",
        folder.resolve("node").toString(),
        "--hub",
        hub);
  }

  private JiggetyProcess server(NotifyReceiver systemd, String hub) {
    return JiggetyProcess.start(
        environment(systemd),
        "hub",
        "--admin-party",
        "--port",
        hub.substring(hub.lastIndexOf(':') + 1),
        "--data",
        folder.resolve("hub").toString());
  }

  private JiggetyProcess manager(NotifyReceiver systemd, String hub) {
    List<String> command =
        List.of("manager", "--data", folder.resolve("manager").toString(), "--hub", hub);
    return JiggetyProcess.start(environment(systemd), command.toArray(String[]::new));
  }
}
