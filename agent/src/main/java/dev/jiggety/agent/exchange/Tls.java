package dev.jiggety.agent.exchange;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Verified TLS without memory: every connection makes a full handshake, none resumes a session.
 * Safe for any thread.
 */
public final class Tls {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final X509TrustManager trust;
  private final SSLSocketFactory sockets;

  /** Trusts whom {@code trust} trusts. */
  public Tls(X509TrustManager trust) {
    this.trust = trust;
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust}, RANDOM);
      this.sockets = new ForgetfulSockets(context);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }

  /** Trusts the authorities that Java trusts. */
  public static Tls system() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509TrustManager x509) {
          return new Tls(x509);
        }
      }
      throw new IllegalStateException("this Java has no trust manager for TLS");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot verify certificates", e);
    }
  }

  /** Whom it trusts. */
  public X509TrustManager trust() {
    return trust;
  }

  /** Sockets that resume no session. */
  public SSLSocketFactory sockets() {
    return sockets;
  }
}
