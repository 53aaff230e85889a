package dev.jiggety.desktop.chart;

/**
 * Something that happened, on the axis of time.
 *
 * @param from milliseconds since 1970
 * @param to not before {@code from}; the same for what took no time
 * @param text what it is, in one line
 * @param id by which it is opened; empty where it cannot be
 */
public record Annotation(Kind kind, long from, long to, String text, String id) {
  /** What it is; each has a row of its own above the charts. */
  public enum Kind {
    INCIDENT,
    ROLLOUT,
    MAINTENANCE
  }
}
