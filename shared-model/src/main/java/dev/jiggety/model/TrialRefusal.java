package dev.jiggety.model;

import java.util.Locale;

/** Why a test is not tried. Each attack and each mishap has its own. */
public enum TrialRefusal {
  /** The request cannot be read. */
  MALFORMED,
  /** The request is larger than any honest one. */
  OVERSIZED,
  /** Nobody has signed it. */
  UNSIGNED,
  /** By a key that is not believed, or not any more. */
  UNKNOWN_KEY,
  /** By a key that is believed for something else. */
  WRONG_ROLE,
  /** By a key of another person than it says. */
  WRONG_NAME,
  /** It is not what was signed. */
  TAMPERED,
  /** It came too late. */
  EXPIRED,
  /** It would be good for longer than any request may be. */
  TOO_LONG,
  /** It was asked before this program began, which cannot know whether it was run then. */
  FROM_BEFORE,
  /** It was run already. */
  REPLAYED,
  /** Too many requests came within a minute. */
  TOO_MANY,
  /** The test is wrong in itself. */
  WRONG_TEST,
  /** Something that the test needs is not there: a probe, a secret, a browser. */
  LACKING,
  /** So many wait already. */
  BUSY,
  /** The run took longer than any run may. */
  TIMED_OUT,
  /** The program ends, or broke. */
  STOPPED;

  /** The lower-case name that documents and screens use. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
