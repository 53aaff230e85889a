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
    CERTIFICATE_DAYS,
    /** The distinguished name of who issued the server's certificate. */
    CERTIFICATE_ISSUER,
    /** A host name for which the server's certificate is valid. */
    CERTIFICATE_HOST,
    /** {@code http/1.1}, {@code h2}, {@code TLSv1.3}: what was spoken. */
    PROTOCOL,
    /** What a JSONPath ({@code name}, RFC 9535) finds in the body. */
    JSON,
    /** What an XPath 1.0 ({@code name}) finds in the page. */
    XPATH,
    /** What a CSS selector ({@code name}) finds in the page. */
    CSS,
    /** Whether the body is valid by a JSON schema ({@code expected}). */
    SCHEMA,
    /** Bytes of the body over the wire. */
    SIZE,
    /** An answer of a name server. */
    ANSWER,
    /** When a page reached a milestone ({@code name}, see {@link PageLoad}). */
    MILESTONE,
    /** How many requests a page made. */
    REQUESTS,
    /** How many bytes a page took over the wire. */
    WEIGHT,
    /** How many errors a page wrote on the console. */
    CONSOLE_ERRORS,
    /** How many requests of a page failed. */
    NETWORK_ERRORS;

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
    EXISTS,
    /** Valid by a schema. */
    VALID;

    /** The name in documents: lower case, words joined by a hyphen. */
    public String label() {
      return Assertion.label(this);
    }
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
