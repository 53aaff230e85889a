package dev.jiggety.agent.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.jiggety.agent.manager.couch.CouchConfigBoard;
import dev.jiggety.agent.manager.couch.CouchPatchBoard;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.CommandDocument;
import dev.jiggety.document.Contents;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.HeadDocument;
import dev.jiggety.document.PatchDocument;
import dev.jiggety.model.AuditEntry;
import dev.jiggety.model.Cause;
import dev.jiggety.model.Head;
import dev.jiggety.model.OperatorCommand;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.Share;
import dev.jiggety.model.Strategy;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.rules.Digests;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.signing.KeyFile;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.testing.Ports;
import dev.jiggety.testing.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes of managers that are killed, frozen and cut off, with a hub and a broker of their own.
 */
class ManagersTest {
  private final SigningKey ada = SigningKey.generate("ada", TrustedKey.Role.OPERATOR);
  private final SigningKey bob = SigningKey.generate("bob", TrustedKey.Role.OPERATOR);
  private final DatabaseNames names = DatabaseNames.DEFAULT;
  @TempDir Path folder;
  private JiggetyProcess server;
  private Hub hub;
  private String url;

  @BeforeEach
  void start() throws IOException {
    server =
        JiggetyProcess.start(
            "hub", "--port", "0", "--data", folder.resolve("hub").toString(), "--admin-party");
    String line = server.awaitLine("hub is listening on ");
    url = line.substring(line.indexOf("http")).strip();
    hub = Hub.open(HubAddress.parse(url, Optional.empty()), HubOptions.DEFAULT);
    new Provisioner(hub, names).provision(Instant.now());
    Files.writeString(
        folder.resolve("operators.pub"),
        KeyFile.line(ada.trusted()) + "\n" + KeyFile.line(bob.trusted()) + "\n");
  }

  @AfterEach
  void stop() {
    hub.close();
    server.close();
  }

