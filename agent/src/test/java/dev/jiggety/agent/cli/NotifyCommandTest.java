package dev.jiggety.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import dev.jiggety.agent.hub.EmbeddedHub;
import dev.jiggety.agent.hub.HubConfig;
import dev.jiggety.agent.manager.LightNodes;
import dev.jiggety.agent.manager.ManagerConfig;
import dev.jiggety.agent.manager.PatchManager;
import dev.jiggety.agent.manager.companion.UsualCompanions;
import dev.jiggety.agent.manager.couch.CouchBoards;
import dev.jiggety.agent.notify.NotifySettings;
import dev.jiggety.agent.probe.SecretFiles;
import dev.jiggety.base.Backoff;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.TrustedKey.Role;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.signing.KeyFile;
import dev.jiggety.signing.SigningKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an operator does with channels and notices on the command line, with a manager that sends.
 */
class NotifyCommandTest {
  private static final String TOKEN = "token-of-nobody-else";
  private final SigningKey ada = SigningKey.generate("ada", Role.OPERATOR);
  private final List<String> tokens = new CopyOnWriteArrayList<>();
  private final List<String> upgrades = new CopyOnWriteArrayList<>();
  @TempDir private Path folder;
  private EmbeddedHub server;
  private PatchManager manager;
  private LightNodes nodes;
  private HttpServer service;
  private volatile int status = 200;

