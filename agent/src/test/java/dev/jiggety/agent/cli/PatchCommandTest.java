package dev.jiggety.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.agent.hub.EmbeddedHub;
import dev.jiggety.agent.hub.HubConfig;
import dev.jiggety.agent.manager.Companion;
import dev.jiggety.agent.manager.LightNodes;
import dev.jiggety.agent.manager.ManagerConfig;
import dev.jiggety.agent.manager.PatchManager;
import dev.jiggety.agent.manager.couch.CouchBoards;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.TrustedKey.Role;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.signing.KeyFile;
import dev.jiggety.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators do with patches on the command line, with a manager and nodes that answer. */
class PatchCommandTest {
  private final SigningKey ada = SigningKey.generate("ada", Role.OPERATOR);
  private final SigningKey bob = SigningKey.generate("bob", Role.OPERATOR);
  @TempDir private Path folder;
  private EmbeddedHub server;
  private Hub hub;
  private PatchManager manager;
  private LightNodes nodes;
  private Path tests;

  @BeforeEach
  void start() throws IOException {
    server = EmbeddedHub.start(HubConfig.loopback(0, folder.resolve("hub")).withAdminParty());
    HubAddress address = HubAddress.parse(server.url().toString(), Optional.empty());
    hub = Hub.open(address, HubOptions.DEFAULT);
    new Provisioner(hub, DatabaseNames.DEFAULT).provision(Instant.now());
    nodes = new LightNodes(server.url().toString(), 3).start();
    manager =
        PatchManager.start(
            ManagerConfig.of("m1", address, folder.resolve("m1"))
                .withTrusted(List.of(ada.trusted(), bob.trusted())),
            CouchBoards::on,
            Companion.Factory.NONE);
    KeyFile.create(folder.resolve("ada.key"), ada);
    KeyFile.create(folder.resolve("bob.key"), bob);
    tests = Files.createDirectory(folder.resolve("tests"));
    write("shop", "30s");
  }

  @AfterEach
  void stop() {
    manager.close();
    nodes.close();
    hub.close();
    server.close();
  }

  @Test
  void whatIsAppliedIsInForceAndGoesBackByRollback() throws IOException {
    Cli.Result first = as("ada", "apply", tests.toString());
    assertThat(first.exitCode()).as(first.err()).isEqualTo(ExitCode.FINE);
    assertThat(first.out()).contains("+ shop", "handed in as patch ", "✓ completed: release 1");
    assertThat(run("plan", tests.toString()).out()).contains("0 to change", "1 unchanged");
    assertThat(as("ada", "apply", tests.toString()).out()).doesNotContain("handed in");

    write("shop", "60s");
    Cli.Result second =
        as("ada", "patch", "submit", tests.toString(), "--wait", "--json", "--comment", "slower");
    JsonObject done = JsonParser.parseString(second.out()).getAsJsonObject();
    assertThat(done.get("state").getAsString()).isEqualTo("completed");
    assertThat(done.get("release").getAsLong()).isEqualTo(2);
    assertThat(done.getAsJsonObject("nodes").get("swapped").getAsInt()).isEqualTo(3);
    assertThat(done.getAsJsonObject("times").keySet()).contains("queuedMs", "activeMs");
    String patch = done.get("patch").getAsString();

    Cli.Result show = run("patch", "show", patch);
    assertThat(show.out()).contains("slower", "~ test:shop", "by ada", "completed");
    JsonArray list = JsonParser.parseString(run("patch", "list", "--json").out()).getAsJsonArray();
    assertThat(list).hasSize(2);
    assertThat(list.get(0).getAsJsonObject().get("_id").getAsString()).endsWith(patch);
    assertThat(run("patch", "queue").out()).contains("nothing waits");

    Cli.Result back = as("ada", "patch", "rollback", patch);
    assertThat(back.exitCode()).as(back.err()).isEqualTo(ExitCode.FINE);
    assertThat(run("plan", tests.toString()).out()).contains("schedule.every: 30s → 1m");
    assertThat(as("ada", "patch", "abort", patch).exitCode())
        .as("where nothing goes on, abort does nothing")
        .isEqualTo(ExitCode.FINE);
    assertThat(as("ada", "patch", "pause", patch).err()).contains("completed");
  }

