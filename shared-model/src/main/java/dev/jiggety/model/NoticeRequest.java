package dev.jiggety.model;

import java.time.Instant;
import java.util.Locale;

/**
 * What a person asks the one who sends notices for. Immutable; written once, by that person.
 *
 * @param id lower-case letters, digits and hyphens, 1 to 64; never used twice
 * @param subject the id of a channel for a test, that of a notice for another try
 * @param by the person's account
 * @param at when, by the person's clock
 */
public record NoticeRequest(String id, Act act, String subject, String by, Instant at) {

  /** What can be asked for. */
  public enum Act {
    /** Send a test message to a channel. */
    TEST,
    /** Try a notice again that was given up. */
    RETRY;

    /** The lower-case name that documents and commands use. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
