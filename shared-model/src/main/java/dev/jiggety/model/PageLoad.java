package dev.jiggety.model;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a browser loaded a page. Its times are the browser's own and are another figure than the
 * times of an HTTP exchange: they never go into the same series.
 *
 * @param engine what loaded it, as {@link Engine#label()}
 * @param milestones since navigation began, by the names of the W3C's Navigation Timing and Paint
 *     Timing: {@code responseStart}, {@code domInteractive}, {@code domContentLoadedEventEnd},
 *     {@code loadEventEnd}, {@code first-contentful-paint}; only those that the engine knows
 * @param requests how many were made, the document's included
 * @param bytes how much came over the wire, in bytes
 * @param resources the slowest ones first cut to a bound, then in order of their start
 * @param consoleErrors errors on the console and uncaught exceptions, as many as there were
 * @param networkErrors requests that failed or were answered with 400 to 599
 * @param messages the first of both and of dialogs, one line each
 */
public record PageLoad(
    String engine,
    Map<String, Duration> milestones,
    int requests,
    long bytes,
    List<Resource> resources,
    int consoleErrors,
    int networkErrors,
    List<String> messages) {

  public PageLoad {
    milestones = Collections.unmodifiableMap(new TreeMap<>(milestones));
    resources = List.copyOf(resources);
    messages = List.copyOf(messages);
  }

  /**
   * One request that a page made.
   *
   * @param url without user information, cut to a bound
   * @param type what for: {@code document}, {@code script}, {@code stylesheet}, {@code image},
   *     {@code font}, {@code fetch}, {@code other}
   * @param status 0 when no answer came
   * @param bytes over the wire
   * @param start since navigation began
   * @param duration until its last byte
   * @param failed whether no whole answer came
   */
  public record Resource(
      String url,
      String type,
      int status,
      long bytes,
      Duration start,
      Duration duration,
      boolean failed) {}
}
