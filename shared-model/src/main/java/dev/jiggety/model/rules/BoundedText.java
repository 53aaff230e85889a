package dev.jiggety.model.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that can be looked at so many times only. Java's regular expressions backtrack, and some
 * of them would take longer than the age of the world over a page of a few kilobytes; they end
 * here, after the same number of steps on every machine.
 */
public final class BoundedText implements CharSequence {
  /** Some hundred milliseconds; a sane expression needs a few looks at each character. */
  private static final int MOST_LOOKS = 50_000_000;

  private final CharSequence text;
  private final int[] looks;

  private BoundedText(CharSequence text, int[] looks) {
    this.text = text;
    this.looks = looks;
  }

  /**
   * What an expression found.
   *
   * @param start where it begins
   * @param end where it ends, exclusive
   * @param text its first group if it has one that took part, else all of it
   */
  public record Found(int start, int end, String text) {}

  /** The expression gave up; the message says so in words that fit after "found". */
  public static final class TooMuchWork extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooMuchWork() {
      super(
          "nothing yet when it was given up: the expression backtracks too much, make it simpler",
          null,
          false,
          false);
    }
  }

  /**
   * Whether the expression finds something in the text.
   *
   * @throws TooMuchWork when that takes too long or too deep a recursion
   */
  public static boolean find(String expression, String text) {
    return first(expression, text).isPresent();
  }

  /**
   * What the expression finds first: its first group if it has one that took part, else all of it.
   *
   * @throws TooMuchWork when that takes too long or too deep a recursion
   */
  public static Optional<String> first(String expression, String text) {
    return all(expression, text, 1).stream().map(Found::text).findFirst();
  }

  /**
   * All that the expression finds, one after another.
   *
   * @param most how many at most
   * @throws TooMuchWork when that takes too long or too deep a recursion
   */
  public static List<Found> all(String expression, String text, int most) {
    try {
      Matcher matcher =
          Pattern.compile(expression).matcher(new BoundedText(text, new int[] {MOST_LOOKS}));
      List<Found> found = new ArrayList<>();
      while (found.size() < most && matcher.find()) {
        int group = matcher.groupCount() > 0 && matcher.start(1) >= 0 ? 1 : 0;
        found.add(
            new Found(
                matcher.start(),
                matcher.end(),
                text.substring(matcher.start(group), matcher.end(group))));
      }
      return List.copyOf(found);
    } catch (StackOverflowError e) {
      throw new TooMuchWork();
    }
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    if (--looks[0] < 0) {
      throw new TooMuchWork();
    }
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return new BoundedText(text.subSequence(start, end), looks);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