  @Test
  void whoEditsRightAfterAPatchIsCompleteIsNotTooLate() throws IOException {
    for (int seconds = 31; seconds < 37; seconds++) {
      write("shop", seconds + "s");
      Cli.Result result =
          as("ada", "patch", "submit", tests.toString(), "--strategy", "instant", "--wait");
      assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.FINE);
    }
  }

  @Test
  void aSecondOperatorDecidesWhereTheStrategyAsksForOne() {
    Cli.Result handedIn =
        as("ada", "patch", "submit", tests.toString(), "--strategy", "careful", "--json");
    String patch =
        JsonParser.parseString(handedIn.out()).getAsJsonObject().get("patch").getAsString();
    Cli.Result waiting = untilTakenIn(patch);
    assertThat(waiting.out()).contains("approving");
    Cli.Result own = as("ada", "patch", "approve", patch);
    assertThat(own.exitCode()).isEqualTo(ExitCode.BAD);
    assertThat(own.err()).contains("another person than the author");
    Cli.Result denied = as("bob", "patch", "deny", patch, "--reason", "not on a Friday");
    assertThat(denied.exitCode()).as(denied.err()).isEqualTo(ExitCode.FINE);
    assertThat(run("patch", "show", patch).out()).contains("rejected", "bob", "not on a Friday");
    assertThat(as("bob", "patch", "rollback", patch).err()).contains("nothing to bring back");
  }

  @Test
  void theAuditLogIsPrintedAndChecked() throws IOException {
    assertThat(as("ada", "apply", tests.toString()).exitCode()).isEqualTo(ExitCode.FINE);
    assertThat(run("patch", "audit").out()).contains("took-over", "submitted by ada");
    assertThat(run("patch", "audit", "verify").exitCode()).isEqualTo(ExitCode.FINE);
    Path file = folder.resolve("audit.json");
    Files.writeString(file, run("patch", "audit", "--json").out());
    Cli.Result right = run("patch", "audit", "verify", file.toString());
    assertThat(right.exitCode()).isEqualTo(ExitCode.FINE);
    assertThat(right.out()).contains("nothing was changed");

    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    int of = 0;
    while (!lines.get(of).contains("submitted by ada")) {
      of++;
    }
    lines.set(of, lines.get(of).replace("submitted by ada", "submitted by eve"));
    Files.write(file, lines);
    Cli.Result changed = run("patch", "audit", "verify", file.toString());
    assertThat(changed.exitCode()).isEqualTo(ExitCode.BAD);
    assertThat(changed.errorLines()).singleElement().asString().contains("entry 2 ");
    assertThat(run("patch", "audit", "--since", "2020-01-01T00:00:00Z", "--rollout", "x").out())
        .contains("nothing");
  }

  @Test
  void whatIsMissingIsNamedWithItsRemedy() throws IOException {
    Cli.Result noKey = as("nobody", "patch", "submit", tests.toString());
    assertThat(noKey.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(noKey.err()).contains("jiggety key create");
    Cli.Result strategy = as("ada", "patch", "submit", tests.toString(), "--strategy", "bold");
    assertThat(strategy.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(strategy.err()).contains("bold", "swift", "careful");
    Cli.Result unknown = run("patch", "show", "p-77");
    assertThat(unknown.exitCode()).isEqualTo(ExitCode.BAD);
    assertThat(unknown.err()).contains("there is no patch p-77");
    Cli.Result noFile = run("patch", "audit", "verify", folder.resolve("none.json").toString());
    assertThat(noFile.exitCode()).isEqualTo(ExitCode.USAGE);
    Cli.Result away = Cli.run("patch", "list", "--hub", "http://127.0.0.1:1");
    assertThat(away.exitCode()).isEqualTo(ExitCode.HUB);
    write("shop", "1ms");
    Cli.Result bad = as("ada", "patch", "submit", tests.toString());
    assertThat(bad.exitCode()).isEqualTo(ExitCode.BAD);
    assertThat(new CouchRepositories(hub, DatabaseNames.DEFAULT).patches().rollouts(9)).isEmpty();
  }

  private Cli.Result untilTakenIn(String patch) {
    return await().until(() -> run("patch", "show", patch), it -> it.exitCode() == ExitCode.FINE);
  }

  private void write(String id, String every) throws IOException {
    Files.writeString(
        tests.resolve(id + ".yaml"),
        "id: %s\nschedule: {every: %s}\nhttp: {url: \"https://shop.example/\"}\n"
            .formatted(id, every));
  }

  private Cli.Result run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--hub", server.url().toString()));
    return Cli.run(all.toArray(String[]::new));
  }

  private Cli.Result as(String who, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--key", folder.resolve(who + ".key").toString()));
    return run(all.toArray(String[]::new));
  }
}
