package dev.jiggety.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.agent.hub.EmbeddedHub;
import dev.jiggety.agent.hub.HubConfig;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.PatchDocument;
import dev.jiggety.model.Change;
import dev.jiggety.model.Patch;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.TrustedKey.Role;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.signing.KeyFile;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.testing.InForce;
import dev.jiggety.testing.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyCommandTest {
  @TempDir private Path folder;

  @Test
  void aNewKeyIsForItsOwnerAndItsPublicHalfForOthers() throws IOException {
    Path file = folder.resolve("mine/ada.key");
    Path open = folder.resolve("mine/ada.pub");
    Cli.Result made = Cli.run("key", "create", "--name", "ada", "--out", file.toString());
    assertThat(made.exitCode()).isEqualTo(ExitCode.FINE);
    TrustedKey key = KeyFile.read(file).trusted();
    assertThat(key.name()).isEqualTo("ada");
    assertThat(key.role()).isEqualTo(Role.OPERATOR);
    assertThat(KeyFile.readTrusted(open)).containsExactly(key);
    assertThat(made.err()).contains(file.toString(), open.toString());
    // What is written to a file by "> ada.pub" is a file of keys.
    assertThat(made.out()).isEqualToIgnoringNewLines(KeyFile.line(key));

    for (Path any : List.of(file, open)) {
      assertThat(Cli.run("key", "show", any.toString()).out().strip()).isEqualTo(KeyFile.line(key));
    }
    JsonArray shown =
        JsonParser.parseString(Cli.run("key", "show", "--json", file.toString()).out())
            .getAsJsonArray();
    assertThat(shown.get(0).getAsJsonObject().get("id").getAsString()).isEqualTo(key.id());

    String before = Files.readString(file);
    assertThat(Cli.run("key", "create", "--name", "eve", "--out", file.toString()).exitCode())
        .isEqualTo(ExitCode.USAGE);
    assertThat(file).hasContent(before);
  }

  @Test
  void aManagersKeyIsMadeTheSameWay() {
    Path file = folder.resolve("m1");
    JsonObject made =
        JsonParser.parseString(
                Cli.run(
                        "key",
                        "create",
                        "--name",
                        "m1",
                        "--role",
                        "manager",
                        "--out",
                        file.toString(),
                        "--json")
                    .out())
            .getAsJsonObject();
    assertThat(made.get("role").getAsString()).isEqualTo("manager");
    assertThat(made.get("publicFile").getAsString()).isEqualTo(file + ".pub");
    assertThat(KeyFile.read(file).trusted().role()).isEqualTo(Role.MANAGER);
  }

  @Test
  void whatIsWrongIsSaidInOneLine() {
    oneLine(Cli.run("key", "create", "--name", "a:b", "--out", folder + "/x.key"), "--name");
    oneLine(Cli.run("key", "show", folder + "/none.key"), "there is no key file");
    oneLine(
        Cli.run("key", "retire", "abcdef", "--key", folder + "/none.key"),
        "make one with: jiggety key create --name");
    Cli.run("key", "create", "--name", "m", "--role", "manager", "--out", folder + "/m.key");
    oneLine(
        Cli.run("key", "retire", "abcdef", "--key", folder + "/m.key"), "is the key of a manager");
  }

  @Test
  void keysComeAndGoByPatches() throws Exception {
    try (EmbeddedHub server = EmbeddedHub.start(HubConfig.loopback(0, folder.resolve("hub")));
        Hub hub =
            Hub.open(
                HubAddress.parse(server.url().toString(), Optional.empty()), HubOptions.DEFAULT)) {
      String url = server.url().toString();
      new Provisioner(hub, DatabaseNames.DEFAULT).provision(Instant.now());
      assertThat(Cli.run("key", "list", "--hub", url).out()).contains("nobody is trusted yet");
      InForce inForce = new InForce(hub, DatabaseNames.DEFAULT);
      inForce.put(Samples.test("shop"));
      Path mine = folder.resolve("ada.key");
      KeyFile.create(mine, inForce.operator);
      assertThat(Cli.run("key", "list", "--hub", url).out())
          .containsSubsequence(
              "ada   operator  " + inForce.operator.trusted().id(),
              "m1    manager   " + inForce.manager.trusted().id());
      assertThat(
              JsonParser.parseString(Cli.run("key", "list", "--json", "--hub", url).out())
                  .getAsJsonArray())
          .hasSize(2);

      TrustedKey grace = SigningKey.generate("grace", Role.OPERATOR).trusted();
      Path open = Files.writeString(folder.resolve("grace.pub"), KeyFile.line(grace) + "\n");
      String[] signed = {"--hub", url, "--key", mine.toString()};
      Patch trust = handedIn(hub, inForce, run(signed, "key", "trust", open.toString()));
      assertThat(trust.changes())
          .singleElement()
          .satisfies(change -> assertThat(change.target()).isEqualTo("key:" + grace.id()));
      inForce.change(trust.changes());
      assertThat(run(signed, "key", "trust", open.toString()).out()).contains("nothing to do");

      String old = inForce.operator.trusted().id();
      Patch retire = handedIn(hub, inForce, run(signed, "key", "retire", old.substring(0, 8)));
      assertThat(retire.changes()).singleElement().isInstanceOf(Change.Delete.class);
      oneLine(
          run(signed, "key", "retire", inForce.manager.trusted().id()),
          "no manager's key would be left");
      oneLine(run(signed, "key", "retire", "ffffffffff"), "no key in force begins with");
      oneLine(run(signed, "key", "retire", old.substring(0, 2)), "too short");
    }
  }

  private static Cli.Result run(String[] options, String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of(options));
    return Cli.run(all.toArray(String[]::new));
  }

  private static Patch handedIn(Hub hub, InForce inForce, Cli.Result result) throws Exception {
    assertThat(result.err()).isEmpty();
    String id = result.out().replaceAll("(?s)handed in as patch (\\S+):.*", "$1");
    JsonObject document =
        hub.database(DatabaseNames.DEFAULT.patches()).get("patch:" + id).ok().orElseThrow();
    Signatures.check(document, inForce.trust(), Role.OPERATOR);
    Patch patch = PatchDocument.TYPE.read(document);
    assertThat(new CouchRepositories(hub, DatabaseNames.DEFAULT).patches().find(id))
        .contains(patch);
    return patch;
  }

  private static void oneLine(Cli.Result result, String text) {
    assertThat(result.exitCode()).isNotEqualTo(ExitCode.FINE);
    assertThat(result.errorLines())
        .filteredOn(line -> line.startsWith("jiggety: "))
        .singleElement()
        .asString()
        .contains(text);
  }
}
