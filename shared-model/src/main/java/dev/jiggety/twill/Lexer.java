package dev.jiggety.twill;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a line into words. A word is plain or in quotes of either style; in quotes a backslash or
 * a doubled quote makes the quote part of the word. {@code \n} is a line end everywhere; every
 * other backslash stays, so that regular expressions read as they are. A {@code #} where a word
 * could begin begins a comment.
 */
final class Lexer {
  private final String line;
  private final int number;
  private final List<Flaw> flaws;
  private final List<Word> words = new ArrayList<>();
  private int at;

  /**
   * A word.
   *
   * @param column where it begins, its quote included
   * @param written with its quotes
   * @param body without them, and without the backslashes that only mean the quote
   * @param columns for each character of the body where it stands
   */
  record Word(int column, String written, String body, List<Integer> columns) {}

  /** What a line has in it; {@code end} is where the last word ends. */
  record Split(List<Word> words, int end, boolean flawed) {}

  private Lexer(String line, int number, List<Flaw> flaws) {
    this.line = line;
    this.number = number;
    this.flaws = flaws;
  }

  /** The words of a line; what is wrong with them goes to {@code flaws}. */
  static Split split(String line, int number, List<Flaw> flaws) {
    int before = flaws.size();
    Lexer lexer = new Lexer(line, number, flaws);
    int end = lexer.run();
    return new Split(List.copyOf(lexer.words), end, flaws.size() > before);
  }

  private int run() {
    int end = 0;
    while (true) {
      while (at < line.length() && isBlank(line.charAt(at))) {
        at++;
      }
      if (at == line.length() || line.charAt(at) == '#') {
        return end;
      }
      char first = line.charAt(at);
      boolean fine = (first == '"' || first == '\'') ? quoted(first) : plain();
      if (!fine) {
        return line.length();
      }
      end = at;
    }
  }

  private boolean plain() {
    int from = at;
    Body body = new Body();
    while (at < line.length() && !isBlank(line.charAt(at))) {
      char c = line.charAt(at);
      if (c == '"' || c == '\'') {
        return flaw(at, "a quote inside a word; put the whole argument in quotes");
      }
      if (c == '#') {
        return flaw(
            at, "a # inside a word; put the argument in quotes, or a blank before a comment");
      }
      at += body.take(line, at);
    }
    String written = line.substring(from, at);
    if (written.equals("\\") && line.substring(at).isBlank()) {
      return flaw(from, "a command is one line and cannot go on in the next; take out the \\");
    }
    words.add(new Word(from + 1, written, body.text.toString(), body.columns));
    return true;
  }

  private boolean quoted(char quote) {
    int from = at++;
    Body body = new Body();
    while (at < line.length()) {
      char c = line.charAt(at);
      char next = at + 1 < line.length() ? line.charAt(at + 1) : '\0';
      if (c == quote && next != quote) {
        at++;
        words.add(new Word(from + 1, line.substring(from, at), body.text.toString(), body.columns));
        boolean ends = at == line.length() || isBlank(line.charAt(at)) || line.charAt(at) == '#';
        return ends || flaw(at, "text right after a quote; put a blank between the arguments");
      }
      if (next == quote && (c == quote || c == '\\')) {
        body.add(quote, at);
        at += 2;
      } else {
        at += body.take(line, at);
      }
    }
    return flaw(
        from, "the quote that begins here never ends; put another " + quote + " at its end");
  }

  private boolean flaw(int index, String message) {
    flaws.add(new Flaw(number, index + 1, message));
    return false;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\f' || c == '\u00a0';
  }

  /** What a word means, with where it came from. */
  private static final class Body {
    private final StringBuilder text = new StringBuilder();
    private final List<Integer> columns = new ArrayList<>();

    private void add(char c, int index) {
      text.append(c);
      columns.add(index + 1);
    }

    /** Takes one character, or two that belong together; says how many. */
    private int take(String line, int index) {
      char c = line.charAt(index);
      if (c != '\\' || index + 1 == line.length()) {
        add(c, index);
        return 1;
      }
      char next = line.charAt(index + 1);
      if (next == 'n') {
        add('\n', index);
        return 2;
      }
      if (next == '"' || next == '\'') {
        add(c, index);
        return 1; // where it stands it is judged as any quote
      }
      add(c, index);
      add(next, index + 1);
      return 2;
    }
  }
}
