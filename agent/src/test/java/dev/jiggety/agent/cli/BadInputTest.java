package dev.jiggety.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
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
    Cli.Result result = Cli.run("status", "--hub", "http://127.0.0.1:" + freePort());

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
          Cli.run("hub", "--data", folder.resolve("hub").toString(), "--port", port);

      assertThat(result.exitCode()).isEqualTo(ExitCode.BAD);
      assertThat(result.errorLines()).hasSize(1);
      assertThat(result.err()).contains(port);
    }
  }

  @Test
  void anUnwritableFolderIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    String data = file.resolve("data").toString();

    Cli.Result hub = Cli.run("hub", "--data", data, "--port", "0");
    Cli.Result node = Cli.run("node", "--name", "north", "--data", data);

    assertThat(hub.exitCode()).isEqualTo(ExitCode.BAD);
    assertThat(hub.errorLines()).hasSize(1);
    assertThat(hub.err()).contains(data);
    assertThat(node.exitCode()).isEqualTo(ExitCode.BAD);
    assertThat(node.errorLines()).hasSize(1);
    assertThat(node.err()).contains(data);
  }

  @Test
  void anotherAddressNeedsAnAdministrator() {
    Cli.Result result =
        Cli.run("hub", "--data", folder.toString(), "--port", "0", "--bind", "0.0.0.0");

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

  private Path yaml(String text) throws IOException {
    return Files.writeString(folder.resolve("home.yaml"), text);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
