package dev.jiggety.agent.browser.chromium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jiggety.agent.browser.Browser;
import dev.jiggety.agent.browser.BrowserOptions;
import dev.jiggety.model.Connection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing of a Chromium is left, however it ends. */
@Tag("needs-chromium")
class LeftoverTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void nothingIsLeftWhenItIsClosed() throws IOException {
    try (Browser browser = new ChromiumEngine().open(options(folder))) {
      assertThat(browser.history()).isEmpty();
      assertThat(processes()).isNotEmpty();
    }
    assertNothingIsLeft();
  }

  @Test
  void nothingIsLeftWhenTheDriverHangs() throws Exception {
    try (Browser browser = new ChromiumEngine().open(options(folder))) {
      assertThat(browser.history()).isEmpty();
      ProcessHandle driver =
          ProcessHandle.current()
              .descendants()
              .filter(process -> commandLine(process.pid()).contains("--port=0"))
              .filter(process -> !commandLine(process.pid()).contains("while read"))
              .findFirst()
              .orElseThrow();
      Process stopped = new ProcessBuilder("kill", "-STOP", Long.toString(driver.pid())).start();
      assertThat(stopped.waitFor()).isZero();
    }
    assertNothingIsLeft();
  }

  @Test
  void nothingIsLeftWhenItsOwnerIsKilled() throws IOException {
    Process owner =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                Owner.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(owner.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("open");
    assertThat(processes()).isNotEmpty();
    owner.destroyForcibly();
    assertNothingIsLeft();
  }

  /** A program that opens a browser and does not come to close it. */
  static final class Owner {
    private Owner() {}

    public static void main(String[] arguments) throws IOException {
      Browser browser = new ChromiumEngine().open(options(Path.of(arguments[0])));
      System.out.println(browser.history().isEmpty() ? "open" : "odd");
      if (System.in.read() < 0) {
        browser.close();
      }
    }
  }

  private static BrowserOptions options(Path folder) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    return new BrowserOptions(Connection.DEFAULT, true, 800, 600, deadline, folder);
  }

  private void assertNothingIsLeft() throws IOException {
    await().atMost(SOON).untilAsserted(() -> assertThat(processes()).isEmpty());
    await().atMost(SOON).untilAsserted(() -> assertThat(folder).isEmptyDirectory());
  }

  /** Of the tests, also where a jar without classes of its own stands for it. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** Those that name the folder on their command line; not the ones that have ended. */
  private List<String> processes() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> name.chars().allMatch(Character::isDigit))
          .map(name -> commandLine(Long.parseLong(name)))
          .map(line -> line.replace((char) 0, (char) 32))
          .filter(line -> line.contains(folder + "/cr"))
          .toList();
    }
  }

  private static String commandLine(long pid) {
    try {
      return Files.readString(
          Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