  private JiggetyProcess manager(String name, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "manager",
                "--hub",
                url,
                "--name",
                name,
                "--data",
                folder.resolve(name).toString(),
                "--trust",
                folder.resolve("operators.pub").toString()));
    arguments.addAll(List.of(more));
    return JiggetyProcess.start(arguments.toArray(String[]::new));
  }

  private void submit(String id) {
    submit(id, new StrategyChoice.Own(strategy(Duration.ofMillis(500), false)));
  }

  private static Strategy strategy(Duration bake, boolean approval) {
    return new Strategy(
        "test",
        new Share.Nodes(1),
        List.of(new Strategy.Wave(Share.ALL, bake)),
        Share.ALL,
        1,
        Duration.ofSeconds(1),
        approval,
        Strategy.Deadlines.SHORT,
        Strategy.Thresholds.DEFAULT);
  }

  private void command(String id, String rollout, Cause.Act act, SigningKey who) {
    JsonObject command =
        CommandDocument.TYPE.write(
            new OperatorCommand(id, rollout, act, who.trusted().name(), "a test", Instant.now()));
    assertThat(hub.database(names.patches()).put(Signatures.sign(command, who)))
        .matches(Outcome::isOk);
  }

  private void submit(String id, StrategyChoice strategy) {
    Instant now = Instant.now();
    Patch patch =
        new Patch(
            id,
            "ada",
            now,
            "",
            strategy,
            now.plus(Duration.ofHours(1)),
            List.of(Contents.put(Samples.test("of-" + id), null)));
    JsonObject signed = Signatures.sign(PatchDocument.TYPE.write(patch), ada);
    assertThat(hub.database(names.patches()).put(signed)).matches(Outcome::isOk);
  }

  private Optional<Rollout> rollout(String id) {
    return new CouchPatchBoard(hub, names).rollout(id);
  }

  private void awaitState(String id, RolloutState least) {
    await(id + " is " + least)
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> rollout(id),
            found -> found.map(it -> it.state().compareTo(least) >= 0).orElse(false));
  }

  private Head head() {
    return HeadDocument.TYPE.read(new CouchConfigBoard(hub, names).head().document());
  }

  private void assertAllIsWell(int patches) {
    for (int i = 0; i < patches; i++) {
      awaitState("p" + i, RolloutState.COMPLETED);
      assertThat(rollout("p" + i).orElseThrow().state())
          .isIn(RolloutState.COMPLETED, RolloutState.JOINED);
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> {
          assertThat(Digests.of(new CouchConfigBoard(hub, names).confirmed()))
              .isEqualTo(head().digest());
          assertThat(head().seq()).isEqualTo(patches);
        });
    assertThat(new CouchConfigBoard(hub, names).confirmed().documents().keySet())
        .filteredOn(id -> id.startsWith("test:"))
        .hasSize(patches);
    assertThat(new CouchPatchBoard(hub, names).lastAudits(1000))
        .extracting(AuditEntry::number)
        .doesNotHaveDuplicates();
  }

  @Test
  void killedInEachStateItGoesOnWhereItWas() {
    RolloutState[] states = {
      RolloutState.QUEUED,
      RolloutState.CHECKING,
      RolloutState.STAGING,
      RolloutState.VERIFYING,
      RolloutState.PROMOTING,
      RolloutState.BAKING
    };
    for (int i = 0; i < states.length; i++) {
      JiggetyProcess killed = manager("m1");
      try {
        killed.awaitLine("active since");
        submit("p" + i);
        awaitState("p" + i, states[i]);
      } finally {
        killed.kill();
      }
    }
    try (JiggetyProcess last = manager("m1")) {
      assertAllIsWell(states.length);
      assertThat(last.terminate()).isEqualTo(143);
    }
  }

  @Test
  void killedWhileItWaitsForPeopleOrForTheHeadItGoesOnWhereItWas() {
    submit("p0", new StrategyChoice.Own(strategy(Duration.ofMinutes(2), true)));
    killedWhen(() -> awaitExactly("p0", RolloutState.APPROVING));
    killedWhen(() -> {
      awaitExactly("p0", RolloutState.APPROVING);
      command("c1", "p0", Cause.Act.APPROVE, bob);
      awaitExactly("p0", RolloutState.BAKING);
      command("c2", "p0", Cause.Act.PAUSE, ada);
      awaitExactly("p0", RolloutState.PAUSED);
    });
    List<String> conflict = new ArrayList<>();
    killedWhen(() -> {
      awaitExactly("p0", RolloutState.PAUSED);
      command("c3", "p0", Cause.Act.RESUME, ada);
      awaitExactly("p0", RolloutState.BAKING);
      conflict.add(conflictingHead());
      command("c4", "p0", Cause.Act.ABORT, ada);
      awaitExactly("p0", RolloutState.ROLLING_BACK);
    });
    settle(conflict.removeFirst());
    killedWhen(() -> {
      awaitExactly("p0", RolloutState.ROLLED_BACK);
      conflict.add(conflictingHead());
      submit("p1");
      awaitExactly("p1", RolloutState.HELD);
    });
    settle(conflict.removeFirst());
    killedWhen(() -> awaitExactly("p1", RolloutState.COMPLETED));
    assertThat(rollout("p0").orElseThrow().transitions())
        .extracting(Rollout.Transition::to)
        .containsSubsequence(
            RolloutState.APPROVING,
            RolloutState.BAKING,
            RolloutState.PAUSED,
            RolloutState.BAKING,
            RolloutState.ROLLING_BACK,
            RolloutState.ROLLED_BACK);
    assertThat(new CouchPatchBoard(hub, names).open()).isEmpty();
    assertThat(head().seq()).isEqualTo(2);
  }

  private void killedWhen(Runnable isSo) {
    JiggetyProcess killed = manager("m1");
    try {
      isSo.run();
    } finally {
      killed.kill();
    }
  }

  private void awaitExactly(String id, RolloutState state) {
    await(id + " is " + state)
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> rollout(id).map(Rollout::state).filter(state::equals).isPresent());
  }

  /** As a clustered CouchDB has it; gives the revision that is one too many. */
  private String conflictingHead() {
    JsonObject other = standing();
    String rev = other.get("_rev").getAsString();
    String second = rev.substring(0, rev.indexOf('-')) + "-" + "0".repeat(32);
    other.addProperty("_rev", second);
    assertThat(hub.database(names.config()).bulkDocs(List.of(other), false)).matches(Outcome::isOk);
    return second;
  }

  private void settle(String revision) {
    assertThat(hub.database(names.config()).delete("head", revision)).matches(Outcome::isOk);
  }

  @Test
  void hubThatIsPutBackToABackupIsNotBuiltUponUnlessPeopleSaySo() throws IOException {
    long old;
    try (JiggetyProcess manager = manager("m1")) {
      manager.awaitLine("active since");
      old = head().version();
      serveFrom("hub", "backup");
      submit("p0");
      assertAllIsWell(1);
      assertThat(manager.terminate()).isEqualTo(143);
    }
    long newest = head().version();
    serveFrom("backup", "restored");
    JsonObject there = standing();
    try (JiggetyProcess manager = manager("m1")) {
      manager.awaitLine("--accept-older-head " + old);
    }
    assertThat(standing()).isEqualTo(there);
    try (JiggetyProcess manager = manager("m1", "--accept-older-head", Long.toString(old))) {
      manager.awaitLine("active since");
      assertThat(head().version()).isGreaterThan(newest);
    }
  }

  @Test
  void headThatIsSignedBySomebodyElseIsNotBuiltUpon() {
    try (JiggetyProcess manager = manager("m1")) {
      manager.awaitLine("active since");
      assertThat(manager.terminate()).isEqualTo(143);
    }
    SigningKey mallory = SigningKey.generate("mallory", TrustedKey.Role.MANAGER);
    JsonObject next = standing();
    next.addProperty("version", head().version() + 1);
    assertThat(hub.database(names.config()).put(Signatures.sign(next, mallory)))
        .matches(Outcome::isOk);
    JsonObject there = standing();
    try (JiggetyProcess manager = manager("m1")) {
      manager.awaitLine("which nobody here trusts");
    }
    assertThat(standing()).isEqualTo(there);
  }

  /** The hub comes back at its address with a copy of what stands in that folder. */
  private void serveFrom(String from, String to) throws IOException {
    String port = url.replaceAll("/$", "").replaceAll(".*:", "");
    server.close();
    Path copy = folder.resolve(to);
    try (Stream<Path> files = Files.walk(folder.resolve(from))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(folder.resolve(from).relativize(file)));
      }
    }
    String data = folder.resolve(to.equals("backup") ? from : to).toString();
    server = JiggetyProcess.start("hub", "--port", port, "--data", data, "--admin-party");
    server.awaitLine("hub is listening on ");
  }

  @Test
  void conflictingHeadOfAReplicatedHubIsNamedOrResolved() {
    try (JiggetyProcess manager = manager("m1")) {
      manager.awaitLine("active since");
      submit("p0");
      assertAllIsWell(1);
      String other = conflictingHead();
      submit("p1");
      manager.awaitLine("the head has conflicting revisions");
      assertThat(rollout("p1").orElseThrow().state().isTerminal()).isFalse();
      settle(other);
      assertAllIsWell(2);
    }
  }

  @Test
  void fullDiskHoldsItUntilThereIsRoom() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("m1"), 64 << 20)) {
      String queue = "tcp://127.0.0.1:" + Ports.free();
      try (JiggetyProcess broker =
              JiggetyProcess.start(
                  "broker",
                  "--port",
                  queue.substring(queue.lastIndexOf(':') + 1),
                  "--data",
                  folder.resolve("broker").toString());
          JiggetyProcess manager = manager("m1", "--queue", queue)) {
        broker.awaitLine("broker is listening");
        manager.awaitLine("active since");
        disk.fill();
        submit("p0");
        assertAllIsWell(1); // it goes on with what it knows, and says what is wrong
        manager.awaitLine("cannot be kept in");
        manager.kill();
        JsonObject there = standing();
        try (JiggetyProcess next = manager("m1", "--queue", queue)) {
          next.awaitLine("make room there");
          assertThat(standing()).isEqualTo(there);
          disk.free();
          next.awaitLine("active since");
          submit("p1");
          assertAllIsWell(2);
        }
      }
    }
  }

  private JsonObject standing() {
    return Objects.requireNonNull(new CouchConfigBoard(hub, names).head().document());
  }

  @Test
  void hubThatComesBackIsWaitedFor() {
    try (JiggetyProcess manager = manager("m1")) {
      manager.awaitLine("active since");
      submit("p0");
      awaitState("p0", RolloutState.QUEUED);
      String port = url.replaceAll("/$", "").replaceAll(".*:", "");
      server.kill();
      manager.awaitLine("the connection was refused");
      server =
          JiggetyProcess.start(
              "hub", "--port", port, "--data", folder.resolve("hub").toString(), "--admin-party");
      server.awaitLine("hub is listening on ");
      submit("p1");
      assertAllIsWell(2);
    }
  }

  @Test
  void passiveManagerTakesOverFromOneThatIsKilledOrFrozen() throws IOException {
    String queue = "tcp://127.0.0.1:" + Ports.free();
    try (JiggetyProcess broker =
            JiggetyProcess.start(
                "broker",
                "--port",
                queue.substring(queue.lastIndexOf(':') + 1),
                "--data",
                folder.resolve("broker").toString());
        JiggetyProcess one = manager("m1", "--queue", queue)) {
      broker.awaitLine("broker is listening");
      one.awaitLine("active since");
      Path key = folder.resolve("m1").resolve("manager.key");
      try (JiggetyProcess two = manager("m2", "--queue", queue, "--key", key.toString())) {
        two.awaitLine("passive since");
        submit("p0");
        awaitState("p0", RolloutState.BAKING);
        one.signal("STOP");
        two.awaitLine("active since");
        submit("p1");
        assertAllIsWell(2);
        one.signal("CONT");
        one.awaitLine("passive");
        two.kill();
        submit("p2");
        assertAllIsWell(3);
        assertThat(head().epoch()).isGreaterThanOrEqualTo(3);
      }
    }
  }
}
