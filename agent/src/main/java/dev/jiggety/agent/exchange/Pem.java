package dev.jiggety.agent.exchange;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys as text (RFC 7468). No message says anything of what is in a key. */
final class Pem {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private Pem() {}

  /**
   * One certificate or more.
   *
   * @throws IllegalArgumentException when there is none
   */
  static List<X509Certificate> certificates(String pem, String what) {
    try {
      List<X509Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (found.isEmpty()) {
        throw new IllegalArgumentException(what + " holds no certificate");
      }
      return found;
    } catch (CertificateException e) {
      throw new IllegalArgumentException(what + " holds no certificates in PEM", e);
    }
  }

  /**
   * A private key of the algorithm of its certificate.
   *
   * @throws IllegalArgumentException when it is none
   */
  static PrivateKey key(String pem, String algorithm, String what) {
    Matcher key = KEY.matcher(pem);
    if (!key.find()) {
      String remedy =
          pem.contains("PRIVATE KEY-----")
              ? "; convert it with: openssl pkcs8 -topk8 -nocrypt"
              : "";
      throw new IllegalArgumentException(what + " holds no private key in PKCS#8 PEM" + remedy);
    }
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(key.group(1));
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          what + " holds no private key of the kind of its certificate, " + algorithm);
    }
  }
}
