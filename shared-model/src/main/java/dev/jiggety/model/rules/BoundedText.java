package dev.jiggety.model.rules;

import java.util.regex.Pattern;

/**
 * A text that can be looked at so many times only. Java's regular expressions backtrack, and some
 * of them would take longer than the age of the world over a page of a few kilobytes; they end
 * here, after the same number of steps on every machine.
 */
final class BoundedText implements CharSequence {
  /** Some hundred milliseconds; a sane expression needs a few looks at each character. */
  private static final int MOST_LOOKS = 50_000_000;

  private final CharSequence text;
  private final int[] looks;

  private BoundedText(CharSequence text, int[] looks) {
    this.text = text;
    this.looks = looks;
  }

  /** The expression gave up; the message says so in words that fit after "found". */
  static final class TooMuchWork extends RuntimeException {
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
  static boolean find(String expression, String text) {
    try {
      return Pattern.compile(expression)
          .matcher(new BoundedText(text, new int[] {MOST_LOOKS}))
          .find();
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
