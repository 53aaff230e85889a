package dev.jiggety.couch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** TLS that trusts the platform's authorities and, if wanted, some more; never everybody. */
final class Tls {
  private Tls() {}

  /**
   * A context to verify hubs with.
   *
   * @throws IllegalArgumentException with one line when the file cannot be used
   */
  static SSLContext context(Optional<Path> extraCa) {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int number = 0;
      for (X509Certificate known : platform()) {
        trusted.setCertificateEntry("platform-" + number++, known);
      }
      for (Certificate extra : extraCa.isPresent() ? read(extraCa.get()) : List.<Certificate>of()) {
        trusted.setCertificateEntry("extra-" + number++, extra);
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(trusted), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this Java platform has no usable TLS", e);
    }
  }

  private static Collection<? extends Certificate> read(Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new IllegalArgumentException("no certificate in " + pem + "; it must be a PEM file");
      }
      return found;
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read the certificates in " + pem, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(pem + " must be a PEM file with certificates", e);
    }
  }

  private static X509Certificate[] platform() throws GeneralSecurityException {
    for (TrustManager manager : managers(null)) {
      if (manager instanceof X509TrustManager x509) {
        return x509.getAcceptedIssuers();
      }
    }
    return new X509Certificate[0];
  }

  private static TrustManager[] managers(@Nullable KeyStore trusted)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return factory.getTrustManagers();
  }
}
