package dev.jiggety.twill;

import dev.jiggety.twill.Argument.Part;
import dev.jiggety.twill.Argument.Text;
import dev.jiggety.twill.Argument.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the variables in a word. They are looked up, never evaluated. */
final class Parts {
  private static final Pattern WHOLE = Pattern.compile("\\$([A-Za-z_]\\w*)|(__[A-Za-z]\\w*__)");
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z_]\\w{0,63}|secret\\.[a-z0-9][a-z0-9._-]{0,63}");

  private final Lexer.Word word;
  private final boolean pattern;
  private final List<Part> parts = new ArrayList<>();
  private final StringBuilder plain = new StringBuilder();

  private Parts(Lexer.Word word, boolean pattern) {
    this.word = word;
    this.pattern = pattern;
  }

  /**
   * The argument that a word is.
   *
   * @param pattern whether it is a pattern, where {@code \$} stays as it is
   */
  static Argument of(Lexer.Word word, boolean pattern, int line, List<Flaw> flaws) {
    Parts parts = new Parts(word, pattern);
    String body = word.body();
    Matcher whole = WHOLE.matcher(body);
    if (whole.matches()) {
      String name = whole.group(1) == null ? whole.group(2) : whole.group(1);
      parts.parts.add(new Variable(name, word.column()));
    } else if (body.matches("(?s)\\$[A-Za-z_].*")) {
      flaws.add(
          new Flaw(
              line,
              word.column(),
              "a variable inside a text is written ${name}, and a dollar sign before a letter \\$;"
                  + " nothing is evaluated"));
    } else {
      parts.scan(line, flaws);
    }
    return new Argument(word.column(), word.written(), parts.parts);
  }

  /** An argument that is what it is, whatever it looks like. */
  static Argument name(Lexer.Word word) {
    return new Argument(word.column(), word.written(), List.of(new Text(word.body())));
  }

  private void scan(int line, List<Flaw> flaws) {
    String body = word.body();
    int at = 0;
    while (at < body.length()) {
      if (body.startsWith("\\\\", at)) {
        plain.append("\\\\");
        at += 2;
      } else if (body.startsWith("\\$", at)) {
        plain.append(pattern ? "\\$" : "$");
        at += 2;
      } else if (body.startsWith("$${", at)) { // as in all other texts of a test
        plain.append(pattern ? "\\$\\{" : "${");
        at += 3;
      } else if (body.startsWith("${", at)) {
        int end = body.indexOf('}', at);
        String name = end < 0 ? body.substring(at + 2) : body.substring(at + 2, end);
        int column = word.columns().get(at);
        if (end < 0) {
          flaws.add(new Flaw(line, column, "the ${ that begins here never ends; put a } after it"));
          return;
        }
        if (!NAME.matcher(name).matches()) {
          flaws.add(new Flaw(line, column, wrongName(name)));
        }
        text();
        parts.add(new Variable(name, column));
        at = end + 1;
      } else {
        plain.append(body.charAt(at++));
      }
    }
    text();
  }

  private static String wrongName(String name) {
    return name.startsWith("secret.")
        ? "\"" + name + "\" cannot be a secret; names are lower-case letters, digits, -, . and _"
        : "\"" + name + "\" is not the name of a variable; nothing is evaluated in ${}";
  }

  private void text() {
    if (!plain.isEmpty()) {
      parts.add(new Text(plain.toString()));
      plain.setLength(0);
    }
  }
}
