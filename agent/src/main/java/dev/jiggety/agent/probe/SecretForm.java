package dev.jiggety.agent.probe;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One way in which a secret may stand in a text, character by character. Each character may be
 * encoded in its own way: as it is, percent-encoded once or twice, as an HTML entity, escaped for
 * JSON or a string of JavaScript however often. Blanks of any kind and number are the same, since
 * excerpts put texts on one line.
 */
final class SecretForm {
  private static final Map<Integer, List<String>> ENTITIES =
      Map.of(
          (int) '&', List.of("amp;"),
          (int) '<', List.of("lt;"),
          (int) '>', List.of("gt;"),
          (int) '"', List.of("quot;"),
          (int) '\'', List.of("apos;"),
          (int) ' ', List.of("nbsp;"));

  /** A line of a longer secret, and a beginning at the end of a text, is hidden from this on. */
  private static final int SHORTEST = 4;

  private static final int LONG_LINE = 16;

  /** Of one character: three bytes, percent-encoded twice. */
  private static final int LONGEST_ENCODING = 20;

  private static final int MOST_BACKSLASHES = 8;

  private final int[] characters;

  private SecretForm(String text) {
    characters = text.replaceAll("\\s+", " ").codePoints().toArray();
  }

  /** All forms of a secret. */
  static List<SecretForm> of(String secret) {
    List<SecretForm> forms = new ArrayList<>();
    add(forms, secret);
    String[] lines = secret.split("\\R");
    if (lines.length > 1) {
      Arrays.stream(lines)
          .filter(line -> line.length() >= LONG_LINE && !line.startsWith("-----"))
          .forEach(line -> add(forms, line));
    }
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    add(forms, HexFormat.of().formatHex(bytes));
    for (int before = 0; before < 3; before++) {
      byte[] shifted = new byte[before + bytes.length];
      System.arraycopy(bytes, 0, shifted, before, bytes.length);
      add(forms, inner(Base64.getEncoder().encodeToString(shifted), before, shifted.length));
      add(forms, inner(Base64.getUrlEncoder().encodeToString(shifted), before, shifted.length));
    }
    return forms;
  }

  /** What is the same in Base64 whatever stands before and behind. */
  private static String inner(String base64, int before, int length) {
    int from = before == 0 ? 0 : before + 1;
    int padding = (3 - length % 3) % 3;
    int to = base64.length() - padding - (padding == 0 ? 0 : 1);
    return base64.substring(from, Math.max(from, to));
  }

  private static void add(List<SecretForm> forms, String text) {
    if (text.strip().length() >= SHORTEST) {
      forms.add(new SecretForm(text));
    }
  }

  int length() {
    return characters.length;
  }

  /**
   * Where it ends, if it begins there: behind the secret, or at the end of a text that was cut in
   * the middle of it. Else the place itself.
   */
  int match(String text, int at) {
    if (!mayBegin(text.charAt(at))) {
      return at;
    }
    TreeSet<Integer> before = new TreeSet<>();
    TreeSet<Integer> ends = new TreeSet<>(Set.of(at));
    for (int i = 0; i < characters.length; i++) {
      TreeSet<Integer> next = new TreeSet<>();
      for (int end : ends) {
        after(text, end, characters[i], next);
      }
      if (next.isEmpty()) {
        return i < SHORTEST ? at : cut(text, ends).orElse(cut(text, before).orElse(at));
      }
      before = ends;
      ends = next;
    }
    return ends.last();
  }

  /** The place at which a text ends in the middle of a secret. */
  private static Optional<Integer> cut(String text, TreeSet<Integer> ends) {
    return ends.descendingSet().stream().filter(end -> isCut(text, end)).findFirst();
  }

  private boolean mayBegin(char first) {
    return "%&\\+".indexOf(first) >= 0
        || Character.isSurrogate(first)
        || same(first, characters[0]);
  }

  /** Whether a text ends there, perhaps within the encoding of one more character. */
  private static boolean isCut(String text, int at) {
    if (at == text.length() || text.charAt(at) == '…') {
      return true;
    }
    int ellipsis = text.indexOf('…', at);
    int end = ellipsis < 0 ? text.length() : ellipsis;
    return end - at <= LONGEST_ENCODING
        && "%&\\".indexOf(text.charAt(at)) >= 0
        && noLetterLeaks(text, at, end);
  }

  private static boolean noLetterLeaks(String text, int at, int end) {
    return text.substring(at, end).chars().noneMatch(Character::isWhitespace);
  }

