package dev.jiggety.agent.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.jiggety.agent.hub.EmbeddedHub;
import dev.jiggety.agent.hub.HubConfig;
import dev.jiggety.agent.manager.couch.CouchBoards;
import dev.jiggety.agent.manager.couch.CouchConfigBoard;
import dev.jiggety.agent.manager.couch.CouchPatchBoard;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.Contents;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.HeadDocument;
import dev.jiggety.document.PatchDocument;
import dev.jiggety.model.Change;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Head;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.TrustedKey.Role;
import dev.jiggety.model.rules.Digests;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.testing.Samples;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole manager with its own broker on the hub of the product, and nodes that answer. */
class PatchManagerTest {
  private final SigningKey ada = SigningKey.generate("ada", Role.OPERATOR);
  private final DatabaseNames names = DatabaseNames.DEFAULT;
  @TempDir Path folder;
  private EmbeddedHub server;
  private Hub hub;
  private PatchManager manager;
  private LightNodes nodes;

  @BeforeEach
  void start() {
    server = EmbeddedHub.start(HubConfig.loopback(0, folder.resolve("hub")).withAdminParty());
    hub = Hub.open(HubAddress.parse(url(), Optional.empty()), HubOptions.DEFAULT);
    new Provisioner(hub, names).provision(Instant.now());
    nodes = new LightNodes(url(), 3).start();
    manager =
        PatchManager.start(
            ManagerConfig.of("m1", HubAddress.parse(url(), Optional.empty()), folder.resolve("m1"))
                .withTrusted(List.of(ada.trusted())),
            CouchBoards::on,
            Companion.Factory.NONE);
  }

  @AfterEach
  void stop() {
    manager.close();
    nodes.close();
    hub.close();
    server.close();
  }

  private String url() {
    return server.url().toString();
  }

  private Patch patch(String id, Change... changes) {
    Instant now = Instant.now();
    return new Patch(
        id, "ada", now, "", StrategyChoice.SWIFT, now.plus(Duration.ofHours(1)), List.of(changes));
  }

  /** One that does not bake: who waits for many has enough to wait for. */
  private Patch instant(String id, Change change) {
    Patch patch = patch(id, change);
    return new Patch(
        id,
        patch.author(),
        patch.created(),
        "",
        new StrategyChoice.Named("instant"),
        patch.expires(),
        patch.changes());
  }

  private void submit(Patch patch) {
    JsonObject signed = Signatures.sign(PatchDocument.TYPE.write(patch), ada);
    assertThat(hub.database(names.patches()).put(signed)).matches(Outcome::isOk);
  }

  private Rollout ended(String id) {
    CouchPatchBoard board = new CouchPatchBoard(hub, names);
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> board.rollout(id),
            found -> found.map(it -> it.state().isTerminal()).orElse(false))
        .orElseThrow();
  }

  private Head head() {
    return HeadDocument.TYPE.read(new CouchConfigBoard(hub, names).head().document());
  }

  @Test
  void goodPatchIsInForceOnAllNodes() {
    submit(patch("p1", Contents.put(Samples.test("shop"), null)));

    Rollout rollout = ended("p1");

    assertThat(rollout.state()).as("%s", rollout.transitions()).isEqualTo(RolloutState.COMPLETED);
    assertThat(rollout.seq()).isEqualTo(1);
    assertThat(head().seq()).isEqualTo(1);
    Configuration confirmed =
        await()
            .until(
                () -> new CouchConfigBoard(hub, names).confirmed(),
                it -> it.documents().containsKey("test:shop"));
    assertThat(Digests.of(confirmed)).isEqualTo(head().digest());
    await().until(() -> nodes.running().equals(java.util.Set.of(head().digest())));
  }

  @Test
  void fiveHundredPatchesAtOnceComeInOrderAndTogether() {
    List<JsonObject> documents = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      Patch patch = instant(String.format("p%03d", i), Contents.put(Samples.test("t" + i), null));
      documents.add(Signatures.sign(PatchDocument.TYPE.write(patch), ada));
    }
    assertThat(hub.database(names.patches()).bulkDocs(documents, true)).matches(Outcome::isOk);

    await().atMost(Duration.ofSeconds(60)).until(() -> head().seq() == 500);
    ended("p000");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> manager.status().underWay() == null && manager.status().waiting() == 0);

    assertThat(new CouchConfigBoard(hub, names).confirmed().documents().keySet())
        .filteredOn(id -> id.startsWith("test:"))
        .hasSize(500);
    assertThat(new CouchPatchBoard(hub, names).ended(1, 500))
        .extracting(Rollout::state)
        .containsOnly(RolloutState.COMPLETED, RolloutState.JOINED);
  }
}
