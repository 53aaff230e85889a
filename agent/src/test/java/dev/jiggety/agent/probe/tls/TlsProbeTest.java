package dev.jiggety.agent.probe.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.agent.probe.Probe;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Check;
import dev.jiggety.model.Connection;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Sample;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TlsProbeTest {
  private static final HeldCertificate AUTHORITY =
      new HeldCertificate.Builder()
          .certificateAuthority(0)
          .commonName("Shop authority")
          .duration(3650, TimeUnit.DAYS)
          .build();

  private final TlsProbe probe = new TlsProbe();
  private @Nullable ServerSocket server;

  @AfterEach
  void close() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void tellsWhatTheServerShows() throws IOException {
    serve(certificate(Instant.now().minus(1, ChronoUnit.DAYS), 30));
    Sample sample =
        measure(
            "shop.example",
            AUTHORITY.certificatePem(),
            Assertion.that(Target.CERTIFICATE_DAYS, Operator.GREATER_THAN, "14"),
            Assertion.that(Target.CERTIFICATE_HOST, Operator.EQUALS, "shop.example"),
            Assertion.that(Target.CERTIFICATE_ISSUER, Operator.CONTAINS, "Shop authority"),
            Assertion.that(Target.PROTOCOL, Operator.EQUALS, "TLSv1.3"));
    assertThat(sample.failure()).isNull();
    assertThat(sample.phases().time(Phase.SSL)).isPresent();
    assertThat(sample.phases().sum()).isEqualTo(sample.total());
  }

  @Test
  void failsSoManyDaysBeforeTheEnd() throws IOException {
    serve(certificate(Instant.now().minus(1, ChronoUnit.DAYS), 5));
    Failure failure =
        failure(
            measure(
                "shop.example",
                AUTHORITY.certificatePem(),
                Assertion.that(Target.CERTIFICATE_DAYS, Operator.GREATER_THAN, "14")));
    assertThat(failure.kind()).isEqualTo(ErrorKind.ASSERTION);
  }

  @Test
  void refusesAnAuthorityThatNobodyNamed() throws IOException {
    serve(certificate(Instant.now().minus(1, ChronoUnit.DAYS), 30));
    Failure failure = failure(measure("shop.example", null));
    assertThat(failure.kind()).isEqualTo(ErrorKind.TLS);
    assertThat(failure.text()).contains("not signed by an authority that is trusted");
  }

  @Test
  void refusesACertificateForAnother() throws IOException {
    serve(certificate(Instant.now().minus(1, ChronoUnit.DAYS), 30));
    Failure failure = failure(measure("other.example", AUTHORITY.certificatePem()));
    assertThat(failure.kind()).isEqualTo(ErrorKind.TLS);
  }

  @Test
  void refusesOneThatHasExpired() throws IOException {
    serve(certificate(Instant.now().minus(10, ChronoUnit.DAYS), 5));
    Failure failure = failure(measure("shop.example", AUTHORITY.certificatePem()));
    assertThat(failure.kind()).isEqualTo(ErrorKind.TLS);
    assertThat(failure.text()).contains("expired");
  }

  private static HeldCertificate certificate(Instant from, int days) {
    return new HeldCertificate.Builder()
        .signedBy(AUTHORITY)
        .commonName("shop.example")
        .addSubjectAlternativeName("shop.example")
        .validityInterval(from.toEpochMilli(), from.toEpochMilli() + TimeUnit.DAYS.toMillis(days))
        .build();
  }

  private void serve(HeldCertificate own) throws IOException {
    HandshakeCertificates certificates =
        new HandshakeCertificates.Builder().heldCertificate(own, AUTHORITY.certificate()).build();
    ServerSocket open =
        certificates
            .sslContext()
            .getServerSocketFactory()
            .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    server = open;
    Thread.ofVirtual()
        .start(() -> {
          try {
            while (true) {
              try (Socket socket = open.accept()) {
                ((SSLSocket) socket).startHandshake();
                socket.getInputStream().read();
              } catch (SSLException e) {
                // the client did not like what it saw
              }
            }
          } catch (IOException e) {
            // closed
          }
        });
  }

  private Sample measure(String name, @Nullable String authority, Assertion... assertions) {
    int port = Objects.requireNonNull(server).getLocalPort();
    Connection connection =
        new Connection(
            Connection.Version.AUTO,
            Connection.Family.ANY,
            null,
            null,
            null,
            authority,
            null,
            null);
    return probe.measure(
        new Probe.Request(
            new Check.Tls("127.0.0.1", port, name, connection),
            Duration.ofSeconds(10),
            List.of(assertions)));
  }

  private static Failure failure(Sample sample) {
    return Objects.requireNonNull(sample.failure());
  }
}
