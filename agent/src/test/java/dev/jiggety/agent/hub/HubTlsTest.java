package dev.jiggety.agent.hub;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.jiggety.agent.certificate.CertificateFolder;
import dev.jiggety.agent.hub.HubConfig.Wire;
import dev.jiggety.base.Secret;
import dev.jiggety.couch.Certificates;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.Outcome;
import dev.jiggety.couch.ServerCertificates;
import dev.jiggety.couch.TlsTrust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubTlsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void aHubWithACertificateOfItsOwnAuthorityIsBelievedByThoseWhoAreToldTo() throws Exception {
    CertificateFolder files = certificates();
    try (HubFixture hub = start(files.certificate(), files.key());
        Hub friend = open(hub, TlsTrust.only(files.authority()));
        Hub stranger = open(hub, TlsTrust.PLATFORM)) {
      assertThat(hub.hub.url().toString()).startsWith("https://127.0.0.1:");
      assertThat(friend.welcome().isOk()).isTrue();
      assertThat(friend.database("shop").create().isOk()).isTrue();
      JsonObject large = new JsonObject();
      large.addProperty("_id", "large");
      large.addProperty("text", "x".repeat(300_000));
      assertThat(friend.database("shop").put(large).isOk()).isTrue();
      assertThat(friend.database("shop").get("large").ok().orElseThrow().get("text"))
          .isEqualTo(large.get("text"));
      away(stranger, "this machine does not know its authority", "--ca FILE");
    }
  }

  @Test
  void itsChainIsShownSoThatTheAuthorityCanBeComparedAndPinned() throws Exception {
    CertificateFolder files = certificates();
    try (HubFixture hub = start(files.certificate(), files.key())) {
      HubAddress address = address(hub, "https");
      List<X509Certificate> shown =
          ServerCertificates.shownBy(address, HubOptions.DEFAULT).ok().orElseThrow();
      String wanted = Certificates.fingerprint(Certificates.read(files.authority()).getFirst());
      X509Certificate found = Certificates.find(shown, wanted).orElseThrow();
      Path pinned = Files.writeString(folder.resolve("pinned.pem"), Certificates.pem(found));
      try (Hub friend = open(hub, TlsTrust.only(pinned))) {
        assertThat(friend.welcome().isOk()).isTrue();
      }
      assertThat(Certificates.find(shown, "00".repeat(32))).isEmpty();
      assertThat(ServerCertificates.stranger(address, HubOptions.DEFAULT)).contains(found);
      assertThat(
              ServerCertificates.stranger(
                  address, HubOptions.DEFAULT.withTrust(TlsTrust.only(pinned))))
          .isEmpty();
    }
  }

  @Test
  void aRenewedCertificateIsShownWithoutARestartAndOneThatIsBadIsNot() throws Exception {
    CertificateFolder files = certificates();
    try (HubFixture hub = start(files.certificate(), files.key());
        Hub friend = open(hub, TlsTrust.only(files.authority()))) {
      String first = shown(hub);
      assertThat(friend.welcome().isOk()).isTrue();
      files.provision(List.of(), true, Instant.now());
      await().atMost(PATIENCE).until(() -> !shown(hub).equals(first));
      assertThat(friend.welcome().isOk()).isTrue();
      String second = shown(hub);

      String good = Files.readString(files.certificate());
      Files.writeString(files.certificate(), "half a certif");
      await().atMost(PATIENCE).until(() -> !hub.hub.certificateProblem().isEmpty());
      assertThat(hub.hub.certificateProblem())
          .get()
          .asString()
          .contains("the old one", files.certificate().toString());
      assertThat(shown(hub)).isEqualTo(second);
      try (Hub other = open(hub, TlsTrust.only(files.authority()))) {
        assertThat(other.welcome().isOk()).isTrue();
      }
      Files.writeString(files.certificate(), good + "\n");
      await().atMost(PATIENCE).until(() -> hub.hub.certificateProblem().isEmpty());
    }
  }

  @Test
  void aClientTakesANewAuthorityFromItsFileWithoutARestart() throws Exception {
    CertificateFolder old = certificates();
    CertificateFolder next = new CertificateFolder(folder.resolve("next"));
    next.provision(List.of("127.0.0.1"), false, Instant.now());
    Path both = folder.resolve("both.pem");
    Files.copy(old.authority(), both);
    try (HubFixture hub = start(next.certificate(), next.key());
        Hub client = open(hub, TlsTrust.only(both))) {
      away(client, "does not go back to the authority in " + both, "somebody stands between");
      Files.writeString(
          both, Files.readString(old.authority()) + Files.readString(next.authority()));
      assertThat(client.welcome().isOk()).isTrue();
      Files.delete(both);
      try (Hub again = open(hub, TlsTrust.only(next.authority()))) {
        assertThat(again.welcome().isOk()).isTrue();
      }
      assertThat(client.welcome().isOk()).as("what was read before goes on").isTrue();
    }
  }

  @Test
  void eachWayOfBeingWrongHasItsOwnLine() throws Exception {
    Instant now = Instant.now();
    HeldCertificate authority = new HeldCertificate.Builder().certificateAuthority(0).build();
    Path pem = Files.writeString(folder.resolve("ca.pem"), authority.certificatePem());
    Duration day = Duration.ofDays(1);
    refused(authority, pem, "127.0.0.1", now.minus(day), now.minusSeconds(60), "has ended at");
    refused(authority, pem, "127.0.0.1", now.plus(day), now.plus(day), "set the clocks");
    refused(authority, pem, "other.example", now, now.plus(day), "for another name", "--host");
  }

  @Test
  void aCertificateThatIsPinnedItselfIsNotBelievedAfterItsEnd() throws Exception {
    HeldCertificate own =
        new HeldCertificate.Builder()
            .addSubjectAlternativeName("127.0.0.1")
            .validityInterval(0, 1_000)
            .build();
    Path certificate = Files.writeString(folder.resolve("own.pem"), own.certificatePem());
    Path key = Files.writeString(folder.resolve("own.key"), own.privateKeyPkcs8Pem());
    try (HubFixture hub = start(certificate, key);
        Hub client = open(hub, TlsTrust.only(certificate))) {
      away(client, "has ended at 1970-01-01T00:00:01Z", "renew it");
      assertThat(hub.hub.certificateEnds()).contains(Instant.ofEpochSecond(1));
    }
  }

  @Test
  void plainHttpIsAnsweredWithALineAndNothingElse() throws Exception {
    CertificateFolder files = certificates();
    try (HubFixture hub = start(files.certificate(), files.key());
        Hub plain = Hub.open(address(hub, "http"), HubOptions.DEFAULT)) {
      assertThat(plain.welcome())
          .isInstanceOfSatisfying(
              Outcome.Refused.class,
              no -> assertThat(no.inWords()).contains("write https instead of http"));
      assertThat(plain.database("shop").create().isOk()).isFalse();
      assertThat(hub.databases.list()).doesNotContain("shop");
    }
    try (HubFixture hub = new HubFixture(folder.resolve("plain"));
        Hub tls = Hub.open(address(hub, "https"), HubOptions.DEFAULT)) {
      away(tls, "write http instead of https");
    }
  }

  @Test
  void oldVersionsOfTlsAreNotSpoken() throws Exception {
    CertificateFolder files = certificates();
    try (HubFixture hub = start(files.certificate(), files.key());
        SSLSocket old =
            (SSLSocket)
                SSLContext.getDefault()
                    .getSocketFactory()
                    .createSocket(InetAddress.getLoopbackAddress(), hub.hub.port())) {
      old.setEnabledProtocols(new String[] {"TLSv1.2"});
      old.setEnabledCipherSuites(new String[] {"TLS_RSA_WITH_AES_128_CBC_SHA"});
      assertThat(catchThrowableOfType(SSLException.class, old::startHandshake)).isNotNull();
    }
  }

  @Test
  void whoBeginsTlsAndNeverEndsIsCutAndWhoHasFinishedIsNot() throws Exception {
    CertificateFolder files = certificates();
    try (HubFixture hub =
            new HubFixture(
                folder.resolve("hub"),
                c ->
                    tls(c, files.certificate(), files.key())
                        .withLimits(HubConfig.Limits.DEFAULT.withTimes(60_000, 500)));
        Socket friend = believing(files).createSocket("127.0.0.1", hub.hub.port());
        Socket slow = new Socket(InetAddress.getLoopbackAddress(), hub.hub.port())) {
      assertThat(statusLine(friend)).contains("200");
      // The beginning of a greeting of 512 bytes.
      slow.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3});
      slow.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
      assertThat(slow.getInputStream().read()).as("cut").isEqualTo(-1);
      assertThat(statusLine(friend)).as("on the same connection").contains("200");
    }
  }

  private static SocketFactory believing(CertificateFolder files) {
    return new HandshakeCertificates.Builder()
        .addTrustedCertificate(Certificates.read(files.authority()).getFirst())
        .build()
        .sslSocketFactory();
  }

  /** Asks for something without a body and reads the whole answer. */
  private static String statusLine(Socket socket) throws IOException {
    socket.getOutputStream().write("HEAD / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(US_ASCII));
    StringBuilder answer = new StringBuilder();
    while (!answer.toString().endsWith("\r\n\r\n")) {
      int next = socket.getInputStream().read();
      assertThat(next).as("cut after: " + answer).isNotEqualTo(-1);
      answer.append((char) next);
    }
    return answer.toString().lines().findFirst().orElseThrow();
  }

  @Test
  void othersReachAPlainHubOnlyWhereThatWasSaidOnPurpose() {
    var problem =
        catchThrowableOfType(
            HubStartException.class, () -> new HubFixture(folder, c -> administered(c)).close());
    assertThat(problem.kind()).isEqualTo(HubStartException.Kind.TLS_NEEDED);
    assertThat(problem.getMessage())
        .contains("--tls-certificate", "provision --tls", "--plain-http")
        .doesNotContain("\n");
    try (HubFixture hub =
        new HubFixture(folder, c -> administered(c).withWire(new Wire.PlainForAll()))) {
      assertThat(hub.hub.url()).hasScheme("http");
    }
  }

  @Test
  void aHubDoesNotStartWithACertificateThatCannotBeUsed() {
    var problem =
        catchThrowableOfType(
            HubStartException.class,
            () -> start(folder.resolve("none.pem"), folder.resolve("none.key")).close());
    assertThat(problem.kind()).isEqualTo(HubStartException.Kind.CERTIFICATE);
    assertThat(problem).hasMessageContaining("none.pem");
  }

  private static HubConfig administered(HubConfig config) {
    return HubFixture.quickPasswords(config)
        .withBind("0.0.0.0")
        .withAdmin("root", Secret.of("long enough"));
  }

  private void refused(
      HeldCertificate authority, Path pem, String name, Instant begin, Instant end, String... why)
      throws IOException {
    HeldCertificate held =
        new HeldCertificate.Builder()
            .signedBy(authority)
            .addSubjectAlternativeName(name)
            .validityInterval(begin.toEpochMilli(), end.toEpochMilli())
            .build();
    Path certificate = Files.writeString(folder.resolve("wrong.pem"), held.certificatePem());
    Path key = Files.writeString(folder.resolve("wrong.key"), held.privateKeyPkcs8Pem());
    try (HubFixture hub = start(certificate, key);
        Hub client =
            Hub.open(
                HubAddress.parse("https://127.0.0.1:" + hub.hub.port(), Optional.empty()),
                HubOptions.DEFAULT.withTrust(TlsTrust.only(pem)))) {
      away(client, why);
    }
  }

  private static void away(Hub hub, String... words) {
    assertThat(hub.welcome())
        .isInstanceOfSatisfying(
            Outcome.Unavailable.class,
            away -> assertThat(away.reason()).contains(words).doesNotContain("\n"));
  }

  private String shown(HubFixture hub) {
    return ServerCertificates.shownBy(address(hub, "https"), HubOptions.DEFAULT)
        .map(chain -> Certificates.fingerprint(chain.getFirst()))
        .ok()
        .orElseThrow();
  }

  private CertificateFolder certificates() throws IOException {
    CertificateFolder files = new CertificateFolder(folder.resolve("tls"));
    files.provision(List.of("hub.example"), false, Instant.now());
    return files;
  }

  private HubFixture start(Path certificate, Path key) {
    return new HubFixture(folder.resolve("hub"), c -> tls(c, certificate, key));
  }

  private static HubConfig tls(HubConfig config, Path certificate, Path key) {
    return config.withWire(new Wire.Tls(certificate, key));
  }

  private static HubAddress address(HubFixture hub, String scheme) {
    return HubAddress.parse(scheme + "://127.0.0.1:" + hub.hub.port(), Optional.empty());
  }

  private static Hub open(HubFixture hub, TlsTrust trust) {
    return Hub.open(address(hub, "https"), HubOptions.DEFAULT.withTrust(trust));
  }
}
