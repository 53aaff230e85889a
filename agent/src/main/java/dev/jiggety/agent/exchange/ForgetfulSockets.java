package dev.jiggety.agent.exchange;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sockets of one context that never resume a session. A context of its own for each connection
 * would do that too, and costs more than a plain request. Java remembers sessions by host and port,
 * so each socket is told another port; nothing else looks at it. Names and addresses of the host
 * stay, for SNI and for the verification.
 */
final class ForgetfulSockets extends SSLSocketFactory {
  private final SSLSocketFactory sockets;
  private final AtomicInteger ports = new AtomicInteger();

  ForgetfulSockets(SSLContext context) {
    context.getClientSessionContext().setSessionCacheSize(1);
    this.sockets = context.getSocketFactory();
  }

  @Override
  public Socket createSocket(Socket socket, @Nullable String host, int port, boolean autoClose)
      throws IOException {
    int another = 1 + (ports.incrementAndGet() & 0x7fff_ffff) % 65_535;
    return sockets.createSocket(socket, host, another, autoClose);
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw unsupported();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw unsupported();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw unsupported();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw unsupported();
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return sockets.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return sockets.getSupportedCipherSuites();
  }

  private static UnsupportedOperationException unsupported() {
    return new UnsupportedOperationException("only over a connection that stands");
  }
}
