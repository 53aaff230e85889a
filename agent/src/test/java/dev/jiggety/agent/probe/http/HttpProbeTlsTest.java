package dev.jiggety.agent.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.agent.exchange.FaultServer;
import dev.jiggety.agent.exchange.HopClient;
import dev.jiggety.agent.exchange.NameResolver;
import dev.jiggety.agent.exchange.Tls;
import dev.jiggety.agent.probe.Probe;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Check;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Sample;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpProbeTlsTest {
  private static final HeldCertificate ROOT =
      new HeldCertificate.Builder().certificateAuthority(0).duration(400, TimeUnit.DAYS).build();
  private static final HandshakeCertificates CLIENT =
      new HandshakeCertificates.Builder().addTrustedCertificate(ROOT.certificate()).build();

  private final HttpProbe probe =
      new HttpProbe(
          new HopClient(
              new NameResolver(host -> List.of(InetAddress.getLoopbackAddress()), System::nanoTime),
              new Tls(CLIENT.trustManager()),
              System::nanoTime),
          System::nanoTime,
          InstantSource.system());
  private FaultServer server;

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void theHandshakeIsAPhaseOfItsOwn() {
    server = new FaultServer(this::ok, factory(forLocalhost()), Duration.ofMillis(50));
    for (int i = 0; i < 2; i++) { // the second one must not resume the session of the first
      Sample sample = measure(Duration.ofSeconds(10), List.of());
      assertThat(sample.passed()).as("%s", sample.failure()).isTrue();
      ProbeAgainstFaults.assertAtLeast(sample, Phase.SSL, 50);
      ProbeAgainstFaults.assertAddsUp(sample);
      assertThat(sample.phases().time(Phase.CONNECT).orElseThrow())
          .isLessThan(sample.phases().time(Phase.SSL).orElseThrow());
    }
  }

  @Test
  void certificateDaysAreCounted() {
    HeldCertificate days20 =
        new HeldCertificate.Builder()
            .addSubjectAlternativeName("localhost")
            .signedBy(ROOT)
            .duration(20 * 24 + 12, TimeUnit.HOURS)
            .build();
    server = new FaultServer(this::ok, factory(days20), Duration.ZERO);
    Assertion more19 = Assertion.that(Target.CERTIFICATE_DAYS, Operator.GREATER_THAN, "19");
    Assertion more20 = Assertion.that(Target.CERTIFICATE_DAYS, Operator.GREATER_THAN, "20");
    assertThat(measure(Duration.ofSeconds(10), List.of(more19)).passed()).isTrue();
    ProbeAgainstFaults.assertFailure(
        measure(Duration.ofSeconds(10), List.of(more20)),
        ErrorKind.ASSERTION,
        null,
        "certificate days: expected more than 20, found 20");
  }

  @Test
  void anExpiredCertificate() {
    long now = System.currentTimeMillis();
    HeldCertificate expired =
        new HeldCertificate.Builder()
            .addSubjectAlternativeName("localhost")
            .signedBy(ROOT)
            .validityInterval(now - 86_400_000L * 10, now - 86_400_000L)
            .build();
    server = new FaultServer(this::ok, factory(expired), Duration.ZERO);
    assertTls("has expired");
  }

  @Test
  void aCertificateForAnotherHost() {
    HeldCertificate other =
        new HeldCertificate.Builder()
            .addSubjectAlternativeName("shop.example")
            .signedBy(ROOT)
            .build();
    server = new FaultServer(this::ok, factory(other), Duration.ZERO);
    assertTls("is not for the host localhost");
  }

  @Test
  void aCertificateThatNobodySigned() {
    HeldCertificate self =
        new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
    HandshakeCertificates alone = new HandshakeCertificates.Builder().heldCertificate(self).build();
    server = new FaultServer(this::ok, alone.sslSocketFactory(), Duration.ZERO);
    assertTls("not signed by an authority");
  }

  @Test
  void aServerWithoutTls() {
    server =
        new FaultServer(talk -> {
          talk.send("HTTP/1.1 400 Bad Request\r\n\r\n");
          talk.stall();
        });
    Sample sample =
        probe.measure(
            ProbeAgainstFaults.request(
                "https://localhost:" + server.port() + "/", Duration.ofSeconds(10)));
    ProbeAgainstFaults.assertFailure(sample, ErrorKind.TLS, Phase.SSL, "does not speak TLS");
  }

  @Test
  void aHandshakeThatHangs() {
    server = new FaultServer(FaultServer.Talk::stall);
    Sample sample =
        probe.measure(
            ProbeAgainstFaults.request(
                "https://localhost:" + server.port() + "/", Duration.ofMillis(300)));
    ProbeAgainstFaults.assertFailure(
        sample, ErrorKind.TIMEOUT, Phase.SSL, "still in the TLS handshake");
  }

  @Test
  void aHandshakeThatIsCut() {
    server =
        new FaultServer(talk -> {
          talk.delay(20);
          talk.reset();
        });
    Sample sample =
        probe.measure(
            ProbeAgainstFaults.request(
                "https://localhost:" + server.port() + "/", Duration.ofSeconds(10)));
    ProbeAgainstFaults.assertFailure(sample, ErrorKind.RESET, Phase.SSL, "in the TLS handshake");
  }

  private void assertTls(String text) {
    Sample sample = measure(Duration.ofSeconds(10), List.of());
    ProbeAgainstFaults.assertFailure(sample, ErrorKind.TLS, Phase.SSL, text);
    ProbeAgainstFaults.assertAddsUp(sample);
  }

  private Sample measure(Duration timeout, List<Assertion> assertions) {
    return probe.measure(new Probe.Request(Check.Http.get(server.url("/")), timeout, assertions));
  }

  private void ok(FaultServer.Talk talk) throws Exception {
    talk.request();
    talk.answer(200, "", "ok");
  }

  private static HeldCertificate forLocalhost() {
    return new HeldCertificate.Builder()
        .addSubjectAlternativeName("localhost")
        .signedBy(ROOT)
        .build();
  }

  private static javax.net.ssl.SSLSocketFactory factory(HeldCertificate certificate) {
    return new HandshakeCertificates.Builder()
        .heldCertificate(certificate, ROOT.certificate())
        .build()
        .sslSocketFactory();
  }
}
