package dev.jiggety.agent.importing;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a command line as a POSIX shell does (Shell Command Language §2.2), with {@code $'…'} as
 * browsers write it. Nothing is expanded.
 */
final class ShellWords {
  private final String text;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private int at;

  private ShellWords(String text) {
    this.text = text;
  }

  static List<String> split(String text) {
    return new ShellWords(text).read();
  }

  private List<String> read() {
    while (at < text.length()) {
      char c = text.charAt(at++);
      switch (c) {
        case '\'' -> until('\'');
        case '"' -> doubleQuoted();
        case '\\' -> escaped();
        case '$' -> dollar();
        case ' ', '\t', '\n', '\r' -> end();
        default -> add(c);
      }
    }
    end();
    return words;
  }

  private void add(char c) {
    word.append(c);
    inWord = true;
  }

  private void end() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }

  /** A line that ends in a backslash goes on. */
  private void escaped() {
    if (at == text.length()) {
      return;
    }
    char c = text.charAt(at++);
    if (c == '\r' && at < text.length() && text.charAt(at) == '\n') {
      at++;
    } else if (c != '\n') {
      add(c);
    }
  }

  private void until(char quote) {
    inWord = true;
    int end = text.indexOf(quote, at);
    if (end < 0) {
      throw unterminated();
    }
    word.append(text, at, end);
    at = end + 1;
  }

  private void doubleQuoted() {
    inWord = true;
    while (true) {
      char c = next();
      if (c == '"') {
        return;
      }
      if (c != '\\') {
        word.append(c);
        continue;
      }
      char escaped = next();
      if ("\"\\$`".indexOf(escaped) >= 0) {
        word.append(escaped);
      } else if (escaped != '\n') {
        word.append('\\').append(escaped);
      }
    }
  }

  private void dollar() {
    if (at < text.length() && text.charAt(at) == '\'') {
      at++;
      ansi();
    } else {
      add('$');
    }
  }

  /** {@code $'…'}: escapes as in C. */
  private void ansi() {
    inWord = true;
    while (true) {
      char c = next();
      if (c == '\'') {
        return;
      }
      if (c != '\\') {
        word.append(c);
        continue;
      }
      char escape = next();
      switch (escape) {
        case 'n' -> word.append('\n');
        case 'r' -> word.append('\r');
        case 't' -> word.append('\t');
        case 'u' -> code(4);
        case 'x' -> code(2);
        default -> word.append(escape);
      }
    }
  }

  private void code(int digits) {
    int end = Math.min(at + digits, text.length());
    try {
      word.append((char) Integer.parseInt(text.substring(at, end), 16));
    } catch (NumberFormatException e) {
      throw new ImportException("column " + at + ": not " + digits + " hexadecimal digits");
    }
    at = end;
  }

  private char next() {
    if (at >= text.length()) {
      throw unterminated();
    }
    return text.charAt(at++);
  }

  private static ImportException unterminated() {
    return new ImportException("a quote is opened and not closed");
  }
}
