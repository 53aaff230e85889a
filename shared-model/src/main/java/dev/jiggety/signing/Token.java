package dev.jiggety.signing;

import dev.jiggety.base.Secret;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an operator hands to whoever sets a node up: {@code jiggety1.ID.SECRET.KEY} or {@code
 * jiggety1.ID.SECRET.KEY.CERTIFICATE}. It lets one guest in once, and tells the guest whom to
 * believe. Prints without the secret.
 *
 * @param invitation the id of the invitation, 16 hexadecimal digits
 * @param secret the guest's password
 * @param managerKey the id of the key of the manager that answers
 * @param certificate the SHA-256 of the certificate that the hub's goes back to, 32 bytes in
 *     hexadecimal; empty where the hub speaks no TLS
 */
public record Token(
    String invitation, Secret secret, String managerKey, Optional<String> certificate) {
  private static final Pattern TEXT =
      Pattern.compile(
          "jiggety1\\.([0-9a-f]{16})\\.([A-Za-z0-9_-]{"
              + MachinePassword.LENGTH
              + "})\\.([0-9a-f]{32})(?:\\.([0-9a-f]{64}))?");
  private static final int ID_BYTES = 8;

  /** A new id of an invitation, which nobody else makes. */
  public static String newId() {
    byte[] bytes = new byte[ID_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException with one line that does not show it
   */
  public static Token parse(String text) {
    Matcher found = TEXT.matcher(text.strip());
    if (!found.matches() || !isWhole(found.group(2))) {
      throw new IllegalArgumentException(
          "that is no token, or not all of it: copy what jiggety enroll token printed, from jiggety1. to the end");
    }
    return new Token(
        found.group(1),
        Secret.of(found.group(2)),
        found.group(3),
        Optional.ofNullable(found.group(4)));
  }

  private static boolean isWhole(String secret) {
    try {
      return Base64.getUrlDecoder().decode(secret).length > 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** All of it, with the secret: for the one who is to have it. */
  public String reveal() {
    String text = "jiggety1." + invitation + "." + secret.reveal() + "." + managerKey;
    return certificate.map(it -> text + "." + it).orElse(text);
  }

  @Override
  public String toString() {
    return "the token of the invitation " + invitation;
  }
}
