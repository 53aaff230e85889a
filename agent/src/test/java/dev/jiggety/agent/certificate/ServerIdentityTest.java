package dev.jiggety.agent.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that others made. */
class ServerIdentityTest {
  @TempDir Path folder;

  @Test
  void keysOfBothUsualKindsAreRead() throws IOException {
    HeldCertificate curve = new HeldCertificate.Builder().addSubjectAlternativeName("a").build();
    HeldCertificate rsa =
        new HeldCertificate.Builder().rsa2048().addSubjectAlternativeName("b").build();
    assertThat(read(curve.certificatePem(), curve.privateKeyPkcs8Pem()).names())
        .containsExactly("a");
    ServerIdentity read = read(rsa.certificatePem(), rsa.privateKeyPkcs8Pem());
    assertThat(read.key().getAlgorithm()).isEqualTo("RSA");
    assertThat(read.toString()).as("no key in it").contains("b").doesNotContain("RSA");
  }

  @Test
  void theFirstEndOfTheChainCounts() throws IOException {
    HeldCertificate authority =
        new HeldCertificate.Builder().certificateAuthority(0).validityInterval(0, 5_000).build();
    HeldCertificate hub =
        new HeldCertificate.Builder().validityInterval(0, 9_000).signedBy(authority).build();
    ServerIdentity read =
        read(hub.certificatePem() + authority.certificatePem(), hub.privateKeyPkcs8Pem());
    assertThat(read.ends()).hasToString("1970-01-01T00:00:05Z");
  }

  @Test
  void whatDoesNotFitIsSaidWithTheRemedy() {
    HeldCertificate one = new HeldCertificate.Builder().rsa2048().build();
    HeldCertificate other = new HeldCertificate.Builder().build();
    refused(one.certificatePem(), other.privateKeyPkcs8Pem(), "is not the key of the first");
    refused(one.certificatePem(), one.privateKeyPkcs1Pem(), "openssl pkcs8 -topk8 -nocrypt");
    refused(one.certificatePem(), "rubbish", "openssl pkcs8 -topk8 -nocrypt");
    refused("rubbish", one.privateKeyPkcs8Pem(), "must be a PEM file with certificates");
    refused(
        one.certificatePem() + other.certificatePem(),
        one.privateKeyPkcs8Pem(),
        "did not sign the one before");
    refused(
        one.certificatePem(),
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        "is damaged");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ServerIdentity.read(folder.resolve("none.pem"), folder.resolve("none")))
        .withMessageContaining("none.pem")
        .withMessageContaining("is the file there");
  }

  private void refused(String certificate, String key, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(certificate, key))
        .withMessageContaining(why)
        .withMessageContaining(folder.toString())
        .withMessageNotContaining("\n");
  }

  private ServerIdentity read(String certificate, String key) throws IOException {
    return ServerIdentity.read(
        Files.writeString(folder.resolve("hub.pem"), certificate),
        Files.writeString(folder.resolve("hub.key"), key));
  }
}
