package dev.jiggety.base;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A password or token that cannot leak by accident: it prints as stars, is not serialisable, and
 * compares in constant time. Only {@link #reveal()} gives the text; look for its callers to see
 * every place where a secret leaves this wrapper.
 */
public final class Secret {
  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  /** Wraps {@code text}; the empty text is allowed and means an empty password. */
  public static Secret of(String text) {
    return new Secret(text);
  }

  /** The secret itself. Never put the answer into a log, an exception or a command line. */
  public String reveal() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && MessageDigest.isEqual(bytes(), that.bytes());
  }

  @Override
  public int hashCode() {
    return 1; // a hash of a secret is half a leak
  }

  @Override
  public String toString() {
    return "*****";
  }

  private byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
