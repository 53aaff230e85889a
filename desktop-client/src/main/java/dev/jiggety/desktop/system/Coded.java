package dev.jiggety.desktop.system;

import dev.jiggety.base.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A password as plain letters (base64 of its UTF-8, RFC 4648): the systems' tools disagree about
 * line ends, quotes and everything beyond ASCII.
 */
final class Coded {
  private Coded() {}

  static String encode(Secret password) {
    return Base64.getEncoder().encodeToString(password.reveal().getBytes(StandardCharsets.UTF_8));
  }

  /** What was encoded; empty for what was not. */
  static Optional<Secret> decode(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text.strip());
      return Optional.of(Secret.of(new String(bytes, StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // somebody else's
    }
  }
}
