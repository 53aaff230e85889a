package dev.jiggety.agent.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is bound to a session is still there when it is resumed, and so tells on it. */
class TlsTest {
  private static final HeldCertificate SITE =
      new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
  private static final HandshakeCertificates BOTH =
      new HandshakeCertificates.Builder()
          .heldCertificate(SITE)
          .addTrustedCertificate(SITE.certificate())
          .build();

  private SSLServerSocket server;

  private void serve(String version) throws IOException {
    server =
        (SSLServerSocket)
            BOTH.sslContext()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    server.setEnabledProtocols(new String[] {version});
    Thread.ofPlatform().daemon().start(this::accept);
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void noConnectionResumesASessionOfAnother(String version) throws IOException {
    serve(version);
    Tls tls = new Tls(BOTH.trustManager());
    for (int i = 0; i < 3; i++) {
      try (SSLSocket socket = tls.handshake(connect(), "localhost", server.getLocalPort())) {
        assertThat(isResumed(socket)).isFalse();
        assertThat(Tls.facts(socket.getSession()).protocol()).isEqualTo(version);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void javaWouldResumeIt(String version) throws IOException {
    serve(version);
    SSLSocketFactory sockets = BOTH.sslSocketFactory();
    for (int i = 0; i < 3; i++) {
      try (SSLSocket socket =
          (SSLSocket) sockets.createSocket(connect(), "localhost", server.getLocalPort(), true)) {
        socket.startHandshake();
        assertThat(isResumed(socket)).isEqualTo(i > 0);
      }
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
  }

  private static boolean isResumed(SSLSocket socket) throws IOException {
    boolean known = socket.getSession().getValue("known") != null;
    socket.getSession().putValue("known", "yes");
    socket.getOutputStream().write('x');
    assertThat(socket.getInputStream().read()).isEqualTo('y');
    return known;
  }

  private void accept() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        if (socket.getInputStream().read() == 'x') {
          socket.getOutputStream().write('y');
        }
      } catch (IOException e) {
        // the next one, or closed
      }
    }
  }
}
