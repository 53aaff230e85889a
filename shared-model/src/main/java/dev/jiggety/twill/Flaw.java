package dev.jiggety.twill;

import java.util.Comparator;

/**
 * Something wrong in a script.
 *
 * @param line from 1
 * @param column from 1, in characters as an editor counts them
 * @param message one sentence that says what is wrong and how to mend it; no full stop
 */
public record Flaw(int line, int column, String message) implements Comparable<Flaw> {
  private static final Comparator<Flaw> ORDER =
      Comparator.comparingInt(Flaw::line).thenComparingInt(Flaw::column);

  @Override
  public int compareTo(Flaw other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return line + ":" + column + ": " + message;
  }
}
