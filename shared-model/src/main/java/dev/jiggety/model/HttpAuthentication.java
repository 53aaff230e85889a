package dev.jiggety.model;

/** How a request logs in. Passwords and tokens are commonly {@code ${secret.NAME}}. */
public sealed interface HttpAuthentication {
  /** Not at all. */
  HttpAuthentication NONE = new None();

  /** Not at all. */
  record None() implements HttpAuthentication {}

  /** RFC 7617, sent at once, not after a challenge. */
  record Basic(String user, String password) implements HttpAuthentication {}

  /** RFC 6750. */
  record Bearer(String token) implements HttpAuthentication {}
}