  @BeforeEach
  void start() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/",
        exchange -> {
          tokens.addAll(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
          upgrades.addAll(exchange.getRequestHeaders().getOrDefault("Upgrade", List.of()));
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    service.start();
    server = EmbeddedHub.start(HubConfig.loopback(0, folder.resolve("hub")).withAdminParty());
    HubAddress address = HubAddress.parse(server.url().toString(), Optional.empty());
    try (Hub hub = Hub.open(address, HubOptions.DEFAULT)) {
      new Provisioner(hub, DatabaseNames.DEFAULT).provision(Instant.now());
    }
    nodes = new LightNodes(server.url().toString(), 1).start();
    secret("hook-token");
    manager =
        PatchManager.start(
            ManagerConfig.of("m1", address, folder.resolve("m1"))
                .withTrusted(List.of(ada.trusted())),
            CouchBoards::on,
            new UsualCompanions(
                new NotifySettings(
                    SecretFiles.of(folder.resolve("secrets"), Map.of(), folder),
                    folder.resolve("commands"),
                    new Backoff(Duration.ofMinutes(5), Duration.ofMinutes(10)),
                    Duration.ofDays(1),
                    1)));
    KeyFile.create(folder.resolve("ada.key"), ada);
    Files.createDirectory(folder.resolve("files"));
    Files.writeString(folder.resolve("files/all.yaml"), everything());
    Cli.Result applied = apply(folder.resolve("files"));
    assertThat(applied.exitCode()).as(applied.err()).isEqualTo(ExitCode.FINE);
  }

  @AfterEach
  void stop() {
    manager.close();
    nodes.close();
    server.close();
    service.stop(0);
  }

  @Test
  void whatIsExportedIsWhatIsInForceToTheByte() throws IOException {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    assertThat(run("export", first.toString()).exitCode()).isEqualTo(ExitCode.FINE);

    Cli.Result plan = run("plan", folder.resolve("files").toString());
    assertThat(plan.out()).contains("0 to create, 0 to change, 0 to remove");
    Cli.Result again = apply(first);
    assertThat(again.exitCode()).as(again.err()).isEqualTo(ExitCode.FINE);
    assertThat(again.out()).contains("0 to create, 0 to change", "8 unchanged");

    // Into an installation that has nothing of it, and out again.
    assertThat(apply(write("none", "id: other\nhttp: {url: \"https://x.example/\"}\n"), "--prune"))
        .matches(it -> it.exitCode() == ExitCode.FINE);
    assertThat(run("export").out()).contains("other").doesNotContain("closed-days");
    assertThat(apply(first, "--prune").exitCode()).isEqualTo(ExitCode.FINE);
    assertThat(run("export", second.toString()).exitCode()).isEqualTo(ExitCode.FINE);

    Map<String, String> exported = contents(first);
    assertThat(exported).hasSize(8);
    assertThat(contents(second)).isEqualTo(exported);
  }

  @Test
  void aTestMessageGoesTheWayOfAllOthersAndSaysWhatIsWrong() throws IOException {
    Cli.Result hook = run("notify", "test", "hook");
    assertThat(hook.exitCode()).as(hook.out() + hook.err()).isEqualTo(ExitCode.FINE);
    assertThat(hook.out()).contains("channel: hook", "state: sent", "text: 200");
    assertThat(tokens).containsExactly("Bearer " + TOKEN);
    assertThat(upgrades).as("of HTTP, which not every server understands").isEmpty();

    Cli.Result program = run("notify", "test", "program");
    assertThat(program.exitCode()).isEqualTo(ExitCode.BAD);
    assertThat(program.out()).contains("commands/page", "put the program there");
    Files.createDirectory(folder.resolve("commands"));
    Path page = Files.writeString(folder.resolve("commands/page"), "#!/bin/sh\ncat >/dev/null\n");
    Files.setPosixFilePermissions(page, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(run("notify", "test", "program").exitCode()).isEqualTo(ExitCode.FINE);

    Cli.Result mail = run("notify", "test", "mail");
    assertThat(mail.exitCode()).isEqualTo(ExitCode.BAD);
    assertThat(mail.out()).contains("secret mail-password");
    secret("mail-password");
    Cli.Result away = run("notify", "test", "mail");
    assertThat(away.exitCode()).isEqualTo(ExitCode.BAD);
    assertThat(away.out()).contains("text: 127.0.0.1:1: no connection").doesNotContain("timeout");

    Cli.Result unknown = run("notify", "test", "nobody");
    assertThat(unknown.exitCode()).isEqualTo(ExitCode.BAD);
    assertThat(unknown.errorLines())
        .containsExactly("jiggety: no channel nobody is in force: there are hook, mail, program");
  }

  @Test
  void whatWasGivenUpIsListedShownAndTriedAgain() {
    assertThat(run("notify", "list").out()).contains("no notices");
    status = 404;
    assertThat(run("notify", "test", "hook").exitCode()).isEqualTo(ExitCode.BAD);

    Cli.Result list = run("notify", "list", "--failed");
    assertThat(list.exitCode()).isEqualTo(ExitCode.BAD);
    assertThat(list.out()).contains("failed", "127.0.0.1 answered 404", "jiggety notify retry");
    JsonArray all = JsonParser.parseString(run("notify", "list", "--json").out()).getAsJsonArray();
    assertThat(all).hasSize(1);
    JsonObject notice = all.get(0).getAsJsonObject();
    String id = notice.get("_id").getAsString();
    assertThat(list.out()).as("ids are there to be copied").contains(id);
    assertThat(run("notify", "list", "--channel", "mail").out()).contains("no notices");
    assertThat(run("notify", "list", "--incident", "incident:x").out()).contains("no notices");

    String shown = run("notify", "show", id.substring("notice:".length())).out();
    assertThat(shown).contains(id, "reason: test", "state: failed", "attempts: 1");
    String document = run("notify", "show", id, "--json").out();
    assertThat(JsonParser.parseString(document)).isEqualTo(notice);
    assertThat(shown + document + list.out()).doesNotContain(TOKEN);

    assertThat(run("notify", "retry", id).exitCode()).as("still 404").isEqualTo(ExitCode.BAD);
    status = 204;
    Cli.Result retried = run("notify", "retry", id);
    assertThat(retried.exitCode()).as(retried.out()).isEqualTo(ExitCode.FINE);
    assertThat(retried.out()).contains("state: sent");
    Cli.Result twice = run("notify", "retry", id);
    assertThat(twice.exitCode()).isEqualTo(ExitCode.BAD);
    assertThat(twice.err()).contains("was not given up: it is sent");
    assertThat(run("notify", "list").exitCode()).isEqualTo(ExitCode.FINE);
  }

  @Test
  void withoutAManagerItSaysWhoIsMissing() {
    manager.close();
    Cli.Result test = run("notify", "test", "hook", "--wait", "1s");
    assertThat(test.exitCode()).isEqualTo(ExitCode.BAD);
    assertThat(test.errorLines()).singleElement().asString().contains("jiggety status");
    Cli.Result unknown = run("notify", "show", "nothing");
    assertThat(unknown.exitCode()).isEqualTo(ExitCode.BAD);
    assertThat(unknown.err()).contains("there is no notice", "jiggety notify list");
    assertThat(Cli.run("notify", "list", "--hub", "http://127.0.0.1:1").exitCode())
        .isEqualTo(ExitCode.HUB);
    assertThat(run("notify", "list", "--since", "yesterday").exitCode()).isEqualTo(ExitCode.USAGE);
  }

  private String everything() {
    return """
    id: shop
    http: {url: "https://shop.example/"}
    ---
    settings:
      references: ["127.0.0.1:443"]
      certificate-days: [30, 14, 3]
      retention: {live: 28d, disk: 200GB}
    ---
    window:
      id: closed-days
      name: "Closed: Sundays, and \\"quoted\\""
      again: {cron: "0 2 * * 0", zone: Europe/Berlin, length: 1h30m}
      tags: [shop]
    ---
    window:
      id: move
      once: {from: 2026-03-01T22:00:00Z, to: 2026-03-02T04:00:00Z}
      tests: [shop]
    ---
    channel:
      id: hook
      kind: webhook
      webhook:
        url: "http://127.0.0.1:%d/hook"
        headers: [{name: Authorization, value: "Bearer ${secret.hook-token}"}]
    ---
    channel:
      id: program
      kind: command
      command: {program: page, arguments: [--urgent, "two words", "~", "no"]}
    ---
    channel:
      id: mail
      kind: mail
      subject: "[{{count}}] {{subject}}"
      text: |
        {{#incidents}}
        {{name}}: since {{began}}
        {{/incidents}}
      mail:
        host: 127.0.0.1
        port: 1
        encryption: none
        user: jiggety
        password: "${secret.mail-password}"
        from: jiggety@example.org
        to: [ops@example.org]
    ---
    policy:
      id: everything
      which: {kinds: [down, node], tags: []}
      steps:
        - channels: [hook]
        - {after: 15m, channels: [hook, mail]}
      remind: 1h
      group: 30s
      limit: {count: 10, per: 5m}
      quiet: [{cron: "0 22 * * *", for: 8h, zone: Europe/Berlin}]
    """
        .formatted(service.getAddress().getPort());
  }

  private void secret(String name) throws IOException {
    Files.createDirectories(folder.resolve("secrets"));
    Path file = Files.writeString(folder.resolve("secrets").resolve(name), TOKEN);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private Path write(String name, String yaml) throws IOException {
    Path there = Files.createDirectory(folder.resolve(name));
    Files.writeString(there.resolve("x.yaml"), yaml);
    return there;
  }

  private static Map<String, String> contents(Path there) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(there)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(there.relativize(file).toString(), Files.readString(file));
      }
    }
    return contents;
  }

  private Cli.Result apply(Path files, String... more) {
    List<String> all = new ArrayList<>(List.of("apply", files.toString()));
    all.addAll(List.of("--strategy", "instant", "--key", folder.resolve("ada.key").toString()));
    all.addAll(List.of(more));
    return run(all.toArray(String[]::new));
  }

  private Cli.Result run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--hub", server.url().toString()));
    return Cli.run(all.toArray(String[]::new));
  }
}
