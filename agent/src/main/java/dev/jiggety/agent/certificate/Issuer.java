package dev.jiggety.agent.certificate;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Makes certificates (X.509 version 3, RFC 5280): keys on the curve P-256, signed with ECDSA and
 * SHA-256, which every program that speaks TLS 1.2 knows. What it makes passes the strict checks of
 * OpenSSL and Python: key identifiers, key usage and the purpose are all there.
 */
final class Issuer {
  private static final String EC_CURVE = "secp256r1";
  private static final String ECDSA_SHA256 = "1.2.840.10045.4.3.2";
  private static final String COMMON_NAME = "2.5.4.3";
  private static final String SUBJECT_KEY = "2.5.29.14";
  private static final String KEY_USAGE = "2.5.29.15";
  private static final String OTHER_NAMES = "2.5.29.17";
  private static final String BASIC_CONSTRAINTS = "2.5.29.19";
  private static final String AUTHORITY_KEY = "2.5.29.35";
  private static final String PURPOSE = "2.5.29.37";
  private static final String SERVER = "1.3.6.1.5.5.7.3.1";

  private static final int SERIAL_BYTES = 16;

  /** Clocks differ: what is issued counts from a little earlier on. */
  private static final Duration EARLIER = Duration.ofHours(1);

  private final SecureRandom random = new SecureRandom();

  /** A new key pair. */
  KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(EC_CURVE), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw noKeys(e);
    }
  }

  /** A certificate of an authority, signed by itself; it may issue servers' certificates only. */
  X509Certificate authority(KeyPair keys, Instant now, Duration life) {
    byte[] mark = new byte[4];
    random.nextBytes(mark);
    // Else two authorities would have one name, and a client with both could try the wrong one.
    byte[] name = commonName("Jiggety authority " + HexFormat.of().formatHex(mark));
    List<byte[]> extensions = new ArrayList<>();
    // An authority, with no other below it.
    extensions.add(
        critical(BASIC_CONSTRAINTS, Der.sequence(Der.yes(), Der.integer(BigInteger.ZERO))));
    extensions.add(critical(KEY_USAGE, Der.flags(0b0000_0110, 1))); // certificates and their lists
    extensions.add(extension(SUBJECT_KEY, Der.octets(keyId(keys.getPublic()))));
    byte[] validity = validity(now, now.plus(life));
    return signed(keys.getPrivate(), name, validity, name, keys.getPublic(), extensions);
  }

  /** A certificate of a server, for these names. */
  X509Certificate server(
      X509Certificate authority,
      PrivateKey signer,
      PublicKey key,
      List<HostName> names,
      Instant now,
      Instant end) {
    List<byte[]> extensions = new ArrayList<>();
    extensions.add(critical(BASIC_CONSTRAINTS, Der.sequence()));
    extensions.add(critical(KEY_USAGE, Der.flags(0b1000_0000, 7))); // signatures
    extensions.add(extension(PURPOSE, Der.sequence(Der.name(SERVER))));
    extensions.add(extension(SUBJECT_KEY, Der.octets(keyId(key))));
    extensions.add(
        extension(AUTHORITY_KEY, Der.sequence(Der.tagged(0x80, keyId(authority.getPublicKey())))));
    extensions.add(
        extension(
            OTHER_NAMES,
            Der.sequence(names.stream().map(HostName::encoded).toArray(byte[][]::new))));
    return signed(
        signer,
        authority.getSubjectX500Principal().getEncoded(),
        validity(now, end),
        commonName("Jiggety hub"),
        key,
        extensions);
  }

  private static byte[] validity(Instant begin, Instant end) {
    return Der.sequence(Der.time(begin.minus(EARLIER)), Der.time(end));
  }

  private X509Certificate signed(
      PrivateKey signer,
      byte[] issuer,
      byte[] validity,
      byte[] subject,
      PublicKey key,
      List<byte[]> extensions) {
    byte[] algorithm = Der.sequence(Der.name(ECDSA_SHA256));
    byte[] serial = new byte[SERIAL_BYTES];
    random.nextBytes(serial);
    serial[0] = (byte) ((serial[0] & 0x7f) | 0x40); // positive, and never short
    byte[] content =
        Der.sequence(
            Der.tagged(0xa0, Der.integer(BigInteger.TWO)), // version 3
            Der.integer(new BigInteger(serial)),
            algorithm,
            issuer,
            validity,
            subject,
            key.getEncoded(),
            Der.tagged(0xa3, Der.sequence(extensions.toArray(byte[][]::new))));
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(signer, random);
      signature.update(content);
      byte[] whole = Der.sequence(content, algorithm, Der.bits(signature.sign()));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(whole));
    } catch (GeneralSecurityException e) {
      throw noKeys(e);
    }
  }

  private static byte[] commonName(String name) {
    return Der.sequence(Der.set(Der.sequence(Der.name(COMMON_NAME), Der.text(name))));
  }

  private static byte[] critical(String name, byte[] value) {
    return Der.sequence(Der.name(name), Der.yes(), Der.octets(value));
  }

  private static byte[] extension(String name, byte[] value) {
    return Der.sequence(Der.name(name), Der.octets(value));
  }

  /** RFC 7093, method 1: the first 160 bits of the SHA-256 of the point on the curve. */
  private static byte[] keyId(PublicKey key) {
    byte[] encoded = key.getEncoded();
    byte[] point = Arrays.copyOfRange(encoded, encoded.length - 65, encoded.length);
    try {
      return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(point), 20);
    } catch (GeneralSecurityException e) {
      throw noKeys(e);
    }
  }

  private static IllegalStateException noKeys(GeneralSecurityException e) {
    return new IllegalStateException("this Java platform cannot make certificates", e);
  }
}
