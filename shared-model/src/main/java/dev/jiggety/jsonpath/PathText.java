package dev.jiggety.jsonpath;

/** The text of a path, and how far it is read. */
final class PathText {
  private final String text;
  private int at;

  PathText(String text) {
    this.text = text;
  }

  /** What is wrong here. */
  IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(
        "is not a JSONPath (RFC 9535): " + what + " at character " + (at + 1));
  }

  boolean isAtEnd() {
    return at >= text.length();
  }

  /** The next character; 0 at the end. */
  char peek() {
    return isAtEnd() ? 0 : text.charAt(at);
  }

  char next() {
    if (isAtEnd()) {
      throw wrong("it ends too early");
    }
    return text.charAt(at++);
  }

  boolean startsWith(String what) {
    return text.startsWith(what, at);
  }

  /** Passes over it, if it stands there. */
  boolean take(String what) {
    if (!startsWith(what)) {
      return false;
    }
    at += what.length();
    return true;
  }

  void expect(String what) {
    if (!take(what)) {
      throw wrong("expected " + what);
    }
  }

  void skipBlanks() {
    while (!isAtEnd() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  int position() {
    return at;
  }

  void back(int position) {
    at = position;
  }

  /** From a place to here. */
  String since(int position) {
    return text.substring(position, at);
  }

  /** A name without quotes; empty when none begins here. */
  String name() {
    int from = at;
    while (!isAtEnd() && isNamePart(text.charAt(at), at > from)) {
      at++;
    }
    return text.substring(from, at);
  }

  private static boolean isNamePart(char c, boolean digitsToo) {
    return c == '_'
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c >= 0x80
        || (digitsToo && c >= '0' && c <= '9');
  }

  /** A text in quotes of one kind or the other. */
  String quoted() {
    char quote = next();
    StringBuilder value = new StringBuilder();
    while (true) {
      char c = next();
      if (c == quote) {
        return value.toString();
      }
      if (c < 0x20) {
        throw wrong("a control character in a text");
      }
      value.append(c == '\\' ? escaped(quote) : c);
    }
  }

  private char escaped(char quote) {
    char c = next();
    return switch (c) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case '/', '\\' -> c;
      case 'u' -> unicode();
      default -> {
        if (c != quote) {
          throw wrong("\\" + c + " means nothing");
        }
        yield c;
      }
    };
  }

  private char unicode() {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(next(), 16);
      if (digit < 0) {
        throw wrong("four hexadecimal digits belong behind \\u");
      }
      value = value * 16 + digit;
    }
    return (char) value;
  }

  /** Digits with a sign, as RFC 9535 writes whole numbers. */
  long wholeNumber() {
    int from = at;
    take("-");
    int digits = at;
    while (!isAtEnd() && Character.isDigit(peek()) && peek() < 0x80) {
      at++;
    }
    String number = text.substring(from, at);
    boolean leadingZero = at - digits > 1 && text.charAt(digits) == '0';
    if (at == digits || leadingZero || number.equals("-0") || at - digits > 15) {
      throw wrong("expected a whole number");
    }
    return Long.parseLong(number);
  }
}
