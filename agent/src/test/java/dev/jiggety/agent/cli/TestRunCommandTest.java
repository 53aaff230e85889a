package dev.jiggety.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import dev.jiggety.document.BatchDocument;
import dev.jiggety.model.Run;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.Verdict;
import dev.jiggety.signing.KeyFile;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.testing.Ports;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A test as an editor hands it over, and what is said when nodes cannot be asked. */
class TestRunCommandTest {
  @TempDir private Path folder;
  private final InputStream before = System.in;
  private HttpServer site;

  @BeforeEach
  void open() throws IOException {
    site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    site.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    site.start();
  }

  @AfterEach
  void close() {
    System.setIn(before);
    site.stop(0);
  }

  private static void input(String text) {
    System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private String home() {
    return "id: home\nhttp: {url: \"http://127.0.0.1:%s/\"}\n"
        .formatted(site.getAddress().getPort());
  }

  @Test
  void aTestOnStandardInputIsRunAndAllOfTheRunIsPrinted() {
    input(home());
    Cli.Result result = Cli.run("test", "run", "-", "--json");
    assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.FINE);
    assertThat(result.out().lines()).hasSize(1);
    Run run = BatchDocument.readRun(JsonParser.parseString(result.out()).getAsJsonObject(), "here");
    assertThat(run.verdict()).isEqualTo(Verdict.UP);
    assertThat(run.samples().getFirst().status()).isEqualTo(200);
    assertThat(run.samples().getFirst().phases().happened()).isNotEmpty();
  }

  @Test
  void whatIsWrongWithItIsToldWithLineAndColumn() {
    input("id: home\nhtpp: {}\n");
    Cli.Result result = Cli.run("test", "run", "-", "--json");
    assertThat(result.exitCode()).isEqualTo(ExitCode.BAD);
    assertThat(result.err()).contains("stdin:2:1", "htpp");
    input("");
    assertThat(Cli.run("test", "run", "-").err()).contains("there is no test here");
  }

  @Test
  void withoutAKeyNobodyIsAsked() throws IOException {
    Path file = Files.writeString(folder.resolve("home.yaml"), home());
    Cli.Result result =
        Cli.run("test", "run", file.toString(), "--on", "n1", "--key", folder.resolve("no") + "");
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.errorLines()).hasSize(1);
    assertThat(result.err()).contains("jiggety key create");
  }

  @Test
  void anAbsentHubIsThree() throws IOException {
    Path file = Files.writeString(folder.resolve("home.yaml"), home());
    Path key = folder.resolve("ada.key");
    KeyFile.create(key, SigningKey.generate("ada", TrustedKey.Role.OPERATOR));
    Cli.Result result =
        Cli.run(
            "test",
            "run",
            file.toString(),
            "--all",
            "--hub",
            "http://127.0.0.1:" + Ports.free(),
            "--key",
            key.toString());
    assertThat(result.exitCode()).isEqualTo(ExitCode.HUB);
    assertThat(result.errorLines()).hasSize(1);
  }

  @Test
  void someNodesAndAllNodesAreNotMeantTogether() {
    Cli.Result result = Cli.run("test", "run", "home", "--on", "n1", "--all");
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
  }
}
