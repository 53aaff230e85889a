package dev.jiggety.agent.probe.http;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.Handshake;
import org.jspecify.annotations.Nullable;

/** Verified TLS without memory: every sample makes a full handshake, none resumes a session. */
final class Tls {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final X509TrustManager trust;

  Tls(X509TrustManager trust) {
    this.trust = trust;
  }

  /** Trusts the authorities that Java trusts. */
  static Tls system() {
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

  X509TrustManager trust() {
    return trust;
  }

  /** Sockets of a context of their own, and so without sessions to resume. */
  SSLSocketFactory fresh() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust}, RANDOM);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }

  /** Whole days until the first certificate of the chain expires; empty without TLS. */
  static OptionalLong days(@Nullable Handshake handshake, Instant now) {
    List<Certificate> chain = handshake == null ? List.of() : handshake.peerCertificates();
    return chain.stream()
        .filter(X509Certificate.class::isInstance)
        .map(X509Certificate.class::cast)
        .mapToLong(certificate ->
            Math.floorDiv(
                Duration.between(now, certificate.getNotAfter().toInstant()).toSeconds(),
                Duration.ofDays(1).toSeconds()))
        .min();
  }
}
