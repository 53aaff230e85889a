package dev.jiggety.couch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** X.509 certificates as text, and by their fingerprints. */
public final class Certificates {
  private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();
  private static final int LINE = 64;

  private Certificates() {}

  /**
   * The certificates in a PEM file, at least one; what else is in it is passed over.
   *
   * @throws IllegalArgumentException with one line that names the file
   */
  public static List<X509Certificate> read(Path pem) {
    String text;
    try {
      text = Files.readString(pem, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot read the certificates in " + pem + "; is the file there, and for this user?", e);
    }
    try {
      return parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(pem + " must be a PEM file with certificates", e);
    }
  }

  /**
   * The certificates in PEM text, at least one.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static List<X509Certificate> parse(String pem) {
    List<X509Certificate> found = new ArrayList<>();
    int at = pem.indexOf("-----BEGIN CERTIFICATE-----");
    if (at >= 0) {
      try {
        for (Certificate each :
            CertificateFactory.getInstance("X.509")
                .generateCertificates(
                    new ByteArrayInputStream(
                        certificatesIn(pem).getBytes(StandardCharsets.ISO_8859_1)))) {
          found.add((X509Certificate) each);
        }
      } catch (GeneralSecurityException e) {
        throw new IllegalArgumentException("a certificate in PEM form is damaged", e);
      }
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException("there is no certificate in PEM form");
    }
    return List.copyOf(found);
  }

  /** Only the blocks of certificates: a key may stand in the same file. */
  private static String certificatesIn(String pem) {
    StringBuilder blocks = new StringBuilder();
    boolean inside = false;
    for (String line : pem.lines().toList()) {
      inside |= line.startsWith("-----BEGIN CERTIFICATE-----");
      if (inside) {
        blocks.append(line).append('\n');
      }
      inside &= !line.startsWith("-----END CERTIFICATE-----");
    }
    return blocks.toString();
  }

  /** A certificate as PEM text (RFC 7468), with a line break at its end. */
  public static String pem(X509Certificate certificate) {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(encoded(certificate))
        + "\n-----END CERTIFICATE-----\n";
  }

  /** The SHA-256 of a certificate (of all of it, in DER): 64 lower-case hexadecimal digits. */
  public static String fingerprint(X509Certificate certificate) {
    return HexFormat.of().formatHex(sha256(encoded(certificate)));
  }

  /** A fingerprint as people compare it: capital letters, a colon after each pair. */
  public static String forPeople(String fingerprint) {
    return COLONS.formatHex(HexFormat.of().parseHex(plain(fingerprint)));
  }

  /** A fingerprint that a person may have written, in the form of {@link #fingerprint}. */
  public static String plain(String fingerprint) {
    return fingerprint.replaceAll("[\\s:]", "").toLowerCase(Locale.ROOT);
  }

  /**
   * The certificate with a fingerprint in the chain that a server has shown, when it is the
   * server's own, or the server's goes back to it by signatures.
   *
   * @param chain as shown, the server's own first
   * @param sha256 as {@link #fingerprint} gives it, or as people write it
   */
  public static Optional<X509Certificate> find(List<X509Certificate> chain, String sha256) {
    String wanted = plain(sha256);
    for (int i = 0; i < chain.size(); i++) {
      X509Certificate at = chain.get(i);
      if (i > 0 && !isSignedBy(chain.get(i - 1), at.getPublicKey())) {
        return Optional.empty();
      }
      if (MessageDigest.isEqual(
          fingerprint(at).getBytes(StandardCharsets.US_ASCII),
          wanted.getBytes(StandardCharsets.US_ASCII))) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  /** Whether the signature of a certificate is that of a key. */
  public static boolean isSignedBy(X509Certificate certificate, PublicKey key) {
    try {
      certificate.verify(key);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("a certificate cannot be written", e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