  /** Adds where one character ends, in each encoding by which the text may be read. */
  private static void after(String text, int at, int wanted, Set<Integer> ends) {
    if (at >= text.length()) {
      return;
    }
    char first = text.charAt(at);
    if (same(text.codePointAt(at), wanted)) {
      int end = at + Character.charCount(text.codePointAt(at));
      ends.add(wanted == ' ' ? skipBlanks(text, end) : end);
    }
    int encoded =
        switch (first) {
          case '+' -> wanted == ' ' ? at + 1 : -1;
          case '%' -> afterPercent(text, at, wanted);
          case '&' -> afterEntity(text, at + 1, wanted);
          case '\\' -> afterBackslash(text, at, wanted, ends);
          default -> -1;
        };
    if (encoded > 0) {
      ends.add(encoded);
    }
  }

  private static boolean same(int found, int wanted) {
    return found == wanted
        || Character.toLowerCase(found) == Character.toLowerCase(wanted)
        || (wanted == ' ' && Character.isWhitespace(found));
  }

  private static int skipBlanks(String text, int at) {
    int end = at;
    while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static int afterPercent(String text, int at, int wanted) {
    int end = at;
    byte[] bytes = Character.toString(wanted).getBytes(StandardCharsets.UTF_8);
    int sum = 0;
    byte[] found = new byte[bytes.length];
    while (sum < bytes.length) {
      if (end >= text.length() || text.charAt(end) != '%') {
        return -1;
      }
      boolean twice = text.startsWith("%25", end) && hex(text, end + 3, 2) >= 0;
      int digits = twice && (wanted != '%' || text.startsWith("%2525", end)) ? end + 3 : end + 1;
      int value = hex(text, digits, 2);
      if (value < 0) {
        return -1;
      }
      found[sum++] = (byte) value;
      end = digits + 2;
    }
    String decoded = new String(found, StandardCharsets.UTF_8);
    return same(decoded.codePointAt(0), wanted) ? end : -1;
  }

  private static int afterEntity(String text, int at, int wanted) {
    for (String name : ENTITIES.getOrDefault(wanted, List.of())) {
      if (text.regionMatches(true, at, name, 0, name.length())) {
        return at + name.length();
      }
    }
    int semicolon = text.indexOf(';', at);
    if (semicolon < 0 || semicolon > at + 9 || !text.startsWith("#", at)) {
      return -1;
    }
    String number = text.substring(at + 1, semicolon).toLowerCase(Locale.ROOT);
    try {
      int value =
          number.startsWith("x")
              ? Integer.parseInt(number.substring(1), 16)
              : Integer.parseInt(number);
      return same(value, wanted) ? semicolon + 1 : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** Behind one to eight backslashes: JSON within JSON within JSON. */
  private static int afterBackslash(String text, int at, int wanted, Set<Integer> ends) {
    int end = at;
    while (end < text.length() && end < at + MOST_BACKSLASHES && text.charAt(end) == '\\') {
      end++;
      if (wanted == '\\') {
        ends.add(end);
      }
    }
    if (end >= text.length()) {
      return -1;
    }
    int decoded = "ux".indexOf(text.charAt(end)) < 0 ? -1 : unicode(text, end, wanted);
    if (decoded > 0) {
      return decoded;
    }
    if (wanted == ' ') {
      return "ntrfb".indexOf(text.charAt(end)) >= 0 ? end + 1 : -1;
    }
    return same(text.codePointAt(end), wanted)
        ? end + Character.charCount(text.codePointAt(end))
        : -1;
  }

  private static int unicode(String text, int at, int wanted) {
    boolean wide = text.charAt(at) == 'u';
    int end = at + (wide ? 5 : 3);
    int value = hex(text, at + 1, wide ? 4 : 2);
    if (value < 0) {
      return -1;
    }
    if (same(value, wanted)) {
      return end;
    }
    int low = Character.isHighSurrogate((char) value) ? text.indexOf('u', end) : -1;
    if (low < 0 || low > end + 4 || hex(text, low + 1, 4) < 0) {
      return -1;
    }
    return Character.toCodePoint((char) value, (char) hex(text, low + 1, 4)) == wanted
        ? low + 5
        : -1;
  }

  private static int hex(String text, int at, int digits) {
    if (at + digits > text.length()) {
      return -1;
    }
    int value = 0;
    for (int i = at; i < at + digits; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      value = value * 16 + digit;
    }
    return value;
  }
}
