package dev.jiggety.model;

import java.time.Instant;
import java.util.Locale;

/**
 * What a person says of an incident. Immutable; written once, by that person.
 *
 * @param id lower-case letters, digits and hyphens, 1 to 64; never used twice
 * @param incident the id of the incident
 * @param act what
 * @param by the person's account
 * @param text for the record; may be empty
 * @param at when, by the person's clock
 */
public record IncidentAct(String id, String incident, Act act, String by, String text, Instant at) {

  /** What can be said. */
  public enum Act {
    /** I look after it: no reminders and no escalation any more. */
    ACKNOWLEDGE,
    /** I do not look after it any more. */
    UNACKNOWLEDGE,
    /** Only a remark. */
    COMMENT,
    /** Nobody is to be told of it any more. */
    MUTE;

    /** The lower-case name that documents and commands use. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
