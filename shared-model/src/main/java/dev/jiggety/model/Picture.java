package dev.jiggety.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A picture as it is attached to a batch.
 *
 * @param mediaType like {@code image/png}
 * @param base64 its bytes, RFC 4648 §4; empty where it was read without its bytes, which then are
 *     the batch's attachment of that name
 * @param name made of its content, so that equal pictures have equal names
 */
public record Picture(String mediaType, String base64, String name) {

  /** A picture with its bytes. */
  public Picture(String mediaType, String base64) {
    this(mediaType, base64, nameOf(mediaType, base64));
  }

  /** Its size in bytes, as far as the bytes are there. */
  public long bytes() {
    int padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
    return base64.length() / 4 * 3L - padding;
  }

  private static String nameOf(String mediaType, String base64) {
    try {
      byte[] md5 =
          MessageDigest.getInstance("MD5").digest(base64.getBytes(StandardCharsets.US_ASCII));
      String kind = mediaType.substring(mediaType.indexOf('/') + 1);
      return HexFormat.of().formatHex(md5) + "." + kind.replaceAll("[^a-z0-9]", "");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }
}
