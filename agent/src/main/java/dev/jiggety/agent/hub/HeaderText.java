package dev.jiggety.agent.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What stands inside of header values (RFC 9110 §5.6, §12.5.1, §14). */
final class HeaderText {
  private HeaderText() {}

  /** A parameter of {@code type; name=value; name="value"}; the name in any case. */
  static Optional<String> parameter(String header, String name) {
    for (var part : split(header, ';').stream().skip(1).toList()) {
      var equals = part.indexOf('=');
      if (equals > 0 && part.substring(0, equals).strip().equalsIgnoreCase(name)) {
        return Optional.of(unquote(part.substring(equals + 1).strip()));
      }
    }
    return Optional.empty();
  }

  /** What comes before the parameters, in lower case. */
  static String bare(String header) {
    return header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /** A header's name as it is usually written: {@code Content-Type}. */
  static String capitalized(String name) {
    var text = new StringBuilder(name.toLowerCase(Locale.ROOT));
    for (var i = 0; i < text.length(); i++) {
      if (i == 0 || text.charAt(i - 1) == '-') {
        text.setCharAt(i, Character.toUpperCase(text.charAt(i)));
      }
    }
    return text.toString();
  }

  /** The parts between separators that are not in quotes. */
  private static List<String> split(String text, char separator) {
    var parts = new ArrayList<String>();
    var quoted = false;
    var from = 0;
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        parts.add(text.substring(from, i));
        from = i + 1;
      }
    }
    parts.add(text.substring(Math.min(from, text.length())));
    return parts;
  }

  private static String unquote(String text) {
    if (text.length() < 2 || !text.startsWith("\"") || !text.endsWith("\"")) {
      return text;
    }
    var plain = new StringBuilder(text.length());
    for (var i = 1; i < text.length() - 1; i++) {
      if (text.charAt(i) == '\\' && i + 1 < text.length() - 1) {
        i++;
      }
      plain.append(text.charAt(i));
    }
    return plain.toString();
  }

  /**
   * Whether an {@code Accept} header lets this type pass, as CouchDB's server reads it: no header
   * is {@code *}{@code /*}; which type is liked more is not looked at.
   */
  static boolean accepts(String accept, String type) {
    var family = type.substring(0, type.indexOf('/')) + "/*";
    var found = false;
    for (var each : split(accept, ',')) {
      var bare = bare(each);
      var refused = parameter(each, "q").filter(q -> q.matches("0(\\.0*)?")).isPresent();
      if (bare.equals(type) || bare.equals(family)) {
        if (refused) {
          return false;
        }
        found = true;
      } else if (bare.equals("*/*")) {
        found |= !refused;
      }
    }
    return found;
  }

  /** Whether {@code If-None-Match} names this tag. */
  static boolean matches(String ifNoneMatch, String tag) {
    return split(ifNoneMatch, ',').stream()
        .map(String::strip)
        .map(each -> each.startsWith("W/") ? each.substring(2) : each)
        .anyMatch(each -> each.equals(tag) || each.equals("*"));
  }

  /** The bytes from the first to the last, both inclusive, counted from 0. */
  record Range(long first, long last) {}

  /**
   * The one range of a {@code Range} header; empty where all is wanted: no range, several, another
   * unit than bytes, or one that cannot be read.
   *
   * @throws CouchError 416, where there are no such bytes
   */
  static Optional<Range> range(String header, long length) {
    var text = header.strip().toLowerCase(Locale.ROOT);
    if (!text.matches("bytes\\s*=\\s*(\\d{1,18}-(\\d{1,18})?|-\\d{1,18})")) {
      return Optional.empty();
    }
    var range = text.substring(text.indexOf('=') + 1).strip();
    var dash = range.indexOf('-');
    var from = range.substring(0, dash);
    var to = range.substring(dash + 1);
    if (from.isEmpty()) {
      var wanted = Math.min(Long.parseLong(to), length);
      if (wanted == 0) {
        throw CouchError.noSuchRange();
      }
      return Optional.of(new Range(length - wanted, length - 1));
    }
    var first = Long.parseLong(from);
    if (first == 0 && to.isEmpty()) {
      return Optional.empty();
    }
    var last = to.isEmpty() ? length - 1 : Math.min(Long.parseLong(to), length - 1);
    if (last < first) {
      throw CouchError.noSuchRange();
    }
    return Optional.of(new Range(first, last));
  }
}
