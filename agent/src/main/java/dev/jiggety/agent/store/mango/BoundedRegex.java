package dev.jiggety.agent.store.mango;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A regular expression of {@code $regex}, with an end to its patience.
 *
 * <p>CouchDB matches with PCRE on the bytes of UTF-8: a dot is one byte, classes and case know
 * ASCII alone. So does this, with the pattern's syntax brought from PCRE to Java where the two
 * differ in silence. Constructs that Java does not know (recursion, {@code \K}, conditions) are no
 * patterns here. Where a pattern looks at a text's characters more than {@value #PATIENCE} times,
 * as nested repetitions can, the text does not match; PCRE has such a limit too.
 */
final class BoundedRegex {
  private static final int PATIENCE = 2_000_000;

  private final String text;
  private final Pattern pattern;

  private BoundedRegex(String text, Pattern pattern) {
    this.text = text;
    this.pattern = pattern;
  }

  /**
   * Compiles a pattern.
   *
   * @throws IllegalArgumentException where it is none
   */
  static BoundedRegex compile(String text) {
    try {
      // Without this flag more characters than \n would end a line.
      var pattern = Pattern.compile(new PcreSyntax(bytes(text)).toJava(), Pattern.UNIX_LINES);
      return new BoundedRegex(text, pattern);
    } catch (StackOverflowError e) {
      throw new IllegalArgumentException("nested too deeply", e);
    }
  }

  /** The pattern as it was written. */
  String text() {
    return text;
  }

  /** Whether it matches somewhere in the text. */
  boolean find(String where) {
    try {
      return pattern.matcher(new Patient(bytes(where))).find();
    } catch (OutOfPatience | StackOverflowError e) {
      return false;
    }
  }

  /** Each byte of UTF-8 as one character. */
  private static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** Counts how often it is looked at. */
  private static final class Patient implements CharSequence {
    private final String text;
    private int looks;

    Patient(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (++looks > PATIENCE) {
        throw new OutOfPatience();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private static final class OutOfPatience extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutOfPatience() {
      super("too many steps", null, false, false);
    }
  }
}
