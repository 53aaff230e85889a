package dev.jiggety.model;

import java.time.Instant;
import java.util.Locale;

/**
 * Something that concerns who may do what on an embedded hub.
 *
 * @param at when, by the hub's clock
 * @param kind what sort of thing
 * @param who the account that did it, or that somebody tried to be; empty where there is no such
 *     account (people type passwords where names belong), or nobody in particular
 * @param from the address that it came from; empty for the hub itself
 * @param what one line for people
 */
public record AccessEvent(Instant at, Kind kind, String who, String from, String what) {

  /** What sort of thing it is. */
  public enum Kind {
    /** A wrong name or password. */
    REFUSED,
    /** So many of them that the hub looks at no more for a while. */
    LOCKED,
    /** An account was made, changed or removed. */
    ACCOUNT,
    /** Who opens a database was changed, or a database made or dropped. */
    RIGHTS,
    /** The rules and indexes of a database were changed. */
    RULES;

    /** The lower-case name that documents use. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether somebody was kept out. */
    public boolean isKeptOut() {
      return this == REFUSED || this == LOCKED;
    }
  }
}
