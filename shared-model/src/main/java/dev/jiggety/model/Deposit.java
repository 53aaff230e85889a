package dev.jiggety.model;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an operator wants done with a secret.
 *
 * @param id unique; begins with the time
 * @param secret the secret's name
 * @param act what is wanted
 * @param by who wants it; who signs it has that name
 * @param created when it was wanted, by the hub's clock where that is known
 * @param sealed the content for {@link Act#SET}, sealed to the managers alone; null otherwise
 */
public record Deposit(
    String id, String secret, Act act, String by, Instant created, @Nullable Envelope sealed) {

  /** What can be wanted. */
  public enum Act {
    /** This content from now on. */
    SET,
    /** The same content, encrypted with another key. */
    RENEW,
    /** None any more. */
    REMOVE;

    /** The lower-case name that documents use. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What the content is sealed for: this order of this person, and no other. */
  public static String purpose(String id, String secret, String by) {
    return "jiggety deposit " + id + " " + secret + " " + by;
  }
}
