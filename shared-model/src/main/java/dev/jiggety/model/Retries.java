package dev.jiggety.model;

import java.time.Duration;

/**
 * How often a failing sample is tried again on the node before the failure counts.
 *
 * @param count 0 to 10
 * @param delay the wait before each retry
 */
public record Retries(int count, Duration delay) {
  /** One retry after a second: what most tests want. */
  public static final Retries DEFAULT = new Retries(1, Duration.ofSeconds(1));
}
