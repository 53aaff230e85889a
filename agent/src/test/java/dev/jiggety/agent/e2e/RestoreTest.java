package dev.jiggety.agent.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.Contents;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.Change;
import dev.jiggety.model.Check;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Retries;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.signing.KeyFile;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.testing.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hub, manager and node lose their disks, one after the other, and come back from backups. */
class RestoreTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private final SigningKey ada = SigningKey.generate("ada", TrustedKey.Role.OPERATOR);
  private final int port = Ports.free();
  private Instant since = Instant.EPOCH;
  private final String url = "http://127.0.0.1:" + port;
  private final Hub hub = Hub.open(HubAddress.parse(url, Optional.empty()), HubOptions.DEFAULT);
  private final CouchRepositories there = new CouchRepositories(hub, DatabaseNames.DEFAULT);

  @Test
  void everyRoleComesBackAndAnOlderHubIsFollowedAgain() throws Exception {
    Path keys = folder.resolve("operators.pub");
    Files.writeString(keys, KeyFile.line(ada.trusted()) + "\n");
    JiggetyProcess server = server();
    new Provisioner(hub, DatabaseNames.DEFAULT).provision(Instant.now());
    JiggetyProcess manager = manager("--trust", keys.toString());
    JiggetyProcess node = node();
    put("shop");
    awaitTests(1, manager, node);

    for (String role : List.of("hub", "manager", "node")) { // while all of them run
      run("backup", "--data", data(role), "--to", folder.resolve("copy/" + role).toString());
    }
    put("blog");
    put("wiki");
    awaitTests(3, manager, node);
    refused("hub", "in use");

    for (JiggetyProcess one : List.of(node, manager, server)) {
      one.kill();
    }
    for (String role : List.of("hub", "manager", "node")) {
      destroy(folder.resolve(role));
    }
    List<String> next = restore("hub");
    restore("manager");
    assertThat(next).anyMatch(line -> line.contains("--accept-older-head "));

    try (JiggetyProcess back = server();
        JiggetyProcess again = manager();
        JiggetyProcess restored = node()) {
      awaitTests(1, again, restored);
      put("shop2");
      awaitTests(2, again, restored);
      again.kill();
      back.kill();
    }
    // The hub alone goes back: manager and node know a newer head now.
    destroy(folder.resolve("hub"));
    String version = acceptedVersion(restore("hub"));
    try (JiggetyProcess _ = server();
        JiggetyProcess ahead = node()) {
      try (JiggetyProcess refusing = manager()) {
        refusing.awaitLine("the head on the hub is " + version);
        refusing.terminate();
      }
      try (JiggetyProcess accepting = manager("--accept-older-head", version)) {
        accepting.awaitLine("manager");
        put("after");
        awaitTests(2, accepting, ahead);
        assertThat(notices()).noneMatch(line -> line.contains("lower-version"));
      }
    }
    hub.close();
  }

  private static String acceptedVersion(List<String> next) {
    String words = String.join(" ", next);
    return words.replaceAll("(?s).*--accept-older-head (\\d+).*", "$1");
  }

  private List<String> notices() {
    return there.nodes().all().stream()
        .map(NodeStatus::vitals)
        .flatMap(it -> it.notices().stream())
        .toList();
  }

  /** And nothing is under way any more. */
  private void awaitTests(int tests, JiggetyProcess... processes) {
    try {
      await().atMost(PATIENCE).ignoreExceptions().until(() -> isSettled() && isRunning(tests));
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(
          Stream.of(processes)
              .map(JiggetyProcess::output)
              .collect(Collectors.joining("\n---\n", there.patches().rollouts(9) + "\n", "")),
          e);
    }
  }

  private boolean isSettled() {
    return hub.database("jiggety-config")
        .get("head")
        .ok()
        .filter(head -> head.get("phase").getAsString().equals("steady"))
        .isPresent();
  }

  private boolean isRunning(int tests) {
    return there.nodes().all().stream()
        .anyMatch(it -> it.tests() == tests && it.heartbeatAt().isAfter(since));
  }

  private void put(String id) {
    await().atMost(PATIENCE).until(() -> hub.welcome().isOk());
    TestDefinition test =
        TestDefinition.builder(id, Check.Http.get("http://127.0.0.1:" + port + "/"))
            .schedule(new Schedule.Every(Duration.ofSeconds(1)))
            .retries(new Retries(0, Duration.ZERO))
            .timeout(Duration.ofSeconds(5))
            .build();
    Instant now = Instant.now();
    List<Change> changes = List.of(Contents.put(test, null));
    there
        .patches()
        .submit(
            new Patch(
                "put-" + id + "-" + now.toEpochMilli(),
                "ada",
                now,
                "put " + id,
                new StrategyChoice.Named(
                    "instant"), // the load of the machine is not what is tested
                now.plus(Duration.ofMinutes(30)),
                changes),
            ada);
  }

  /** One that listens; what stands on it from before is not taken for news. */
  private JiggetyProcess server() {
    JiggetyProcess server =
        JiggetyProcess.start(
            "hub", "--admin-party", "--port", Integer.toString(port), "--data", data("hub"));
    server.awaitLine("hub is listening on ");
    since = Instant.now();
    return server;
  }

  private JiggetyProcess manager(String... more) {
    List<String> command =
        new ArrayList<>(List.of("manager", "--data", data("manager"), "--hub", url));
    command.addAll(List.of(more));
    return JiggetyProcess.start(command.toArray(String[]::new));
  }

  private JiggetyProcess node() {
    return JiggetyProcess.start("node", "--name", "north", "--data", data("node"), "--hub", url);
  }

  private String data(String role) {
    return folder.resolve(role).toString();
  }

  private List<String> restore(String role) {
    return run(
        "restore", "--from", folder.resolve("copy/" + role).toString(), "--data", data(role));
  }

  private void refused(String role, String why) {
    try (JiggetyProcess restore =
        JiggetyProcess.start(
            "restore",
            "--from",
            folder.resolve("copy/" + role).toString(),
            "--data",
            data(role),
            "--replace")) {
      assertThat(restore.waitFor()).isEqualTo(1);
      assertThat(restore.output()).contains(why);
    }
  }

  private static List<String> run(String... command) {
    try (JiggetyProcess process = JiggetyProcess.start(command)) {
      assertThat(process.waitFor()).as(process.output()).isZero();
      return process.lines();
    }
  }

  private static void destroy(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
