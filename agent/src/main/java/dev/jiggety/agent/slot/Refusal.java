package dev.jiggety.agent.slot;

import dev.jiggety.model.rules.Heads.Acceptance;
import dev.jiggety.signing.Flaw;
import java.util.Locale;

/** Why a node does not follow what it was offered; each attack has its own. */
public enum Refusal {
  /** There is no signature. */
  UNSIGNED,
  /** It cannot be read. */
  MALFORMED,
  /** Signed by a key that is not believed, or not any more. */
  UNKNOWN_KEY,
  /** Signed by a key that is believed for something else. */
  WRONG_ROLE,
  /** Signed by another person than it says. */
  WRONG_NAME,
  /** It is not what was signed. */
  TAMPERED,
  /** Larger than any honest one. */
  OVERSIZED,
  /** A head older than the one that is followed: replayed. */
  LOWER_VERSION,
  /** A head with the version of the one that is followed and another content: forged or forked. */
  OTHER_CONTENT,
  /** A head by a manager that was fenced off. */
  LOWER_EPOCH,
  /** A newer head with an older state of the configuration. */
  LOWER_RELEASE,
  /** A newer head with a lower place in the line. */
  LOWER_SEQ,
  /** A head that is too old to be believed. */
  EXPIRED,
  /** The head is gone. */
  DELETED,
  /** A candidate of another ride than the head wants. */
  OTHER_RIDE,
  /** The candidate's changes do not fit what is in force. */
  CONFLICTING,
  /** The candidate's changes do not give the digest that the head wants. */
  WRONG_DIGEST;

  /** The lower-case, hyphenated name that people read. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Refusal of(Flaw flaw) {
    return switch (flaw) {
      case UNSIGNED -> UNSIGNED;
      case MALFORMED -> MALFORMED;
      case UNKNOWN_KEY -> UNKNOWN_KEY;
      case WRONG_ROLE -> WRONG_ROLE;
      case WRONG_NAME -> WRONG_NAME;
      case TAMPERED -> TAMPERED;
    };
  }

  static Refusal of(Acceptance no) {
    return switch (no) {
      case LOWER_VERSION -> LOWER_VERSION;
      case OTHER_CONTENT -> OTHER_CONTENT;
      case LOWER_EPOCH -> LOWER_EPOCH;
      case LOWER_RELEASE -> LOWER_RELEASE;
      case LOWER_SEQ -> LOWER_SEQ;
      case EXPIRED -> EXPIRED;
      case ACCEPTED, SAME -> throw new IllegalArgumentException(no + " is no refusal");
    };
  }
}
