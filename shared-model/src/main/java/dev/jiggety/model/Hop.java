package dev.jiggety.model;

/**
 * One request of a sample: the first, or one that a redirect led to.
 *
 * @param url where it went; user information is taken out
 * @param status the HTTP status, 0 when none came
 * @param phases the hop's own times
 */
public record Hop(String url, int status, Phases phases) {}
