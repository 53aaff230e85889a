package dev.jiggety.model.rules;

import dev.jiggety.base.Problem;
import dev.jiggety.model.TrustedKey;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** What is wrong with a key that is to be believed, place by place. */
public final class KeyRules {
  /** How long an Ed25519 key is, in bytes. */
  public static final int LENGTH = 32;

  private static final int ID_BYTES = 16;

  /** Stands in one line of a file and of a log; a colon would look like a role before it. */
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._@+-]{0,63}");

  private KeyRules() {}

  /** The id of a key: the first half of the SHA-256 of its 32 bytes, in hexadecimal. */
  public static String id(byte[] raw) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(raw);
      return HexFormat.of().formatHex(digest, 0, ID_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Everything that is wrong; empty when it can be believed. */
  public static List<Problem> problems(TrustedKey key) {
    List<Problem> problems = new ArrayList<>();
    if (!isName(key.name())) {
      problems.add(
          new Problem(
              "name",
              "\""
                  + key.name()
                  + "\" must be 1 to 64 letters, digits, blanks or . _ @ + - and begin with a"
                  + " letter or digit"));
    }
    byte[] raw = raw(key.key());
    if (raw.length != LENGTH) {
      problems.add(new Problem("key", "must be an Ed25519 key, 32 bytes in Base64"));
    } else if (!id(raw).equals(key.id())) {
      problems.add(new Problem("_id", "must be key:" + id(raw) + ", the hash of the key"));
    }
    return List.copyOf(problems);
  }

  /** Whether a key can be made for that name. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches() && name.equals(name.strip());
  }

  private static byte[] raw(String key) {
    try {
      return Base64.getDecoder().decode(key);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
