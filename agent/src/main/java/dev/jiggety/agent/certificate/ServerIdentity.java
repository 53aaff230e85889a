package dev.jiggety.agent.certificate;

import dev.jiggety.couch.Certificates;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * What a server proves its name with: its certificate, those that sign it, and the key. Prints
 * without the key.
 *
 * @param chain the server's certificate first; at least one
 * @param key the private key of the first
 */
public record ServerIdentity(List<X509Certificate> chain, PrivateKey key) {
  private static final int DNS = 2;
  private static final int IP = 7;

  public ServerIdentity {
    chain = List.copyOf(chain);
  }

  /**
   * Reads the two files.
   *
   * @param certificate PEM: the server's certificate, followed by those that sign it
   * @param key PEM: its key, PKCS #8, not encrypted
   * @throws IllegalArgumentException with one line that names the file and the remedy
   */
  public static ServerIdentity read(Path certificate, Path key) {
    List<X509Certificate> chain = Certificates.read(certificate);
    ServerIdentity read = new ServerIdentity(chain, privateKey(key));
    if (!read.isPair()) {
      throw new IllegalArgumentException(
          key + " is not the key of the first certificate in " + certificate);
    }
    for (int i = 1; i < chain.size(); i++) {
      if (!Certificates.isSignedBy(chain.get(i - 1), chain.get(i).getPublicKey())) {
        throw new IllegalArgumentException(
            "in "
                + certificate
                + " certificate "
                + (i + 1)
                + " did not sign the one before; the server's comes first, then each that signed"
                + " the one before");
      }
    }
    return read;
  }

  /** When the first of its certificates ends. */
  public Instant ends() {
    return chain.stream()
        .map(it -> it.getNotAfter().toInstant())
        .min(Instant::compareTo)
        .orElseThrow();
  }

  /** The names and numbers that it is good for, in the order of the certificate. */
  public List<String> names() {
    return names(chain.getFirst());
  }

  /** The same of any certificate. */
  static List<String> names(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> all = certificate.getSubjectAlternativeNames();
      for (List<?> name : all == null ? List.<List<?>>of() : all) {
        if (name.get(0) instanceof Integer kind
            && (kind == DNS || kind == IP)
            && name.get(1) instanceof String text) {
          names.add(kind == IP ? InetAddress.ofLiteral(text).getHostAddress() : text);
        }
      }
    } catch (CertificateParsingException e) {
      return List.of();
    }
    return List.copyOf(names);
  }

  @Override
  public String toString() {
    return "ServerIdentity[" + names() + ", until " + ends() + "]";
  }

  private static PrivateKey privateKey(Path file) {
    String pem;
    try {
      pem = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot read the key " + file + "; is the file there, and for this user?", e);
    }
    String begin = "-----BEGIN PRIVATE KEY-----";
    int from = pem.indexOf(begin);
    int to = pem.indexOf("-----END PRIVATE KEY-----");
    if (from < 0 || to < from) {
      throw new IllegalArgumentException(
          file
              + " holds no key as PKCS #8 in PEM form, not encrypted; make one of it: openssl pkcs8"
              + " -topk8 -nocrypt -in "
              + file
              + " -out NEW");
    }
    byte[] encoded;
    try {
      encoded = Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the key in " + file + " is damaged", e);
    }
    for (String algorithm : List.of("EC", "RSA", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (GeneralSecurityException e) {
        // It is one of another kind.
      }
    }
    throw new IllegalArgumentException(
        "the key in " + file + " is damaged, or neither of an elliptic curve nor RSA");
  }

  /** Whether what the key signs is what the certificate says. */
  private boolean isPair() {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> "EdDSA";
        };
    byte[] text = "jiggety".getBytes(StandardCharsets.UTF_8);
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(chain.getFirst().getPublicKey());
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** A key as PEM text, PKCS #8, not encrypted. */
  static String pem(PrivateKey key) {
    byte[] encoded = Objects.requireNonNull(key.getEncoded());
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
        + "\n-----END PRIVATE KEY-----\n";
  }
}
