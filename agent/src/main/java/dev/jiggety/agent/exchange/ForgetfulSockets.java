package dev.jiggety.agent.exchange;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Sockets that never resume a session: each is made by a context of its own. That costs little, as
 * long as whoever uses them keeps this one factory: what OkHttp makes of a factory is what costs.
 */
final class ForgetfulSockets extends SSLSocketFactory {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final KeyManager[] keys;
  private final TrustManager[] trust;
  private final SSLSocketFactory first;

  ForgetfulSockets(KeyManager[] keys, X509TrustManager trust) {
    this.keys = keys.clone();
    this.trust = new TrustManager[] {trust};
    this.first = fresh();
  }

  @Override
  public Socket createSocket(Socket socket, @Nullable String host, int port, boolean autoClose)
      throws IOException {
    return fresh().createSocket(socket, host, port, autoClose);
  }

  private SSLSocketFactory fresh() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trust, RANDOM);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
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
    return first.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return first.getSupportedCipherSuites();
  }

  private static UnsupportedOperationException unsupported() {
    return new UnsupportedOperationException("only over a connection that stands");
  }
}
