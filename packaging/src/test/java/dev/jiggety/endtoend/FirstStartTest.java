package dev.jiggety.endtoend;

import static dev.jiggety.endtoend.DesktopWindow.fx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jiggety.desktop.program.Program;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.model.Verdict;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody opens the desktop for the first time, and has a first verdict without having installed
 * anything: the hub, the manager, the node and the shop are the real child process.
 */
class FirstStartTest {
  private static final Duration STARTING = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @BeforeEach
  void install() throws Exception {
    System.setProperty(Program.PROPERTY, Headless.script(folder).toString());
  }

  @AfterEach
  void uninstall() {
    System.clearProperty(Program.PROPERTY);
  }

  @Test
  void firstStartToFirstVerdict() throws Exception {
    Path settings = folder.resolve("settings");
    URI hub;
    try (DesktopWindow window =
        new DesktopWindow(settings, settings.resolve("operator.key"), 1280, 800)) {
      Pictures.take(window, "first-start");
      window.press("tryHere");
      window.awaitThat(
          "the shop's tests have verdicts",
          STARTING,
          () ->
              window
                  .shell()
                  .session()
                  .map(Session::feed)
                  .filter(feed ->
                      feed.picture().tests().size() == 11
                          && feed.picture().tests().stream()
                                  .filter(test -> test.verdict() == Verdict.UP)
                                  .count()
                              >= 6)
                  .isPresent());
      window.awaitThat("and they are seen", () -> window.shown("Shop: home page") >= 1);
      Pictures.take(window, "first-verdicts");
      hub = fx(() -> URI.create(window.shell().session().orElseThrow().hub().url()));
      assertThat(window.unexpected()).isEmpty();
    }
    await("what was started ends with the window")
        .atMost(STARTING)
        .until(() -> !Headless.isListening(hub));
    assertThat(settings.resolve("trial")).as("what was done is kept").isNotEmptyDirectory();
  }
}
