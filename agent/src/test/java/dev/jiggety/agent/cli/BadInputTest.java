package dev.jiggety.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.agent.hub.EmbeddedHub;
import dev.jiggety.agent.hub.HubConfig;
import dev.jiggety.base.Secret;
import dev.jiggety.testing.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people get wrong, and the one line that tells them. */
class BadInputTest {
  @TempDir private Path folder;

  @Test
  void aSyntaxErrorNamesFileLineAndColumn() throws IOException {
    Path file = yaml("id: home\nhttp: [unclosed\n");

    Cli.Result result = Cli.run("test", "check", file.toString());

    assertThat(result.exitCode()).isEqualTo(ExitCode.BAD);
    assertThat(result.errorLines()).hasSize(1);
    assertThat(result.err()).contains("home.yaml:3:");
  }

  @Test
  void anUnknownFieldIsATypo() throws IOException {
    Path file =
        yaml(
            """
            id: home
            shcedule: {every: 30s}
            http: {url: "https://www.example.com/"}
            """);

    Cli.Result result = Cli.run("test", "check", file.toString());

    assertThat(result.exitCode()).isEqualTo(ExitCode.BAD);
    assertThat(result.errorLines()).hasSize(1);
    assertThat(result.err()).contains("home.yaml:2:1", "shcedule", "schedule");
  }

  @Test
  void anImpossibleCronSaysWhichFieldIsWrong() throws IOException {
    Path file =
        yaml(
            """
            id: home
            schedule: {cron: "99 * * * *"}
            http: {url: "https://www.example.com/"}
            """);

    Cli.Result result = Cli.run("test", "check", file.toString());

    assertThat(result.exitCode()).isEqualTo(ExitCode.BAD);
    assertThat(result.errorLines()).hasSize(1);
    assertThat(result.err()).contains("home.yaml:2:", "schedule", "99");
  }

  @Test
  void everyMistakeIsToldAtOnce() throws IOException {
    Path file =
        yaml(
            """
            id: Home Page
            samples: 99
            http: {url: "ftp://www.example.com/"}
            """);

    Cli.Result result = Cli.run("test", "check", file.toString());

    assertThat(result.exitCode()).isEqualTo(ExitCode.BAD);
    assertThat(result.errorLines()).hasSize(3);
    assertThat(result.err()).contains("home.yaml:1:", "home.yaml:2:", "home.yaml:3:");
  }

  @Test
  void aMissingFileIsNamed() {
    Cli.Result result = Cli.run("apply", folder.resolve("nothing.yaml").toString());

    assertThat(result.exitCode()).isEqualTo(ExitCode.BAD);
    assertThat(result.errorLines()).hasSize(1);
    assertThat(result.err()).contains("nothing.yaml");
  }

  @Test
  void anAbsentHubIsThree() throws IOException {
    Cli.Result result = Cli.run("status", "--hub", "http://127.0.0.1:" + Ports.free());

    assertThat(result.exitCode()).isEqualTo(ExitCode.HUB);
    assertThat(result.errorLines()).hasSize(1);
    assertThat(result.err()).contains("127.0.0.1");
  }

