package dev.jiggety.agent.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.jiggety.base.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Replications that the hub runs itself: {@code _replicate}, {@code _replicator}. */
@Timeout(120)
class ReplicateTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path folder;

  private static void fill(HubFixture hub, String database, int documents) {
    hub.put(database, "");
    for (var i = 0; i < documents; i++) {
      hub.put(database + "/doc" + i, "{\"n\":" + i + "}");
    }
  }

  @Test
  void answersLikeCouchDb() {
    try (var hub = new HubFixture(folder)) {
      fill(hub, "one", 3);
      var body = "{\"source\":\"one\",\"target\":\"two\",\"create_target\":true}";
      var first = hub.post("_replicate", body);
      assertThat(first.status()).as(first.body()).isEqualTo(200);
      assertThat(first.json().get("ok").getAsBoolean()).isTrue();
      assertThat(first.json().has("no_changes")).isFalse();
      var session = first.json().getAsJsonArray("history").get(0).getAsJsonObject();
      assertThat(session.get("session_id")).isEqualTo(first.json().get("session_id"));
      assertThat(session.get("docs_written").getAsInt()).isEqualTo(3);
      assertThat(session.get("docs_read").getAsInt()).isEqualTo(3);
      assertThat(session.get("missing_checked").getAsInt()).isEqualTo(3);
      assertThat(session.get("doc_write_failures").getAsInt()).isZero();
      assertThat(hub.get("two").text("doc_count")).isEqualTo("3");

      var again = hub.post("_replicate", body).json();
      assertThat(again.get("no_changes").getAsBoolean()).isTrue();
      assertThat(again.get("session_id")).isEqualTo(first.json().get("session_id"));
    }
  }

  @Test
  void replicatesBetweenUrlsWithCredentialsInAnyOfTheirForms(@TempDir Path elsewhere) {
    try (var hub = new HubFixture(folder);
        var other = withAdmin(elsewhere)) {
      fill(hub, "one", 2);
      var there = other.hub.url().toString();
      var plain = there + "copy";
      var inUrl = there.replace("http://", "http://admin:se%3Acret@") + "copy";
      var auth =
          "{\"url\":\"%s\",\"auth\":{\"basic\":{\"username\":\"admin\",\"password\":\"se:cret\"}}}"
              .formatted(plain);
      var header =
          "{\"url\":\"%s\",\"headers\":{\"Authorization\":\"%s\"}}".formatted(plain, basic());
      for (var target : new String[] {"\"" + inUrl + "\"", auth, header}) {
        var answer =
            hub.post(
                "_replicate",
                "{\"create_target\":true,\"source\":\"%sone\",\"target\":%s}"
                    .formatted(hub.hub.url(), target));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        var copy = other.send(other.request("GET", "copy", "").header("Authorization", basic()));
        assertThat(copy.text("doc_count")).isEqualTo("2");
        other.send(other.request("DELETE", "copy", "").header("Authorization", basic()));
      }
      other.send(other.request("PUT", "copy", "").header("Authorization", basic()));
      var denied =
          hub.post("_replicate", "{\"source\":\"one\",\"target\":\"%s\"}".formatted(plain));
      assertThat(denied.status()).isEqualTo(401);
    }
  }

  private static HubFixture withAdmin(Path folder) {
    return new HubFixture(
        folder,
        config -> HubFixture.quickPasswords(config).withAdmin("admin", Secret.of("se:cret")));
  }

  private static String basic() {
    return basic("admin", "se:cret");
  }

  private static String basic(String name, String password) {
    var pair = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  @Test
  void filtersBySelectorAndByIds() {
    try (var hub = new HubFixture(folder)) {
      fill(hub, "one", 5);
      var selector = "{\"n\":{\"$gte\":3}}";
      hub.post(
          "_replicate",
          "{\"source\":\"one\",\"target\":\"s\",\"create_target\":true,\"selector\":%s}"
              .formatted(selector));
      assertThat(hub.get("s").text("doc_count")).isEqualTo("2");
      hub.post(
          "_replicate",
          "{\"source\":\"one\",\"target\":\"i\",\"create_target\":true,\"doc_ids\":[\"doc1\"]}");
      assertThat(hub.get("i/_all_docs").body()).contains("doc1").doesNotContain("doc2");
      var both = "{\"source\":\"one\",\"target\":\"i\",\"doc_ids\":[],\"selector\":{}}";
      assertThat(hub.post("_replicate", both).status()).isEqualTo(400);
    }
  }

  @Test
  void refusesWhatItCannotDo() {
    try (var hub = new HubFixture(folder)) {
      hub.put("one", "");
      var end = ",\"target\":\"one\"}";
      assertThat(hub.post("_replicate", "{\"source\":\"file:///etc/passwd\"" + end).status())
          .isEqualTo(400);
      assertThat(hub.post("_replicate", "{\"source\":7" + end).status()).isEqualTo(400);
      assertThat(hub.post("_replicate", "{\"source\":\"none\"" + end).error())
          .startsWith("404 db_not_found");
      assertThat(
              hub.post("_replicate", "{\"source\":\"one\",\"winning_revs_only\":true" + end)
                  .status())
          .isEqualTo(501);
      assertThat(hub.post("_replicate", "{\"replication_id\":\"x\",\"cancel\":true}").status())
          .isEqualTo(404);
    }
  }

  @Test
  void goesOnUntilItIsCancelled() {
    try (var hub = new HubFixture(folder)) {
      fill(hub, "one", 1);
      hub.put("two", "");
      var body = "{\"source\":\"one\",\"target\":\"two\",\"continuous\":true";
      var started = hub.post("_replicate", body + "}");
      assertThat(started.status()).isEqualTo(202);
      var id = started.text("_local_id");
      assertThat(id).endsWith("+continuous");
      assertThat(hub.post("_replicate", body + "}").text("_local_id")).isEqualTo(id);
      Awaitility.await().atMost(LONG).until(() -> hub.get("two/doc0").status() == 200);
      hub.put("one/later", "{}");
      Awaitility.await().atMost(LONG).until(() -> hub.get("two/later").status() == 200);

      var tasks = hub.get("_active_tasks").array();
      assertThat(tasks).hasSize(1);
      assertThat(tasks.get(0).getAsJsonObject().get("type").getAsString()).isEqualTo("replication");
      var jobs = hub.get("_scheduler/jobs").json();
      assertThat(jobs.get("total_rows").getAsInt()).isEqualTo(1);
      assertThat(hub.get("_scheduler/jobs/" + id.replace("+", "%2B")).text("id")).isEqualTo(id);

      assertThat(hub.post("_replicate", body + ",\"cancel\":true}").text("_local_id"))
          .isEqualTo(id);
      assertThat(hub.get("_active_tasks").array()).isEmpty();
      assertThat(hub.get("_scheduler/jobs").json().get("total_rows").getAsInt()).isZero();
    }
  }

  @Test
  void usersReplicateBetweenDatabasesOfThisHubWithTheRightsThatTheyHave() {
    try (var hub = withAdmin(folder)) {
      UnaryOperator<java.net.http.HttpRequest.Builder> admin =
          request -> request.header("Authorization", basic());
      hub.send(admin.apply(hub.request("PUT", "_users", "")));
      hub.send(
          admin.apply(
              hub.request(
                  "PUT",
                  "_users/org.couchdb.user:ann",
                  "{\"type\":\"user\",\"name\":\"ann\",\"roles\":[],\"password\":\"pw\"}")));
      var open = "{\"members\":{\"names\":[\"ann\"]},\"admins\":{}}";
      for (var name : new String[] {"one", "two", "closed"}) {
        hub.send(admin.apply(hub.request("PUT", name, "")));
        if (!name.equals("closed")) {
          hub.send(admin.apply(hub.request("PUT", name + "/_security", open)));
        }
      }
      hub.send(admin.apply(hub.request("PUT", "one/plain", "{}")));
      hub.send(admin.apply(hub.request("PUT", "one/_design/d", "{}")));

      var toTwo = replicateAs(hub, "{\"source\":\"one\",\"target\":\"two\"}");
      assertThat(toTwo.status()).as(toTwo.body()).isEqualTo(200);
      var session = toTwo.json().getAsJsonArray("history").get(0).getAsJsonObject();
      assertThat(session.get("docs_written").getAsInt()).isEqualTo(1);
      assertThat(session.get("doc_write_failures").getAsInt())
          .as("design documents are for administrators")
          .isEqualTo(1);
      assertThat(replicateAs(hub, "{\"source\":\"one\",\"target\":\"closed\"}").status())
          .isEqualTo(401);
      assertThat(
              replicateAs(hub, "{\"source\":\"one\",\"target\":\"http://127.0.0.1:1/two\"}")
                  .status())
          .isEqualTo(403);
      assertThat(
              replicateAs(
                      hub,
                      "{\"source\":\"one\",\"target\":\"closed\","
                          + "\"user_ctx\":{\"roles\":[\"_admin\"]}}")
                  .status())
          .isEqualTo(403);
      assertThat(hub.post("_replicate", "{\"source\":\"one\",\"target\":\"two\"}").status())
          .isEqualTo(401);
      assertThat(
              hub.send(
                      hub.request("GET", "_scheduler/jobs", "")
                          .header("Authorization", basic("ann", "pw")))
                  .status())
          .isEqualTo(401);
    }
  }

  private static HubFixture.Answer replicateAs(HubFixture hub, String body) {
    return hub.send(
        hub.request("POST", "_replicate", body).header("Authorization", basic("ann", "pw")));
  }

  // -- _replicator -----------------------------------------------------------------------------

  private static void await(HubFixture hub, String id, String state) {
    Awaitility.await()
        .atMost(LONG)
        .untilAsserted(() -> {
          var answer = hub.get("_scheduler/docs/_replicator/" + id);
          assertThat(answer.body()).contains("\"state\":\"" + state + "\"");
        });
  }

  @Test
  void aDocumentReplicatesOnceAndSaysSo() {
    try (var hub = new HubFixture(folder)) {
      fill(hub, "one", 3);
      hub.put("_replicator", "");
      var put =
          hub.put(
              "_replicator/r1", "{\"source\":\"one\",\"target\":\"two\",\"create_target\":true}");
      assertThat(put.status()).as(put.body()).isEqualTo(201);
      await(hub, "r1", "completed");
      var document = hub.get("_replicator/r1").json();
      assertThat(document.get("_replication_state").getAsString()).isEqualTo("completed");
      assertThat(document.getAsJsonObject("_replication_stats").get("docs_written").getAsInt())
          .isEqualTo(3);
      assertThat(hub.get("two").text("doc_count")).isEqualTo("3");
      var docs = hub.get("_scheduler/docs?states=completed").json().getAsJsonArray("docs");
      assertThat(docs).hasSize(1);
      assertThat(hub.get("_scheduler/docs?states=running").json().get("total_rows").getAsInt())
          .isZero();
    }
  }

  @Test
  void aContinuousDocumentOutlivesTheHubsEndAndEndsWithItsDocument() {
    try (var hub = new HubFixture(folder)) {
      fill(hub, "one", 1);
      hub.put("two", "");
      hub.put("_replicator", "");
      hub.put("_replicator/r", "{\"source\":\"one\",\"target\":\"two\",\"continuous\":true}");
      Awaitility.await().atMost(LONG).until(() -> hub.get("two/doc0").status() == 200);
    }
    try (var hub = new HubFixture(folder)) {
      hub.put("one/more", "{}");
      Awaitility.await().atMost(LONG).until(() -> hub.get("two/more").status() == 200);
      await(hub, "r", "running");
      var rev = hub.get("_replicator/r").text("_rev");
      assertThat(hub.get("_replicator/r").json().has("_replication_state")).isFalse();

      // Another target: the old one is left.
      hub.put("three", "");
      var changed =
          hub.put(
              "_replicator/r",
              "{\"_rev\":\"%s\",\"source\":\"one\",\"target\":\"three\",\"continuous\":true}"
                  .formatted(rev));
      Awaitility.await().atMost(LONG).until(() -> hub.get("three/more").status() == 200);
      hub.put("one/last", "{}");
      Awaitility.await().atMost(LONG).until(() -> hub.get("three/last").status() == 200);
      assertThat(hub.get("two/last").status()).isEqualTo(404);

      hub.delete("_replicator/r?rev=" + changed.text("rev"));
      Awaitility.await()
          .atMost(LONG)
          .until(() -> hub.get("_scheduler/jobs").json().get("total_rows").getAsInt() == 0);
      assertThat(hub.get("_scheduler/docs/_replicator/r").status()).isEqualTo(404);
    }
  }

  @Test
  void refusesDocumentsThatAreNoReplications() {
    try (var hub = new HubFixture(folder)) {
      hub.put("_replicator", "");
      assertThat(hub.put("_replicator/r", "{\"source\":\"one\"}").status()).isEqualTo(403);
      assertThat(hub.put("_replicator/r", "{\"source\":\"ftp://x/y\",\"target\":\"z\"}").status())
          .isEqualTo(403);
    }
  }

  @Test
  void anUnreachableEndIsCrashingAndTheSecondOfTwoTheSameHasFailed() {
    try (var hub = new HubFixture(folder)) {
      hub.put("_replicator", "");
      var body = "{\"source\":\"http://user:pass@127.0.0.1:1/none\",\"target\":\"two\"}";
      hub.put("_replicator/r1", body);
      await(hub, "r1", "crashing");
      var row = hub.get("_scheduler/docs/_replicator/r1").json();
      assertThat(row.get("error_count").getAsInt()).isPositive();
      assertThat(row.toString()).doesNotContain("pass");
      assertThat(hub.get("_scheduler/jobs").body()).doesNotContain("pass");
      hub.put("_replicator/r2", body);
      await(hub, "r2", "failed");
      assertThat(hub.get("_replicator/r2").text("_replication_state_reason")).contains("r1");
    }
  }

  @Test
  void aDocumentWithConflictsDoesNotStart() {
    try (var hub = new HubFixture(folder)) {
      fill(hub, "one", 1);
      hub.put("two", "");
      hub.put("_replicator", "");
      var fields = "\"_id\":\"r\",\"source\":\"one\",\"target\":\"two\",\"continuous\":true";
      hub.post(
          "_replicator/_bulk_docs",
          "{\"new_edits\":false,\"docs\":[{%s,\"_rev\":\"1-%s\"},{%s,\"_rev\":\"1-%s\"}]}"
              .formatted(fields, "a".repeat(32), fields, "b".repeat(32)));
      await(hub, "r", "failed");
      JsonObject row = hub.get("_scheduler/docs/_replicator/r").json();
      assertThat(row.toString()).contains("conflicts");
      assertThat(hub.get("_scheduler/jobs").json().get("total_rows").getAsInt()).isZero();
      hub.delete("_replicator/r?rev=1-" + "b".repeat(32));
      Awaitility.await().atMost(LONG).until(() -> hub.get("two/doc0").status() == 200);
    }
  }
}
