package dev.jiggety.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.jiggety.agent.hub.EmbeddedHub;
import dev.jiggety.agent.hub.HubConfig;
import dev.jiggety.agent.release.Images;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.Contents;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.Ids;
import dev.jiggety.document.KeyDocument;
import dev.jiggety.model.Change;
import dev.jiggety.model.TrustedKey.Role;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.signing.KeyFile;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.testing.InForce;
import dev.jiggety.testing.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A release from an image to the hub, by the commands alone. */
class ReleaseCommandTest {
  @TempDir private Path folder;

  @Test
  void aReleaseIsBuiltSignedPublishedAndListed() throws Exception {
    Path key = folder.resolve("rita.key");
    SigningKey rita = SigningKey.generate("rita", Role.RELEASE);
    KeyFile.create(key, rita);
    String bundle = folder.resolve("2.bundle").toString();
    String release = folder.resolve("2.release").toString();
    String image = Images.good(folder.resolve("image"), "2.0").toString();
    fine(
        Cli.run("release", "build", "--image", image, "--release", "2.0", "--out", bundle),
        "2.0 for ");
    fine(
        Cli.run("release", "sign", bundle, "--key", key.toString(), "--out", release),
        "2.0 is signed");
    try (EmbeddedHub server = EmbeddedHub.start(HubConfig.loopback(0, folder.resolve("hub")));
        Hub hub =
            Hub.open(
                HubAddress.parse(server.url().toString(), Optional.empty()), HubOptions.DEFAULT)) {
      String url = server.url().toString();
      new Provisioner(hub, DatabaseNames.DEFAULT).provision(Instant.now());
      InForce inForce = new InForce(hub, DatabaseNames.DEFAULT);
      inForce.put(Samples.test("shop"));
      String[] publish = {
        "release", "publish", release, bundle, "--key", key.toString(), "--no-rollout", "--hub", url
      };
      refused(Cli.run(publish), "jiggety key trust FILE");
      var document = Contents.of(KeyDocument.TYPE.write(rita.trusted()));
      inForce.change(List.of(new Change.Put(Ids.key(rita.trusted().id()), document, null)));
      fine(Cli.run(publish), "release 2.0 is on the hub");
      assertThat(Cli.run(publish).out()).as("once more").doesNotContain("part 1");
      Cli.Result listed = Cli.run("release", "list", "--json", "--hub", url);
      var first =
          JsonParser.parseString(listed.out())
              .getAsJsonObject()
              .getAsJsonArray("releases")
              .get(0)
              .getAsJsonObject();
      assertThat(first.get("version").getAsString()).isEqualTo("2.0");
      assertThat(first.get("signed").getAsString()).isEqualTo("rita");
      assertThat(first.get("inForce").getAsBoolean()).isFalse();
      fine(Cli.run("release", "list", "--hub", url), "rita");
    }
  }

  @Test
  void whatIsNoImageOrNoReleaseIsSaidInOneLine() throws Exception {
    String out = folder.resolve("x.bundle").toString();
    String none = folder.resolve("none").toString();
    refused(Cli.run("release", "build", "--image", none, "--release", "2", "--out", out), none);
    refused(
        Cli.run("release", "build", "--image", none, "--release", "A B", "--out", out),
        "cannot be a version");
    String text = Files.writeString(folder.resolve("text"), "no release").toString();
    KeyFile.create(folder.resolve("rita.key"), SigningKey.generate("rita", Role.RELEASE));
    String key = folder.resolve("rita.key").toString();
    refused(Cli.run("release", "sign", text, "--key", key, "--out", out), text);
    refused(
        Cli.run("release", "publish", text, text, "--key", key, "--hub", "http://127.0.0.1:1"),
        "make one by: jiggety release sign");
  }

  private static void fine(Cli.Result result, String says) {
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isEqualTo(ExitCode.FINE);
    assertThat(result.out()).contains(says);
  }

  private static void refused(Cli.Result result, String says) {
    assertThat(result.exitCode()).isNotEqualTo(ExitCode.FINE);
    assertThat(result.errorLines()).hasSize(1).first().asString().contains(says);
  }
}
