package dev.jiggety.desktop.view.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.couch.Certificates;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.session.Settings.KnownHub;
import dev.jiggety.desktop.session.SettingsFile;
import dev.jiggety.desktop.testing.Bench;
import dev.jiggety.testing.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthoritiesTest {
  private static final String HUB = "https://hub.example:443";

  @TempDir Path folder;
  @TempDir Path certificates;
  private final Bench bench = new Bench();
  private final List<Session> sessions = new ArrayList<>();
  private Path pem;
  private X509Certificate authority;

  @BeforeEach
  void makeAuthority() {
    pem = TestCertificates.selfSigned(certificates, "dns:hub.example").pem();
    authority = Certificates.read(pem).getFirst();
    bench.hub.showCertificate(authority);
  }

  @Test
  void anAuthorityIsBelievedAfterItsFingerprintWasComparedAndThenAlways() throws IOException {
    ConnectViewModel model = model();
    model.connect(HUB, Optional.empty());
    assertThat(sessions).isEmpty();
    assertThat(model.problemProperty().get()).contains("authority is not known");
    assertThat(model.authorities().fingerprintProperty().get())
        .isEqualTo(Certificates.forPeople(Certificates.fingerprint(authority)));
    model.believe();
    assertThat(sessions).hasSize(1);
    assertThat(model.authorities().fingerprintProperty().get()).isEmpty();
    KnownHub known = new SettingsFile(folder).get().hubs().getFirst();
    assertThat(Files.readString(Path.of(known.authority()))).isEqualTo(Certificates.pem(authority));
    model().connect(known);
    assertThat(sessions).as("the next time nobody is asked").hasSize(2);
    assertThat(bench.unexpected).isEmpty();
  }

  @Test
  void aFileWithTheAuthorityIsEnough() {
    ConnectViewModel model = model();
    model.urlProperty().set(HUB);
    model.authorities().fileProperty().set(pem.toString());
    model.connect();
    assertThat(sessions).hasSize(1);
  }

  @Test
  void aHubThatWasBelievedAndShowsAnotherAuthorityIsNotBelievedByAClick() {
    ConnectViewModel model = model();
    model.connect(HUB, Optional.empty());
    model.believe();
    Path other = certificates.resolve("other");
    assertThat(other.toFile().mkdir()).isTrue();
    bench.hub.showCertificate(
        Certificates.read(TestCertificates.selfSigned(other, "dns:hub.example").pem()).getFirst());
    ConnectViewModel later = model();
    later.connect(new SettingsFile(folder).get().hubs().getFirst());
    assertThat(sessions).hasSize(1);
    assertThat(later.problemProperty().get()).isNotEmpty();
    assertThat(later.authorities().fingerprintProperty().get()).isEmpty();
    later.connect(HUB, Optional.empty());
    assertThat(later.authorities().fingerprintProperty().get()).as("typed anew").isEmpty();
    assertThat(sessions).hasSize(1);
  }

  @Test
  void anAddressWithoutTlsTakesNoFileAlong() {
    ConnectViewModel model = model();
    model.urlProperty().set("http://hub.example");
    model.authorities().fileProperty().set(pem.toString());
    assertThat(Authorities.isTls(model.urlProperty()).get()).isFalse();
    model.connect();
    assertThat(sessions).as("this one wants to be believed").isEmpty();
    assertThat(model.authorities().fingerprintProperty().get()).isEmpty();
  }

  private ConnectViewModel model() {
    return new ConnectViewModel(
        bench.desk, bench.hub, new SettingsFile(folder), bench.keys, sessions::add);
  }
}
