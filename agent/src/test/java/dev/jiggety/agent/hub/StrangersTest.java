package dev.jiggety.agent.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import dev.jiggety.base.Secret;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that people already have, and that share no code with this hub. */
class StrangersTest {
  private static final String NAME = "root";
  private static final String PASSWORD = "a password: with signs";

  @TempDir Path folder;

  @Test
  @Timeout(180)
  void nanoDoesAllThatItsReadmeShows() throws Exception {
    try (var hub =
        new HubFixture(
            folder, c -> HubFixture.quickPasswords(c.withAdmin(NAME, Secret.of(PASSWORD))))) {
      var environment = Map.of("NAME", NAME, "PASSWORD", PASSWORD);
      var tour = NodeScript.run("nano-tour.js", environment, hub.hub.url().toString());
      assertThat(tour.getAsJsonArray("failed")).extracting(JsonElement::toString).isEmpty();
      assertThat(tour.getAsJsonArray("passed")).hasSize(42);
    }
  }

  @Test
  @Timeout(180)
  void pouchKeepsInStepWhileTheHubGoesAway() throws Exception {
    var hub = new HubFixture(folder);
    var port = hub.hub.port();
    hub.put("sync", "");
    try (var script = NodeScript.start("pouch-live.js", Map.of(), hub.hub.url() + "sync")) {
      script.await("away");
      hub.close();
      script.tell("go on");
      script.await("edited");
      hub = new HubFixture(folder, config -> HubConfig.loopback(port, folder));
      script.tell("go on");
      var seen = script.result();
      assertThat(seen.get("documents").getAsInt()).isEqualTo(502);
      assertThat(seen.get("sharedLeaves")).hasToString("[\"left\",\"right\"]");
      assertThat(seen.get("mendedLeaves").getAsInt()).isEqualTo(1);
      assertThat(seen.get("picture").getAsString()).isEqualTo("another one");
      assertThat(seen.get("gone").getAsBoolean()).isTrue();
    } finally {
      hub.close();
    }
  }

  @Test
  @Timeout(120)
  void pouchReplicatesBothWays() throws Exception {
    try (var hub = new HubFixture(folder)) {
      hub.put("sync", "");
      var seen = NodeScript.run("pouch-sync.js", Map.of(), hub.hub.url() + "sync");
      assertThat(seen.get("pushed").getAsInt()).isEqualTo(6); // "twice" counts as two
      assertThat(seen.get("pulled").getAsInt()).isEqualTo(6);
      assertThat(seen.get("failures").getAsInt()).isZero();
      assertThat(seen.get("pushedAgain").getAsInt()).isZero();

      var after = seen.getAsJsonObject("after");
      assertThat(after.get("bytes")).hasToString("[0,1,255]");
      assertThat(after.get("gone").getAsString()).isEqualTo("deleted");
      var before = seen.getAsJsonObject("before").getAsJsonArray("docs");
      for (var document : after.getAsJsonArray("docs")) {
        assertThat(before).contains(document);
      }
      assertThat(after.getAsJsonArray("docs")).hasSize(before.size() - 2); // the live ones

      assertThat(hub.get("sync/twice?conflicts=true").json().get("_conflicts"))
          .hasToString("[\"1-" + "a".repeat(32) + "\"]");
      assertThat(hub.get("sync/a%2Fb%2Bc:d%20%C3%BC").text("slash")).isEqualTo("true");
      assertThat(hub.get("sync/plain").text("text")).isEqualTo("ä€😀");
      assertThat(hub.get("sync/gone").error()).isEqualTo("404 not_found: deleted");
    }
  }
}
