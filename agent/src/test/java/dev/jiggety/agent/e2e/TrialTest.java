package dev.jiggety.agent.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.IdRange;
import dev.jiggety.document.BatchDocument;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.Ids;
import dev.jiggety.document.yaml.TestYaml;
import dev.jiggety.model.Check;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.Verdict;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.signing.KeyFile;
import dev.jiggety.signing.SigningKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** An operator has nodes run a test that is not in force, and one of them stands still. */
@EnabledOnOs({OS.LINUX, OS.MAC}) // elsewhere there is no SIGSTOP
class TrialTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final SigningKey ada = SigningKey.generate("ada", TrustedKey.Role.OPERATOR);

  @Test
  void theNodeThatCanAnswersAndTheOneThatStandsStillIsNamed(@TempDir Path folder) throws Exception {
    Path key = folder.resolve("ada.key");
    KeyFile.create(key, ada);
    Path trusted = folder.resolve("trusted.pub");
    Files.writeString(trusted, KeyFile.line(ada.trusted()) + "\n");
    try (WatchedSite site = WatchedSite.open();
        JiggetyProcess server = hub(folder)) {
      String line = server.awaitLine("hub is listening on ");
      String url = line.substring(line.indexOf("http")).strip();
      Path file = folder.resolve("page.yaml");
      Files.writeString(file, TestYaml.write(test(site)));
      try (Hub hub = Hub.open(HubAddress.parse(url, Optional.empty()), HubOptions.DEFAULT)) {
        new Provisioner(hub, DatabaseNames.DEFAULT).provision(Instant.now());
        CouchRepositories there = new CouchRepositories(hub, DatabaseNames.DEFAULT);
        try (JiggetyProcess manager = manager(url, folder, trusted);
            JiggetyProcess n1 = node("n1", url, folder);
            JiggetyProcess n2 = node("n2", url, folder)) {
          awaitTrust(there);
          n2.signal("STOP");
          JiggetyProcess asked =
              JiggetyProcess.start(
                  "test",
                  "run",
                  file.toString(),
                  "--on",
                  "n1,n2",
                  "--within",
                  "5s",
                  "--json",
                  "--hub",
                  url,
                  "--key",
                  key.toString());
          assertThat(asked.waitFor()).as(asked.output()).isEqualTo(1);
          List<JsonObject> said =
              asked.lines().stream()
                  .filter(it -> it.startsWith("{"))
                  .map(it -> JsonParser.parseString(it).getAsJsonObject())
                  .toList();
          JsonObject ran = of(said, "n1");
          assertThat(BatchDocument.readRun(ran, "n1").verdict()).isEqualTo(Verdict.UP);
          assertThat(of(said, "n2").get("silent").getAsString())
              .contains("no answer within 5 s", "last heard");
          assertThat(site.visits("page")).isEqualTo(1);
          n2.signal("CONT");
          await().atMost(PATIENCE).until(() -> site.visits("page") == 2);
          await()
              .atMost(PATIENCE)
              .until(
                  () -> trialAnswers(hub), ids -> ids.stream().anyMatch(it -> it.endsWith(":n2")));
          assertNothingElseWasTouched(hub, there);
          assertThat(manager.output()).doesNotContain("ERROR");
          assertThat(n1.output()).doesNotContain("ERROR");
        }
      }
    }
  }

  /** The request is the only write to what nodes listen to, and no result came of it. */
  private static void assertNothingElseWasTouched(Hub hub, CouchRepositories there) {
    JsonObject shown =
        hub.database(DatabaseNames.DEFAULT.config()).get(Ids.trials()).ok().orElseThrow();
    assertThat(shown.get("_rev").getAsString()).startsWith("1-");
    int[] batches = {0};
    there.results().read(Instant.now().minusSeconds(600), Instant.now(), _ -> batches[0]++);
    assertThat(batches[0]).isZero();
    assertThat(there.patches().inForce().documents()).doesNotContainKey(Ids.test("page"));
  }

  private static List<String> trialAnswers(Hub hub) {
    return hub
        .database(DatabaseNames.DEFAULT.status())
        .allDocs(IdRange.startingWith(Ids.trialAnswers("")))
        .ok()
        .orElseThrow()
        .stream()
        .map(row -> row.id())
        .toList();
  }

  private static JsonObject of(List<JsonObject> said, String node) {
    return said.stream()
        .filter(it -> it.has("node") && it.get("node").getAsString().equals(node))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nothing of " + node + " in " + said));
  }

  private static TestDefinition test(WatchedSite site) {
    return TestDefinition.builder("page", Check.Http.get(site.url("page"))).build();
  }

  /** Until both nodes run what names ada's key. */
  private static void awaitTrust(CouchRepositories there) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> there.nodes().all(),
            all -> all.size() == 2 && all.stream().allMatch(it -> runsTheHead(it, there)));
  }

  private static boolean runsTheHead(NodeStatus node, CouchRepositories there) {
    return there
        .patches()
        .head()
        .map(head -> node.slots() != null && node.slots().running().equals(head.active()))
        .orElse(false);
  }

  private static JiggetyProcess hub(Path folder) {
    return JiggetyProcess.start(
        "hub", "--port", "0", "--data", folder.resolve("hub").toString(), "--admin-party");
  }

  private static JiggetyProcess manager(String url, Path folder, Path trusted) {
    return JiggetyProcess.start(
        "manager",
        "--hub",
        url,
        "--name",
        "m1",
        "--data",
        folder.resolve("m1").toString(),
        "--trust",
        trusted.toString());
  }

  private static JiggetyProcess node(String name, String url, Path folder) {
    return JiggetyProcess.start(
        "node", "--name", name, "--data", folder.resolve(name).toString(), "--hub", url);
  }
}