  @Test
  void credentialsInTheUrlAreRefused() {
    Cli.Result result = Cli.run("status", "--hub", "http://admin:geheim@127.0.0.1:5984");

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.errorLines()).hasSize(1);
    assertThat(result.err()).doesNotContain("geheim").contains("JIGGETY_PASSWORD");
  }

  @Test
  void aTakenPortIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());

      Cli.Result result =
          Cli.run(
              "hub", "--data", folder.resolve("hub").toString(), "--port", port, "--admin-party");

      assertThat(result.exitCode()).isEqualTo(ExitCode.BAD);
      assertThat(result.errorLines()).hasSize(1);
      assertThat(result.err()).contains(port);
    }
  }

  @Test
  void anUnwritableFolderIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    String data = file.resolve("data").toString();

    Cli.Result hub = Cli.run("hub", "--data", data, "--port", "0", "--admin-party");
    Cli.Result node = Cli.run("node", "--name", "north", "--data", data);

    assertThat(hub.exitCode()).isEqualTo(ExitCode.BAD);
    assertThat(hub.errorLines()).hasSize(1);
    assertThat(hub.err()).contains(data);
    assertThat(node.exitCode()).isEqualTo(ExitCode.BAD);
    assertThat(node.errorLines()).hasSize(1);
    assertThat(node.err()).contains(data);
  }

  @Test
  void aHubWithoutAdministratorStartsOnlyWhenAskedTo() {
    Cli.Result result = Cli.run("hub", "--data", folder.toString(), "--port", "0");

    assertThat(result.exitCode()).isEqualTo(ExitCode.BAD);
    assertThat(result.errorLines()).hasSize(1);
    assertThat(result.err()).contains("--admin-party", "--admin FILE", "JIGGETY_ADMIN_USER");
  }

  @Test
  void anotherAddressNeedsAnAdministrator() {
    Cli.Result result =
        Cli.run(
            "hub",
            "--data",
            folder.toString(),
            "--port",
            "0",
            "--bind",
            "0.0.0.0",
            "--admin-party");

    assertThat(result.exitCode()).isEqualTo(ExitCode.BAD);
    assertThat(result.errorLines()).hasSize(1);
    assertThat(result.err()).contains("admin");
  }

  @Test
  void aBadNameForANodeIsRefused() {
    Cli.Result result = Cli.run("node", "--name", "North Pole", "--data", folder.toString());

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.errorLines()).hasSize(1);
    assertThat(result.err()).contains("North Pole");
  }

  @Test
  void aSlipInACommandIsToldWithTheRightOne() {
    Cli.Result result = Cli.run("statsu");

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains("statsu", "status");
  }

  @Test
  void helpIsACommandToo() {
    Cli.Result all = Cli.run("help");
    Cli.Result one = Cli.run("help", "apply");

    assertThat(all.exitCode()).isEqualTo(ExitCode.FINE);
    assertThat(all.out() + all.err()).contains("demo", "doctor");
    assertThat(one.exitCode()).isEqualTo(ExitCode.FINE);
    assertThat(one.out() + one.err()).contains("--prune");
  }

  @Test
  void inTheListEveryCommandIsASentence() {
    Main.commandLine()
        .getSubcommands()
        .forEach((name, command) ->
            assertThat(command.getCommandSpec().usageMessage().description()[0])
                .as(name)
                .matches("(?s).*[.?]\\s*"));
  }

  @Test
  void filesFromOtherSystemsAreRead() throws IOException {
    String text = "id: home\nhttp: {url: \"https://www.example.com/\"}\n";

    for (String file : List.of("\uFEFF" + text, text.replace("\n", "\r\n"))) {
      Cli.Result result = Cli.run("test", "check", yaml(file).toString());

      assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.FINE);
    }
  }

  @Test
  void whatHoldsNoTestIsNamed() throws IOException {
    Path without = Files.createDirectory(folder.resolve("without"));
    Files.writeString(without.resolve("notes.txt"), "nothing to see");

    for (Path place : List.of(yaml(""), without)) {
      Cli.Result result = Cli.run("apply", place.toString());

      assertThat(result.exitCode()).isEqualTo(ExitCode.BAD);
      assertThat(result.errorLines()).hasSize(1);
      assertThat(result.err()).contains(place.toString(), "no test");
    }
  }

  @Test
  void aTabIsNamed() throws IOException {
    Cli.Result result = Cli.run("test", "check", yaml("id: home\nhttp:\n\turl: x\n").toString());

    assertThat(result.exitCode()).isEqualTo(ExitCode.BAD);
    assertThat(result.errorLines()).hasSize(1);
    assertThat(result.err()).contains("home.yaml:3:1", "TAB");
  }

  @Test
  void aHugeFileIsRefusedInPlainWords() throws IOException {
    Path file = yaml("id: home\nname: " + "x".repeat(10 << 20) + "\n");

    Cli.Result result = Cli.run("test", "check", file.toString());

    assertThat(result.exitCode()).isEqualTo(ExitCode.BAD);
    assertThat(result.errorLines()).hasSize(1);
    assertThat(result.err()).contains("home.yaml", "too large").hasSizeLessThan(300);
  }

  @Test
  void anIdInTwoFilesNamesBoth() throws IOException {
    String text = "id: home\nhttp: {url: \"https://www.example.com/\"}\n";
    Files.writeString(folder.resolve("a.yaml"), text);
    Files.writeString(folder.resolve("b.yaml"), text);

    Cli.Result result = Cli.run("test", "check", folder.toString());

    assertThat(result.exitCode()).isEqualTo(ExitCode.BAD);
    assertThat(result.errorLines()).hasSize(1);
    assertThat(result.err()).contains("a.yaml:1", "b.yaml:1", "home");
  }

  @Test
  void aFieldOfTheWrongTypeIsOneMistake() throws IOException {
    Path file = yaml("id: home\ntimeout: 10\nhttp: {url: \"https://www.example.com/\"}\n");

    Cli.Result result = Cli.run("test", "check", file.toString());

    assertThat(result.exitCode()).isEqualTo(ExitCode.BAD);
    assertThat(result.errorLines()).as(result.err()).hasSize(1);
    assertThat(result.err()).contains("home.yaml:2:", "timeout", "10");
  }

  @Test
  void nonsenseForADurationIsRefused() {
    for (String since : List.of("nonsense", "", "-5m", "99999999999d")) {
      Cli.Result result = Cli.run("results", "--since", since);

      assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(result.err()).contains("--since", "\"" + since + "\"", "5m");
    }
  }

  @Test
  void nonsenseForAHubIsRefused() {
    for (String hub : List.of("", "http://", "http://[", "ftp://hub", "http://hub:99999")) {
      Cli.Result result = Cli.run("status", "--hub", hub);

      assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(result.errorLines()).hasSize(1);
      assertThat(result.err()).contains("\"" + hub + "\"", "http://hub.example:5984");
    }
  }

  @Test
  void anOutboxThatCannotBeOpenedIsOneLineWithoutClassNames() throws IOException {
    Path data = Files.createDirectories(folder.resolve("node"));
    Files.createDirectory(data.resolve("outbox.db"));

    Cli.Result result = Cli.run("node", "--name", "north", "--data", data.toString());

    assertThat(result.exitCode()).isEqualTo(ExitCode.BAD);
    assertThat(result.errorLines()).hasSize(1);
    assertThat(result.err()).contains("outbox.db").doesNotContain("Exception");
  }

  @Test
  void aWrongPasswordIsThree() throws IOException {
    Path wrong = folder.resolve("wrong");
    Files.createFile(
        wrong, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(wrong, "root\nnot-right\n");
    HubConfig config = HubConfig.loopback(0, folder.resolve("hub"));
    try (EmbeddedHub hub = EmbeddedHub.start(config.withAdmin("root", Secret.of("right")))) {
      Cli.Result result =
          Cli.run("status", "--hub", hub.url().toString(), "--credentials", wrong.toString());

      assertThat(result.exitCode()).isEqualTo(ExitCode.HUB);
      assertThat(result.errorLines()).hasSize(1);
      assertThat(result.err()).contains("password", "root").doesNotContain("not-right");
    }
  }

  private Path yaml(String text) throws IOException {
    return Files.writeString(folder.resolve("home.yaml"), text);
  }
}
