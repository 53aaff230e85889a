package dev.jiggety.couch;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** TLS that believes those it was told to; never everybody. */
final class Tls {
  /** For so long a server need not show its certificate again (seconds). */
  private static final int SESSION_SECONDS = 600;

  private Tls() {}

  /**
   * A context to verify hubs with.
   *
   * @throws IllegalArgumentException with one line when a file cannot be used
   */
  static SSLContext context(TlsTrust trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustGate(trust)}, null);
      context.getClientSessionContext().setSessionTimeout(SESSION_SECONDS);
      return context;
    } catch (GeneralSecurityException e) {
      throw noTls(e);
    }
  }

  /** The usual checks against whom is believed now. */
  static X509ExtendedTrustManager manager(TlsTrust trust) {
    try {
      List<X509Certificate> all = new ArrayList<>();
      switch (trust) {
        case TlsTrust.Platform _ -> {
          return manager((KeyStore) null);
        }
        case TlsTrust.PlatformAnd(Path pem) -> {
          all.addAll(Certificates.read(pem));
          all.addAll(List.of(manager((KeyStore) null).getAcceptedIssuers()));
        }
        case TlsTrust.Only(Path pem) -> all.addAll(Certificates.read(pem));
      }
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int number = 0;
      for (X509Certificate each : all) {
        trusted.setCertificateEntry("believed-" + number++, each);
      }
      return manager(trusted);
    } catch (GeneralSecurityException | IOException e) {
      throw noTls(e);
    }
  }

  private static X509ExtendedTrustManager manager(@Nullable KeyStore trusted)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager x509) {
        return x509;
      }
    }
    throw new GeneralSecurityException("no manager for X.509");
  }

  private static IllegalStateException noTls(Exception e) {
    return new IllegalStateException("this Java platform has no usable TLS", e);
  }
}
