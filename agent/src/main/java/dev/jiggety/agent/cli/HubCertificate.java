package dev.jiggety.agent.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Looks when the certificate of a server ends, also of one that nobody believes: that is what is to
 * be said of it. Nothing is sent over such a connection.
 */
final class HubCertificate {
  private static final int PATIENCE = 5_000;
  private static final int HTTPS = 443;

  private HubCertificate() {}

  /** When it ends; empty where there is none, or nobody answers. */
  static Optional<Instant> expires(URI hub) {
    if (!"https".equals(hub.getScheme())) {
      return Optional.empty();
    }
    Keeper keeper = new Keeper();
    int port = hub.getPort() < 0 ? HTTPS : hub.getPort();
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {keeper}, null);
      try (Socket plain = new Socket()) {
        plain.connect(new InetSocketAddress(hub.getHost(), port), PATIENCE);
        plain.setSoTimeout(PATIENCE);
        try (SSLSocket socket =
            (SSLSocket) context.getSocketFactory().createSocket(plain, hub.getHost(), port, true)) {
          socket.startHandshake();
        }
      }
    } catch (IOException | GeneralSecurityException e) {
      return keeper.expires(); // whoever asks the hub says what is wrong
    }
    return keeper.expires();
  }

  /** Keeps the chain that it is shown. */
  private static final class Keeper extends X509ExtendedTrustManager {
    private final AtomicReference<X509Certificate @Nullable []> shown = new AtomicReference<>();

    /** The end of the one that ends first. */
    Optional<Instant> expires() {
      X509Certificate[] chain = shown.get();
      return chain == null
          ? Optional.empty()
          : Arrays.stream(chain).map(it -> it.getNotAfter().toInstant()).min(Instant::compareTo);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
      shown.set(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
      shown.set(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      shown.set(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
      throw new UnsupportedOperationException("this is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
      throw new UnsupportedOperationException("this is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
      throw new UnsupportedOperationException("this is no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
