package dev.jiggety.agent.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Connection;
import dev.jiggety.model.Connection.Family;
import dev.jiggety.model.Connection.Version;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Phase;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocket;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Protocol;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Versions of HTTP, and clients that show who they are. */
class Http2AndKeysTest {
  private static final HeldCertificate ROOT =
      new HeldCertificate.Builder().certificateAuthority(0).build();
  private static final HeldCertificate SITE =
      new HeldCertificate.Builder().addSubjectAlternativeName("localhost").signedBy(ROOT).build();
  private static final HeldCertificate ANN =
      new HeldCertificate.Builder().commonName("ann").rsa2048().signedBy(ROOT).build();
  private static final HandshakeCertificates TLS =
      new HandshakeCertificates.Builder()
          .heldCertificate(SITE, ROOT.certificate())
          .addTrustedCertificate(ROOT.certificate())
          .build();

  private final NameResolver resolver =
      new NameResolver(host -> List.of(InetAddress.getLoopbackAddress()), System::nanoTime);
  private final Tls trusting =
      new Tls(
          new HandshakeCertificates.Builder()
              .addTrustedCertificate(ROOT.certificate())
              .build()
              .trustManager());
  private final HopClient client = new HopClient(resolver, trusting, System::nanoTime);
  private final MockWebServer server = new MockWebServer();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void http2WhereTheServerOffersIt() throws IOException {
    secure();
    assertThat(send(Version.AUTO, "https").protocol()).isEqualTo("h2");
    assertThat(send(Version.HTTP_2, "https").protocol()).isEqualTo("h2");
    assertThat(send(Version.HTTP_1_1, "https").protocol()).isEqualTo("http/1.1");
  }

  @Test
  void aServerWithoutHttp2IsAskedForNothingElse() throws IOException {
    server.setProtocols(List.of(Protocol.HTTP_1_1));
    secure();
    assertThat(send(Version.AUTO, "https").protocol()).isEqualTo("http/1.1");
    HopAnswer answer = send(Version.HTTP_2, "https");
    assertThat(answer.failure().kind()).isEqualTo(ErrorKind.PROTOCOL);
    assertThat(answer.failure().text()).contains("does not speak HTTP/2");
  }

  @Test
  void http2WithPriorKnowledge() throws IOException {
    server.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
    server.enqueue(new MockResponse.Builder().body("hello").build());
    server.start();
    HopAnswer answer = send(Version.HTTP_2, "http");
    assertThat(answer.failure()).isNull();
    assertThat(answer.protocol()).isEqualTo("h2");
    assertThat(answer.body().text()).isEqualTo("hello");
    assertThat(answer.phases().nanos(Phase.WAIT)).isPositive();
  }

  @Test
  void everyHttp2RequestHasAConnectionOfItsOwn() throws IOException {
    secure();
    for (int i = 0; i < 3; i++) {
      assertThat(send(Version.AUTO, "https").phases().nanos(Phase.SSL)).isPositive();
    }
  }

  @Test
  void aBrowserKeepsItsConnection() throws IOException {
    for (int i = 0; i < 2; i++) {
      server.enqueue(new MockResponse.Builder().body("part " + i).build());
    }
    server.start();
    HopOptions browser =
        new HopOptions(Connection.DEFAULT, true, HopOptions.KEPT, HopOptions.LARGEST);
    try (HopSession session = client.session(browser)) {
      HopAnswer first = session.send(HopRequest.get(url("http")), soon());
      HopAnswer second = session.send(HopRequest.get(url("http")), soon());
      assertThat(first.phases().nanos(Phase.CONNECT)).isPositive();
      assertThat(second.failure()).isNull();
      assertThat(second.phases().happened())
          .doesNotContainKeys(Phase.DNS, Phase.CONNECT)
          .containsKeys(Phase.SEND, Phase.WAIT, Phase.RECEIVE);
    }
  }

  @Test
  void theClientShowsItsCertificate() throws Exception {
    server.requireClientAuth();
    secure();
    HopAnswer answer = send(with(ANN.certificatePem(), ANN.privateKeyPkcs8Pem()), "https");
    assertThat(answer.failure()).isNull();
    assertThat(server.takeRequest().getHandshake().peerPrincipal().getName()).contains("CN=ann");
  }

  @Test
  void aServerThatWantsACertificateAndGetsNone() throws IOException {
    server.requireClientAuth();
    secure();
    HopAnswer answer = send(Version.AUTO, "https");
    assertThat(answer.failure().kind()).isIn(ErrorKind.TLS, ErrorKind.RESET);
  }

  @Test
  void whoSpeaksSomethingElseThanHttpUsesTheDialler() throws IOException {
    server.setProtocols(List.of(Protocol.HTTP_1_1));
    secure();
    Dialler dialler = new Dialler(resolver, trusting, System::nanoTime);
    for (boolean socks : new boolean[] {false, true}) {
      try (SmallProxy proxy = new SmallProxy(socks, "ann", "x")) {
        Connection via =
            new Connection(
                Version.AUTO, Family.ANY, null, null, proxy.url("ann:x@"), null, null, null);
        PhaseClock clock = new PhaseClock(System.nanoTime());
        try (SSLSocket socket =
            dialler.secure(
                via,
                dialler.connect(via, "localhost", server.getPort(), soon(), clock),
                "localhost",
                server.getPort(),
                soon(),
                clock)) {
          assertThat(Tls.facts(socket.getSession()).hosts()).containsExactly("localhost");
          assertThat(proxy.asked()).containsExactly("localhost:" + server.getPort());
          assertThat(clock.phases().happened()).containsKeys(Phase.CONNECT, Phase.SSL);
        }
      }
    }
  }

  private void secure() throws IOException {
    for (int i = 0; i < 3; i++) {
      server.enqueue(new MockResponse.Builder().body("hello").build());
    }
    server.useHttps(TLS.sslSocketFactory());
    server.start();
  }

  private HopAnswer send(Version version, String scheme) {
    return send(new Connection(version, Family.ANY, null, null, null, null, null, null), scheme);
  }

  private HopAnswer send(Connection connection, String scheme) {
    HopOptions options = new HopOptions(connection, false, HopOptions.KEPT, HopOptions.LARGEST);
    try (HopSession session = client.session(options)) {
      return session.send(HopRequest.get(url(scheme)), soon());
    }
  }

  private String url(String scheme) {
    return scheme + "://localhost:" + server.getPort() + "/";
  }

  private static Deadline soon() {
    return Deadline.after(System.nanoTime(), Duration.ofSeconds(10));
  }

  private static Connection with(String certificate, String key) {
    return new Connection(Version.AUTO, Family.ANY, null, null, null, null, certificate, key);
  }
}
