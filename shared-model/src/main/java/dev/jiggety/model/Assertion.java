package dev.jiggety.model;

import java.util.Locale;

/**
 * Something that an answer must fulfil.
 *
 * @param target what is looked at
 * @param name which one, where the target needs it: a header's name, a phase's label; else empty
 * @param operator how it is compared
 * @param negated whether the comparison must not hold
 * @param expected what it is compared with, as text: {@code 200-299,304} for a status, {@code
 *     800ms} for a time, {@code 14} for days, a regular expression for {@link Operator#MATCHES}
 */
public record Assertion(
    Target target, String name, Operator operator, boolean negated, String expected) {

  /** A plain assertion without a name. */
  public static Assertion that(Target target, Operator operator, String expected) {
    return new Assertion(target, "", operator, false, expected);
  }

  /** What can be looked at. */
  public enum Target {
    STATUS,
    HEADER,
    BODY,
    TOTAL,
    PHASE,
    /** Days until the earliest certificate of the chain expires. */
    CERTIFICATE_DAYS;

    /** The name in documents: lower case, words joined by a hyphen. */
    public String label() {
      return Assertion.label(this);
    }
  }

  /** How it can be compared. */
  public enum Operator {
    EQUALS,
    /** Member of a list of numbers and ranges. */
    IN,
    CONTAINS,
    /** A regular expression finds something in it. */
    MATCHES,
    LESS_THAN,
    GREATER_THAN,
    EXISTS;

    /** The name in documents: lower case, words joined by a hyphen. */
    public String label() {
      return Assertion.label(this);
    }
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
