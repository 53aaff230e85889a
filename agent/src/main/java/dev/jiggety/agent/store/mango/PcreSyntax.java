package dev.jiggety.agent.store.mango;

import java.util.Map;

/**
 * Brings a pattern of PCRE to Java's syntax, where the same text means another thing to the two: in
 * Java's classes brackets nest and {@code &&} intersects, POSIX names have another form, and a
 * brace that begins no repetition is an error. For one use.
 */
final class PcreSyntax {
  private static final Map<String, String> POSIX =
      Map.ofEntries(
          Map.entry("alpha", "Alpha"),
          Map.entry("digit", "Digit"),
          Map.entry("alnum", "Alnum"),
          Map.entry("upper", "Upper"),
          Map.entry("lower", "Lower"),
          Map.entry("space", "Space"),
          Map.entry("blank", "Blank"),
          Map.entry("punct", "Punct"),
          Map.entry("print", "Print"),
          Map.entry("graph", "Graph"),
          Map.entry("cntrl", "Cntrl"),
          Map.entry("xdigit", "XDigit"));

  private final String pattern;
  private final StringBuilder java = new StringBuilder();
  private int at;

  PcreSyntax(String pattern) {
    this.pattern = pattern;
  }

  String toJava() {
    while (at < pattern.length()) {
      var c = pattern.charAt(at);
      switch (c) {
        case '\\' -> copyEscape();
        case '[' -> copyClass();
        case '{' -> copyBrace();
        case '(' -> copyGroup();
        default -> copy(1);
      }
    }
    return java.toString();
  }

  private void copy(int characters) {
    var end = Math.min(at + characters, pattern.length());
    java.append(pattern, at, end);
    at = end;
  }

  /** A backslash and what it escapes; between \Q and \E nothing has a meaning. */
  private void copyEscape() {
    if (pattern.startsWith("\\Q", at)) {
      var end = pattern.indexOf("\\E", at);
      copy(end < 0 ? pattern.length() - at : end + 2 - at);
    } else {
      copy(2);
    }
  }

  private void copyGroup() {
    if (pattern.startsWith("(?P<", at)) {
      java.append("(?<");
      at += 4;
    } else {
      copy(1);
    }
  }

  private void copyBrace() {
    var end = at + 1;
    while (end < pattern.length() && Character.isDigit(pattern.charAt(end))) {
      end++;
    }
    var counted = end > at + 1;
    if (counted && end < pattern.length() && pattern.charAt(end) == ',') {
      do {
        end++;
      } while (end < pattern.length() && Character.isDigit(pattern.charAt(end)));
    }
    if (counted && end < pattern.length() && pattern.charAt(end) == '}') {
      copy(end + 1 - at);
    } else {
      java.append('\\');
      copy(1);
    }
  }

  /** A class, up to the bracket that ends it; one directly behind the beginning does not. */
  private void copyClass() {
    copy(1);
    if (pattern.startsWith("^", at)) {
      copy(1);
    }
    var first = true;
    while (at < pattern.length() && (first || pattern.charAt(at) != ']')) {
      first = false;
      copyClassMember();
    }
    copy(1);
  }

  private void copyClassMember() {
    var c = pattern.charAt(at);
    if (c == '\\') {
      copyEscape();
    } else if (c == '[' && posixEnd() > 0) {
      copyPosix(posixEnd());
    } else {
      if (c == '[' || c == ']' || c == '&' || c == '^') {
        java.append('\\');
      }
      copy(1);
    }
  }

  /** Where the name of a POSIX class ends that begins here; 0 where there is none. */
  private int posixEnd() {
    var end = pattern.startsWith("[:", at) ? pattern.indexOf(":]", at) : -1;
    return Math.max(end, 0);
  }

  private void copyPosix(int end) {
    var negated = pattern.startsWith("[:^", at);
    var name = pattern.substring(at + (negated ? 3 : 2), end);
    if (name.equals("word")) {
      java.append(negated ? "\\W" : "\\w");
    } else {
      var known = POSIX.get(name);
      if (known == null) {
        throw new IllegalArgumentException("unknown POSIX class name " + name);
      }
      java.append(negated ? "\\P{" : "\\p{").append(known).append('}');
    }
    at = end + 2;
  }
}
