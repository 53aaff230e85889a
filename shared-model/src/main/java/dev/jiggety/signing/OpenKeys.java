package dev.jiggety.signing;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Public keys as Java wants them. Unpacking one costs as much as a check of a signature, and the
 * same few keys are used all the time, so they are kept.
 */
final class OpenKeys {
  /** What stands before the 32 bytes of an Ed25519 key in X.509 (RFC 8410). */
  private static final byte[] HEADER = HexFormat.of().parseHex("302a300506032b6570032100");

  /** Far more than an installation has; reached only by somebody who plays tricks. */
  private static final int MOST = 256;

  private static final Map<String, PublicKey> KNOWN = new ConcurrentHashMap<>();

  private OpenKeys() {}

  /**
   * The key of these 32 bytes in Base64.
   *
   * @throws GeneralSecurityException when that is no key
   * @throws IllegalArgumentException when that is no Base64
   */
  static PublicKey of(String base64) throws GeneralSecurityException {
    PublicKey known = KNOWN.get(base64);
    if (known != null) {
      return known;
    }
    byte[] raw = Base64.getDecoder().decode(base64);
    byte[] encoded = new byte[HEADER.length + raw.length];
    System.arraycopy(HEADER, 0, encoded, 0, HEADER.length);
    System.arraycopy(raw, 0, encoded, HEADER.length, raw.length);
    PublicKey key =
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    if (KNOWN.size() >= MOST) {
      KNOWN.clear();
    }
    KNOWN.put(base64, key);
    return key;
  }
}
