package dev.jiggety.agent.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** PouchDB, which shares no code with this hub, replicates with it. */
class PouchReplicationTest {
  @TempDir Path folder;

  @Test
  @Timeout(120)
  void replicatesBothWays() throws Exception {
    try (var hub = new HubFixture(folder)) {
      hub.put("sync", "");
      var seen = run(hub.hub.url() + "sync");
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

  private static JsonObject run(String url) throws Exception {
    var agent = upTo("agent/src/test/node/pouch-sync.js");
    var process =
        new ProcessBuilder("node", agent.toString(), url)
            .directory(upTo("shared-model/target/npm").toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(output).isZero();
      JsonElement seen = JsonParser.parseString(output);
      return seen.getAsJsonObject();
    } finally {
      process.destroyForcibly();
    }
  }

  private static Path upTo(String relative) {
    var here = Path.of("").toAbsolutePath();
    return Stream.iterate(here, up -> up != null, Path::getParent)
        .map(up -> up.resolve(relative))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no " + relative + " above " + here));
  }
}
