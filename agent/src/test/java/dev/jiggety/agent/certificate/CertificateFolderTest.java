package dev.jiggety.agent.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.jiggety.agent.certificate.CertificateFolder.Change;
import dev.jiggety.agent.certificate.CertificateFolder.Issued;
import dev.jiggety.couch.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateFolderTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path temporary;
  private Path folder;
  private CertificateFolder files;

  @BeforeEach
  void begin() {
    folder = temporary.resolve("tls");
    files = new CertificateFolder(folder);
  }

  @Test
  void theHubsCertificateIsForItsNamesAndGoesBackToTheAuthority() throws Exception {
    Issued made = provision(NOW, "Hub.Example.org", "10.0.0.5", "[2001:db8::1]");
    assertThat(made.change()).isEqualTo(Change.MADE);
    assertThat(made.identity().names())
        .contains("hub.example.org", "10.0.0.5", "2001:db8:0:0:0:0:0:1", "localhost", "127.0.0.1");
    assertThat(made.identity().ends()).isEqualTo(NOW.plus(CertificateFolder.HUB_LIFE));
    X509Certificate authority = Certificates.read(files.authority()).getFirst();
    assertThat(made.fingerprint()).isEqualTo(Certificates.fingerprint(authority));
    assertThat(Certificates.find(made.identity().chain(), made.fingerprint())).contains(authority);
    validate(made, authority, NOW.plusSeconds(1));
  }

  /** What strict clients (OpenSSL with x509_strict, Python 3.13, Apple) look for. */
  @Test
  void whatStrictClientsLookForIsThere() throws Exception {
    Issued made = provision(NOW, "hub.example.org");
    X509Certificate hub = made.identity().chain().getFirst();
    X509Certificate authority = made.identity().chain().getLast();
    assertThat(hub.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.15", "2.5.29.19");
    assertThat(hub.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(hub.getBasicConstraints()).as("no authority").isEqualTo(-1);
    assertThat(hub.getKeyUsage())
        .as("signatures, and nothing else")
        .containsExactly(true, false, false, false, false, false, false, false, false);
    assertThat(authority.getBasicConstraints()).as("none below it").isZero();
    assertThat(authority.getKeyUsage()[5]).as("signs certificates").isTrue();
    byte[] subjectKey = authority.getExtensionValue("2.5.29.14");
    byte[] authorityKey = hub.getExtensionValue("2.5.29.35");
    assertThat(authorityKey).endsWith(Arrays.copyOfRange(subjectKey, 4, 24));
    assertThat(hub.getSerialNumber().bitLength()).isBetween(64, 159);
    assertThat(hub.getSigAlgName()).isEqualTo("SHA256withECDSA");
  }

  @Test
  void keysAreForTheirOwnerAlone() throws IOException {
    provision(NOW, "hub");
    assertThat(rights(folder.resolve("authority"))).isEqualTo("rwx------");
    assertThat(rights(folder.resolve("authority/authority.key"))).isEqualTo("rw-------");
    assertThat(rights(files.key())).isEqualTo("rw-------");
    assertThat(rights(files.authority())).isEqualTo("rw-r--r--");
    assertThat(rights(files.certificate())).isEqualTo("rw-r--r--");
  }

  @Test
  void itIsRenewedByTheSameAuthorityWhenAThirdIsLeftAndNotBefore() throws Exception {
    Issued first = provision(NOW, "hub");
    Instant third = first.identity().ends().minus(CertificateFolder.RENEW_BEFORE);
    assertThat(provision(third.minusSeconds(1)).change()).isEqualTo(Change.KEPT);
    Issued second = provision(third);
    assertThat(second.change()).isEqualTo(Change.RENEWED);
    assertThat(second.fingerprint()).isEqualTo(first.fingerprint());
    assertThat(second.identity().names()).isEqualTo(first.identity().names());
    assertThat(second.identity().ends()).isEqualTo(third.plus(CertificateFolder.HUB_LIFE));
    assertThat(second.identity().key())
        .as("a hub that starts in between finds a pair")
        .isEqualTo(first.identity().key());
    assertThat(second.identity().chain().getFirst().getSerialNumber())
        .isNotEqualTo(first.identity().chain().getFirst().getSerialNumber());
    validate(second, first.identity().chain().getLast(), third.plusSeconds(1));
  }

  @Test
  void otherNamesAndAWishRenewAtOnce() throws IOException {
    provision(NOW, "hub");
    assertThat(provision(NOW, "hub").change()).isEqualTo(Change.KEPT);
    assertThat(provision(NOW, "hub", "hub.example").change()).isEqualTo(Change.RENEWED);
    assertThat(files.provision(List.of(), true, NOW).change()).isEqualTo(Change.RENEWED);
  }

  @Test
  void aNewKeyComesWhereTheOldOneIsGone() throws IOException {
    Issued first = provision(NOW, "hub");
    Files.delete(files.key());
    Issued second = provision(NOW);
    assertThat(second.identity().key()).isNotEqualTo(first.identity().key());
    assertThat(second.fingerprint()).isEqualTo(first.fingerprint());
    assertThat(second.identity().names()).isEqualTo(first.identity().names());
  }

  @Test
  void withoutItsAuthorityNothingIsRenewedAndNoOtherIsMade() throws IOException {
    provision(NOW, "hub");
    Path elsewhere = Files.move(folder.resolve("authority"), temporary.resolve("elsewhere"));
    assertThat(provision(NOW).change()).as("not needed now").isEqualTo(Change.KEPT);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> files.provision(List.of(), true, NOW))
        .withMessageContaining("bring that folder back");
    Files.move(elsewhere, folder.resolve("authority"));
    assertThat(files.provision(List.of(), true, NOW).change()).isEqualTo(Change.RENEWED);
  }

  @Test
  void noCertificateOutlivesItsAuthority() throws IOException {
    provision(NOW, "hub");
    Instant late = NOW.plus(CertificateFolder.AUTHORITY_LIFE).minus(Duration.ofDays(10));
    assertThat(provision(late).identity().ends()).isEqualTo(late.plus(Duration.ofDays(10)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> provision(late.plus(Duration.ofDays(11))))
        .withMessageContaining("has ended");
  }

  @Test
  void whatCannotBeIsSaidInOneLine() throws IOException {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> provision(NOW))
        .withMessageContaining("--host");
    for (String bad : List.of("https://hub", "hub:5984", "a b", "300.1.1.1", "", "-x")) {
      assertThatIllegalArgumentException()
          .as(bad)
          .isThrownBy(() -> provision(NOW, bad))
          .withMessageContaining("no name of a host")
          .withMessageNotContaining("\n");
    }
    assertThat(folder).doesNotExist();
    provision(NOW, "hub");
    Path key = folder.resolve("authority/authority.key");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> files.provision(List.of(), true, NOW))
        .withMessageContaining("chmod 600");
  }

  private Issued provision(Instant now, String... hosts) throws IOException {
    return files.provision(List.of(hosts), false, now);
  }

  private static String rights(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static void validate(Issued issued, X509Certificate authority, Instant at)
      throws GeneralSecurityException {
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(at));
    CertPathValidator.getInstance("PKIX")
        .validate(
            CertificateFactory.getInstance("X.509")
                .generateCertPath(List.of(issued.identity().chain().getFirst())),
            parameters);
  }
}
