package dev.jiggety.endtoend;

import static dev.jiggety.endtoend.DesktopWindow.fx;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.navigation.EditRequest;
import dev.jiggety.desktop.program.Program;
import dev.jiggety.desktop.program.Trial;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.testing.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hub dies under the hands of somebody who types, and comes back at the same place. */
class HubLostTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String NAME = "Shop: typed while the hub was away";

  @Test
  void whatWasTypedIsInForceOnceTheHubIsBack(@TempDir Path folder) throws Exception {
    Program program = new Program(Headless.script(folder));
    Path data = folder.resolve("trial");
    int port = Ports.free();
    Path key = Files.createDirectories(folder.resolve("settings")).resolve("operator.key");
    Trial first = Trial.start(program, data, port);
    Trial.Ready ready = first.await(_ -> {});
    Files.copy(ready.operatorKey(), key);
    try (DesktopWindow window = new DesktopWindow(folder.resolve("settings"), key, 1280, 800)) {
      fx(() -> {
        window.shell().connect(ready.hub(), Optional.empty());
        return true;
      });
      window.awaitThat("the tests are known", PATIENCE, () -> known(window, 11));
      fx(() -> {
        window.shell().edit(new EditRequest.Create());
        return true;
      });
      window.fill("name", NAME);
      first.kill();
      window.awaitThat(
          "the status bar says that the hub is away",
          PATIENCE,
          () -> !window.visible("#status:away").isEmpty());
      window.fill("url", "http://127.0.0.1:" + port + "/");
      window.fill("every", "2s");
      try (Trial again = Trial.start(program, data, port)) {
        again.await(_ -> {});
        window.awaitThat(
            "the hub is heard again", PATIENCE, () -> window.visible("#status:away").isEmpty());
        TextField name = window.find("name", TextField.class);
        String typed = fx(name::getText);
        assertThat(typed).isEqualTo(NAME);
        Button save = window.find("save", Button.class);
        window.awaitThat("it can be saved", PATIENCE, () -> !save.isDisabled());
        window.press("save");
        window.awaitThat("the test that was typed is in force", PATIENCE, () -> known(window, 12));
        assertThat(window.unexpected()).isEmpty();
      }
    } finally {
      first.kill();
    }
  }

  private static boolean known(DesktopWindow window, int tests) {
    return window
        .shell()
        .session()
        .map(Session::feed)
        .filter(feed -> feed.picture().tests().size() == tests)
        .isPresent();
  }
}
