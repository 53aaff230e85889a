package dev.jiggety.desktop.chart;

/**
 * The span of time that a chart shows. Immutable.
 *
 * @param from milliseconds since 1970, inclusive
 * @param to exclusive; always after {@code from}
 */
public record Viewport(long from, long to) {
  /** The shortest span that can be zoomed to, in milliseconds. */
  public static final long SHORTEST = 2_000;

  public Viewport {
    if (to <= from) {
      throw new IllegalArgumentException("a viewport needs from < to, got " + from + ", " + to);
    }
  }

  /** Its length in milliseconds. */
  public long span() {
    return to - from;
  }

  /** Where a time lies: 0 at the left edge, 1 at the right; outside of that outside. */
  public double fraction(long time) {
    return (time - from) / (double) span();
  }

  /** The time at a place between 0 (left) and 1 (right). */
  public long time(double fraction) {
    return from + Math.round(fraction * span());
  }

  /** The pixel column of a time inside the view. */
  public int column(long time, int columns) {
    return Math.clamp((time - from) * columns / span(), 0, columns - 1);
  }

  /** The first millisecond after a pixel column of {@link #column}. */
  public long columnEnd(int column, int columns) {
    return from + Math.ceilDiv((column + 1L) * span(), (long) columns);
  }

  /** The same length, so much later. */
  public Viewport shifted(long millis) {
    return new Viewport(from + millis, to + millis);
  }

  /**
   * Closer or farther with one place held still.
   *
   * @param fraction the place, 0 to 1
   * @param factor below 1 shows less, above 1 more
   * @param longest the longest span allowed
   */
  public Viewport zoomed(double fraction, double factor, long longest) {
    long span = Math.clamp(Math.round(span() * factor), Math.min(SHORTEST, longest), longest);
    long start = time(fraction) - Math.round(fraction * span);
    return new Viewport(start, start + span);
  }

  /** Moved by a part of its own length; positive goes to later times. */
  public Viewport moved(double fraction) {
    long by = Math.round(fraction * span());
    return new Viewport(from + by, to + by);
  }

  /** The same length, pushed back inside limits; the limits themselves when it is longer. */
  public Viewport within(Viewport limits) {
    if (span() >= limits.span()) {
      return limits;
    }
    if (from < limits.from) {
      return new Viewport(limits.from, limits.from + span());
    }
    return to > limits.to ? new Viewport(limits.to - span(), limits.to) : this;
  }
}
