package dev.jiggety.couch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the certificates that a server shows, whoever believes them: to compare a fingerprint,
 * or to say when they end. Nothing is ever sent over such a connection.
 */
public final class ServerCertificates {
  /** For whom it does not matter how keys are exchanged. */
  private static final String ANY = "UNKNOWN";

  private ServerCertificates() {}

  /**
   * The chain that a server shows, its own certificate first; blocks. Nothing of it was checked,
   * neither name nor time nor signatures: see {@link Certificates#find}.
   *
   * @param hub an https address
   * @param options how long to wait
   * @throws IllegalArgumentException for an http address
   */
  public static Outcome<List<X509Certificate>> shownBy(HubAddress hub, HubOptions options) {
    return shown(hub, options, new Keeper(null));
  }

  /**
   * The chain that a server shows, where it is believed and of the right name, as for every other
   * connection; blocks. Whoever hands a fingerprint on has to go by this one: between two
   * connections somebody may have come between.
   *
   * @param hub an https address
   * @param options whom to believe, and how long to wait
   * @throws IllegalArgumentException for an http address
   */
  public static Outcome<List<X509Certificate>> believed(HubAddress hub, HubOptions options) {
    return shown(hub, options, new Keeper(new TrustGate(options.trust())));
  }

  private static Outcome<List<X509Certificate>> shown(
      HubAddress hub, HubOptions options, Keeper keeper) {
    if (!hub.isTls()) {
      throw new IllegalArgumentException(hub + " shows no certificate; write https://");
    }
    return new Failures(hub, options)
        .attempt(() -> {
          try {
            shakeHands(hub, options, keeper);
          } catch (IOException e) {
            if (keeper.shown.isEmpty()) {
              throw new UncheckedIOException(e);
            }
            // It has shown them; that it wants something of us besides does not matter here.
          }
          return keeper.shown;
        });
  }

  /**
   * The last certificate of the chain that a server shows, where its authority is unknown and
   * nothing else speaks against it: whoever compares its fingerprint may believe it. Empty where
   * the server is believed, is wrong in another way, or does not answer; blocks.
   */
  public static Optional<X509Certificate> stranger(HubAddress hub, HubOptions options) {
    List<X509Certificate> chain =
        hub.isTls() ? shownBy(hub, options).ok().orElse(List.of()) : List.of();
    if (chain.isEmpty()) {
      return Optional.empty();
    }
    try {
      new TrustGate(options.trust()).checkServerTrusted(chain.toArray(X509Certificate[]::new), ANY);
      return Optional.empty();
    } catch (DistrustException e) {
      return e.isStranger()
          ? Certificates.find(chain, Certificates.fingerprint(chain.getLast()))
          : Optional.empty();
    } catch (CertificateException e) {
      return Optional.empty();
    }
  }

  private static void shakeHands(HubAddress hub, HubOptions options, Keeper keeper)
      throws IOException {
    String host = hub.host();
    int port = hub.base().getPort();
    try (Socket plain = new Socket()) {
      plain.connect(
          new InetSocketAddress(host, port), Math.toIntExact(options.connectTimeout().toMillis()));
      plain.setSoTimeout(Math.toIntExact(options.connectTimeout().toMillis()));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {keeper}, null);
      try (SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true)) {
        if (keeper.gate != null) {
          SSLParameters parameters = socket.getSSLParameters();
          parameters.setEndpointIdentificationAlgorithm("HTTPS");
          socket.setSSLParameters(parameters);
        }
        socket.startHandshake();
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform has no usable TLS", e);
    }
  }

  /** Keeps the chain that it is shown, where that one is believed or nobody asks. */
  private static final class Keeper extends X509ExtendedTrustManager {
    private final @Nullable TrustGate gate;
    private volatile List<X509Certificate> shown = List.of();

    Keeper(@Nullable TrustGate gate) {
      this.gate = gate;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      if (gate != null) {
        gate.checkServerTrusted(chain, type, socket);
      }
      shown = List.of(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      if (gate != null) {
        gate.checkServerTrusted(chain, type, engine);
      }
      shown = List.of(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      if (gate != null) {
        gate.checkServerTrusted(chain, type);
      }
      shown = List.of(chain);
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
