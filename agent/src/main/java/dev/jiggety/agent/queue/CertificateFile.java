package dev.jiggety.agent.queue;

import de.dentrassi.crypto.pem.PemKeyStoreProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Collections;
import java.util.Properties;

/** The PEM files of both ends of a line, looked through before Artemis is given them. */
final class CertificateFile {
  private CertificateFile() {}

  /**
   * Tells the broker in {@code folder} where the certificate of this listener is.
   *
   * @throws QueueException when there is none that can be used
   */
  static void write(BrokerConfig.Listener listener, Path folder) {
    listener.tls().ifPresent(certificate -> write(certificate, folder));
  }

  private static void write(BrokerConfig.Certificate certificate, Path folder) {
    readable(certificate.chain(), "certificate");
    readable(certificate.key(), "key");
    Path file = BrokerSettings.certificateFile(folder);
    Properties where = new Properties();
    where.setProperty("alias", "broker");
    where.setProperty("source.cert", certificate.chain().toAbsolutePath().toString());
    where.setProperty("source.key", certificate.key().toAbsolutePath().toString());
    try {
      try (Writer out = Files.newBufferedWriter(file)) {
        where.store(out, null);
      }
      KeyStore keys = KeyStore.getInstance("PEMCFG", new PemKeyStoreProvider());
      try (InputStream in = Files.newInputStream(file)) {
        keys.load(in, null);
      }
      for (String alias : Collections.list(keys.aliases())) {
        if (keys.isKeyEntry(alias)) {
          return;
        }
      }
      throw unusable(certificate, null);
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(certificate, e);
    }
  }

  /**
   * The certificates that a client trusts.
   *
   * @throws QueueException when the file holds none
   */
  static KeyStore authorities(Path pem) {
    readable(pem, "certificates");
    try (InputStream in = Files.newInputStream(pem)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new QueueException(pem + " holds no certificate in PEM form");
      }
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      int i = 0;
      for (Certificate certificate : found) {
        trusted.setCertificateEntry("authority-" + i++, certificate);
      }
      return trusted;
    } catch (IOException | GeneralSecurityException e) {
      throw new QueueException(pem + " holds no certificate in PEM form", e);
    }
  }

  private static void readable(Path file, String what) {
    if (!Files.isReadable(file)) {
      throw new QueueException(
          "cannot read the " + what + " file " + file + ": it is not there, or not for this user");
    }
  }

  private static QueueException unusable(
      BrokerConfig.Certificate certificate, @org.jspecify.annotations.Nullable Exception cause) {
    return new QueueException(
        certificate.chain()
            + " and "
            + certificate.key()
            + " are not a certificate and its unencrypted PKCS #8 key in PEM form",
        cause);
  }
}
