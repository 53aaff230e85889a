package dev.jiggety.desktop.view.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.couch.Credentials;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.session.Settings.KnownHub;
import dev.jiggety.desktop.session.SettingsFile;
import dev.jiggety.desktop.testing.Bench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectViewModelTest {
  @TempDir Path folder;
  private final Bench bench = new Bench();
  private final List<Session> sessions = new ArrayList<>();
  private ConnectViewModel model;

  @BeforeEach
  void make() {
    model = model();
  }

  @Test
  void connectsAndRemembersHubAndUserButNoPassword() throws IOException {
    bench.hub.askFor("ann", "s3cret-word");
    model.urlProperty().set("127.0.0.1");
    model.userProperty().set("ann");
    model.passwordProperty().set("s3cret-word");
    model.connect();
    assertThat(sessions).hasSize(1);
    assertThat(model.passwordProperty().get()).isEmpty();
    assertThat(model.busyProperty().get()).isFalse();
    assertThat(Files.readString(folder.resolve("desktop.json")))
        .contains("http://127.0.0.1:5984", "ann")
        .doesNotContain("s3cret-word");
    assertThat(model().hubs()).containsExactly(new KnownHub("http://127.0.0.1:5984", "ann"));
  }

  @Test
  void leavesNoTraceWhenAskedTo() {
    model.rememberProperty().set(false);
    model.urlProperty().set("127.0.0.1");
    model.connect();
    assertThat(sessions).hasSize(1);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void saysInOneLineWhatIsWrong() {
    bench.hub.askFor("ann", "s3cret-word");
    model.connect("127.0.0.1", Optional.of(Credentials.of("ann", "guess")));
    assertThat(model.problemProperty().get()).contains("password is wrong").doesNotContain("\n");
    model.connect("127.0.0.1", Optional.empty());
    assertThat(model.problemProperty().get()).contains("give user and password");
    bench.hub.goAway();
    model.connect("127.0.0.1", Optional.of(Credentials.of("ann", "s3cret-word")));
    assertThat(model.problemProperty().get()).contains("Cannot reach http://127.0.0.1:5984");
    model.connect("ftp://x", Optional.empty());
    assertThat(model.problemProperty().get()).contains("not the address of a hub");
    model.connect("http://ann:s3cret-word@x", Optional.empty());
    assertThat(model.problemProperty().get()).contains("own fields").doesNotContain("s3cret");
    assertThat(sessions).isEmpty();
    assertThat(bench.hub.connections()).isZero();
    assertThat(bench.unexpected).isEmpty();
  }

  private ConnectViewModel model() {
    return new ConnectViewModel(
        bench.desk, bench.hub, new SettingsFile(folder), bench.keys, sessions::add);
  }
}
