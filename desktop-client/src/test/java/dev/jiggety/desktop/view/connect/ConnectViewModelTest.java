package dev.jiggety.desktop.view.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.base.Secret;
import dev.jiggety.couch.Credentials;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.session.Settings.KnownHub;
import dev.jiggety.desktop.session.SettingsFile;
import dev.jiggety.desktop.system.Vault;
import dev.jiggety.desktop.testing.Bench;
import dev.jiggety.desktop.testing.FakeVault;
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
  private static final KnownHub ANNS = new KnownHub("http://127.0.0.1:5984", "ann");

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

  @Test
  void aPasswordIsKeptWhereThatIsWantedAndUsedTheNextTime() throws IOException {
    bench.hub.askFor("ann", "s3cret-word");
    FakeVault vault = new FakeVault(Vault.State.SYSTEM);
    ConnectViewModel first = model(vault);
    first.choose(ANNS);
    first.passwords().keepProperty().set(true);
    first.passwordProperty().set("s3cret-word");
    first.connect();
    assertThat(sessions).hasSize(1);
    ConnectViewModel later = model(vault);
    assertThat(later.passwords().keptProperty().get()).isTrue();
    later.connect(ANNS);
    assertThat(sessions).as("without typing").hasSize(2);
    later.passwords().keepProperty().set(false);
    later.connect();
    assertThat(vault.kept).as("no longer wanted").isEmpty();
    assertThat(Files.readString(folder.resolve("desktop.json"))).doesNotContain("s3cret-word");
  }

  @Test
  void aPasswordThatNobodyWantedKeptIsNot() throws IOException {
    bench.hub.askFor("ben", "0ther-word");
    FakeVault vault = new FakeVault(Vault.State.SYSTEM);
    ConnectViewModel model = model(vault);
    model.choose(ANNS);
    model.passwords().keepProperty().set(true);
    model.connect("http://127.0.0.1:5984", Optional.of(Credentials.of("ben", "0ther-word")));
    assertThat(sessions).hasSize(1);
    assertThat(vault.kept).isEmpty();
  }

  @Test
  void anotherHubWaitsForItsPasswordWhereNoneIsKept() {
    ConnectViewModel model = model(new FakeVault(Vault.State.SYSTEM));
    model.connect(ANNS);
    assertThat(sessions).isEmpty();
    assertThat(model.urlProperty().get()).isEqualTo(ANNS.url());
    assertThat(model.userProperty().get()).isEqualTo("ann");
    model.connect(new KnownHub("http://127.0.0.1:5984", ""));
    assertThat(sessions).as("a hub without users").hasSize(1);
  }

  @Test
  void aSealedFileAsksForItsPassphraseFirst() {
    bench.hub.askFor("ann", "s3cret-word");
    FakeVault vault = new FakeVault(Vault.State.LOCKED);
    vault.kept.put(new Vault.Account(ANNS.url(), "ann"), Secret.of("s3cret-word"));
    ConnectViewModel model = model(vault);
    model.choose(ANNS);
    model.passwords().keepProperty().set(true);
    model.connect();
    assertThat(model.problemProperty().get()).contains("passphrase");
    model.passwords().passphraseProperty().set("wrong");
    model.connect();
    assertThat(model.problemProperty().get()).contains("does not open");
    model.passwords().passphraseProperty().set(FakeVault.PASSPHRASE);
    model.connect();
    assertThat(sessions).hasSize(1);
    assertThat(model.passwords().passphraseProperty().get()).isEmpty();
    assertThat(bench.unexpected).isEmpty();
  }

  @Test
  void aPasswordThatCannotBeKeptIsNoReasonNotToConnect() {
    FakeVault vault = new FakeVault(Vault.State.SYSTEM);
    vault.broken = true;
    ConnectViewModel model = model(vault);
    model.choose(ANNS);
    model.passwords().keepProperty().set(true);
    model.passwordProperty().set("x");
    model.connect();
    assertThat(sessions).hasSize(1);
    assertThat(bench.said).singleElement().asString().contains("not remembered", "is full");
  }

  private ConnectViewModel model(Vault vault) {
    return new ConnectViewModel(
        bench.desk, bench.hub, new SettingsFile(folder), bench.keys, vault, sessions::add);
  }

  private ConnectViewModel model() {
    return new ConnectViewModel(
        bench.desk, bench.hub, new SettingsFile(folder), bench.keys, sessions::add);
  }
}
