package dev.jiggety.desktop.run;

import java.time.Duration;
import java.util.List;

/**
 * A line of a waterfall: something that took time within a sample.
 *
 * @param name what it was
 * @param note its status, its number of a line, or nothing
 * @param start since the beginning of the sample, or of the page load
 * @param length how long it took
 * @param parts of which it is made, in order; at least one
 * @param failed whether it went wrong
 * @param spoken the same in words, for who does not see bars
 */
public record BarRow(
    String name,
    String note,
    Duration start,
    Duration length,
    List<Part> parts,
    boolean failed,
    String spoken) {

  public BarRow {
    parts = List.copyOf(parts);
  }

  /** When it was over. */
  public Duration end() {
    return start.plus(length);
  }

  /**
   * A part of a bar.
   *
   * @param style the class of its colour, like {@code phase-dns}
   * @param start on the same axis as its row's
   */
  public record Part(String style, Duration start, Duration length) {}
}
