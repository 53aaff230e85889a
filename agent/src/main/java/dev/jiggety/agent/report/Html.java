package dev.jiggety.agent.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The one style of all pages, in each of them, so that a page is one file; and the policy that
 * allows this style and nothing else: no script, nothing from anywhere.
 */
final class Html {
  /** The style sheet. */
  static final String STYLE = Templates.resource("style.css");

  /** For the header of an answer: no other page may show it in a frame, either. */
  static final String POLICY =
      "default-src 'none'; style-src '"
          + hash(STYLE)
          + "'; img-src data:; base-uri 'none'; form-action 'none'";

  private Html() {}

  /** The colour of a page's icon, as six digits. */
  static String icon(String level) {
    return switch (level) {
      case "up" -> "23925c";
      case "degraded" -> "d99012";
      case "down" -> "d03838";
      case "maintenance" -> "4a7bd0";
      default -> "8794a5";
    };
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
