package dev.jiggety.agent.exchange;

import dev.jiggety.model.Phase;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import okio.AsyncTimeout;

/**
 * Opens connections without HTTP on them, timed by phase: name, TCP, TLS. The addresses of a host
 * are tried one after another. Safe for any thread.
 */
public final class Dialer {
  private final LongSupplier nanos;

  /** A dialer on a monotonic clock. */
  public Dialer(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Something that goes on at a socket. */
  @FunctionalInterface
  public interface Talk<T> {
    /** Says and hears. */
    T on(Socket socket) throws IOException;
  }

  /**
   * Connects over TCP.
   *
   * @param addresses of the host, in the order in which they are tried
   */
  public Socket connect(
      List<InetAddress> addresses, int port, Deadline deadline, PhaseClock clock)
      throws IOException {
    clock.enter(Phase.CONNECT, nanos.getAsLong());
    IOException last = null;
    for (InetAddress address : addresses) {
      Socket socket = new Socket();
      try {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline.left(nanos.getAsLong()));
        socket.connect(new InetSocketAddress(address, port), (int) Math.max(1, left));
        socket.setTcpNoDelay(true);
        return socket;
      } catch (IOException e) {
        socket.close();
        if (last != null) {
          e.addSuppressed(last);
        }
        last = e;
      }
    }
    throw last != null ? last : new IOException("the host has no address");
  }

  /**
   * A full, verified handshake on a connection.
   *
   * @param name sent as SNI unless it is an address, and what the certificate must be for
   */
  public SSLSocket handshake(
      Socket socket, String name, int port, Tls tls, Deadline deadline, PhaseClock clock)
      throws IOException {
    clock.enter(Phase.SSL, nanos.getAsLong());
    SSLSocket secure = (SSLSocket) tls.sockets().createSocket(socket, name, port, true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    if (!name.matches("[0-9.]+|.*:.*")) {
      parameters.setServerNames(List.of(new SNIHostName(name)));
    }
    secure.setSSLParameters(parameters);
    return within(
        deadline,
        secure,
        _ -> {
          secure.startHandshake();
          return secure;
        });
  }

  /** What the handshake came to. */
  public static TlsFacts facts(SSLSocket socket) throws SSLPeerUnverifiedException {
    SSLSession session = socket.getSession();
    return TlsFacts.of(
        session.getProtocol(),
        session.getCipherSuite(),
        List.of(session.getPeerCertificates()));
  }

  /**
   * Talks until the deadline; then the socket is closed, however slowly the other side drips.
   *
   * @throws InterruptedIOException when the time is over
   */
  public <T> T within(Deadline deadline, Socket socket, Talk<T> talk) throws IOException {
    AsyncTimeout timeout =
        new AsyncTimeout() {
          @Override
          protected void timedOut() {
            try {
              socket.close();
            } catch (IOException e) {
              // it is closed for us in any case
            }
          }
        };
    timeout.timeout(deadline.left(nanos.getAsLong()), TimeUnit.NANOSECONDS);
    timeout.enter();
    try {
      T result = talk.on(socket);
      if (!timeout.exit()) {
        return result;
      }
    } catch (IOException e) {
      if (!timeout.exit()) {
        throw e;
      }
    }
    throw new InterruptedIOException("timeout");
  }
}
