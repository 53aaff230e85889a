package dev.jiggety.agent.service;

import java.util.regex.Pattern;

/**
 * Takes out of a line what looks like a secret. Nothing of the kind should be in a log; this is for
 * what others, like a library or a site under test, put into a message of theirs.
 */
final class LogMask {
  static final String STARS = "*****";

  /** The name and password in an address. */
  private static final Pattern USER = Pattern.compile("(?<=://)[^/@\\s]+@");

  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)([\\w-]*(?:password|passwd|secret|token|authorization|cookie|api[-_]?key)[\\w-]*"
              + "[\"']?\\s*[=:]\\s*[\"']?)((?:bearer|basic|digest)\\s+)?[^\\s\"',;&]+");

  private static final Pattern SCHEME =
      Pattern.compile("(?i)\\b(bearer|basic)\\s+[A-Za-z0-9._~+/=-]{8,}");

  private LogMask() {}

  static String mask(String text) {
    String masked = USER.matcher(text).replaceAll(STARS + "@");
    masked = NAMED.matcher(masked).replaceAll("$1" + STARS);
    return SCHEME.matcher(masked).replaceAll("$1 " + STARS);
  }
}
