package dev.jiggety.twill;

import dev.jiggety.base.Durations;
import dev.jiggety.base.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an argument must look like; says what is wrong with one that does not. */
public enum Kind {
  /** Anything. */
  TEXT(value -> null),
  /** Something, at least. */
  WORD(value -> value.isBlank() ? "is empty" : null),
  URL(Kind::url),
  /** A regular expression, as java.util.regex has them. */
  PATTERN(value -> Patterns.problem(value).orElse(null)),
  /** Letters of {@code find}. */
  FLAGS(Kind::flags),
  /** HTTP statuses: {@code 200}, {@code 200-299,304}. */
  STATUS(value ->
      value.matches("[1-5]\\d\\d(-[1-5]\\d\\d)?(,[1-5]\\d\\d(-[1-5]\\d\\d)?)*")
          ? null
          : "is no HTTP status; write 200, or several like 200-299,304"),
  /** A count of seconds, with or without a fraction. */
  SECONDS(value ->
      value.matches("\\d{1,5}(\\.\\d{1,3})?|\\.\\d{1,3}")
          ? null
          : "is no number of seconds; write 5 or 0.5"),
  DURATION(Kind::duration),
  /** A whole number, not negative. */
  DAYS(value -> value.matches("\\d{1,5}") ? null : "is no number of days; write 14"),
  /** A whole number. */
  INDEX(value -> value.matches("[-+]?\\d{1,6}") ? null : "is no whole number; write 0 or -1"),
  /** 0 to 255. */
  EXIT(value ->
      value.matches("\\d{1,3}") && Integer.parseInt(value) < 256
          ? null
          : "is no exit code; write 0 for success, 1 to 255 for a failure"),
  /** The name of a variable that the command sets or shows. */
  VARIABLE(Kind::variable),
  /** The name of an HTTP header. */
  HEADER(value ->
      value.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")
          ? null
          : "is not the name of a header; write it like Accept"),
  /** {@code field=value}. */
  PAIR(value -> value.indexOf('=') > 0 ? null : "must be field=value"),
  FLAG(value ->
      Words.truth(value).isPresent() ? null : "is neither true nor false; write true or false"),
  /** What {@code show} shows. */
  SHOWN(value -> oneOf(value, List.of("html", "links", "forms", "history", "cookies", "info"))),
  REQUIREMENT(value -> oneOf(value, List.of("success", "links_ok"))),
  /** A setting of {@code config}. */
  KEY(Kind::key),
  AGENT(value -> UserAgents.problem(value).orElse(null)),
  /** A JSONPath; RFC 9535. */
  PATH(value -> value.isBlank() ? "is empty; write it like $.items[0].price" : null),
  /** What {@code getmatch} and {@code setmatch} take out of a match. */
  EXPRESSION(Kind::expression),
  /** A domain name. */
  HOST(value ->
      value.matches("[\\p{Alnum}_.:-]{1,253}") ? null : "is no host; write it like shop.example"),
  /** An IPv4 or IPv6 address. */
  ADDRESS(value ->
      value.matches("\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")
          ? null
          : "is no address; write it like 192.0.2.1");

  /** Up to how many seconds a page may wait before it goes on by itself. */
  public static final String REFRESH = "equiv_refresh_interval";

  /** Whether fields that are read-only are written all the same. */
  public static final String WRITE_READ_ONLY = "readonly_controls_writeable";

  /** Whether {@code add_auth} counts for every realm. */
  public static final String ANY_REALM = "with_default_realm";

  /** Whether {@code check_links} only collects. */
  public static final String COLLECT = "check_links.only_collect_bad_links";

  /** Settings of {@code config} that mean something here. */
  public static final List<String> KEYS = List.of(REFRESH, WRITE_READ_ONLY, ANY_REALM, COLLECT);

  private static final Set<String> WORDS = Set.of("form", "field", "label", "filename");

  @SuppressWarnings("ImmutableEnumChecker") // rules are functions of a text alone
  private final Rule rule;

  Kind(Rule rule) {
    this.rule = rule;
  }

  /** What is wrong with a value; null for nothing. */
  @FunctionalInterface
  private interface Rule {
    @Nullable String problem(String value);
  }

  /** What is wrong with a value, as the end of a sentence that begins with it. */
  public Optional<String> problem(String value) {
    return Optional.ofNullable(rule.problem(value));
  }

  /** The kind that a parameter of this name is of. */
  static Kind of(String parameter) {
    if (WORDS.contains(parameter)) {
      return WORD;
    }
    return Arrays.stream(values())
        .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(parameter))
        .findAny()
        .orElse(TEXT);
  }

  private static @Nullable String url(String value) {
    if (value.isBlank()) {
      return "is empty; write it like https://shop.example/";
    }
    if (value.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
      return "has a blank or a line end in it; write a blank as %20";
    }
    if (value.matches("(?i)[a-z][a-z0-9+.-]*:.*") && !value.matches("(?i)https?://[^/?#].*")) {
      return value.matches("[^:/?#]+:\\d+([/?#].*)?")
          ? "has no scheme; write http:// or https:// before it"
          : "is no web address; only http:// and https:// are gone to";
    }
    return null;
  }

  private static @Nullable String flags(String value) {
    for (int i = 0; i < value.length(); i++) {
      if ("imsxc".indexOf(value.charAt(i)) < 0) {
        return "has the flag "
            + value.charAt(i)
            + "; known are i (ignore case), m (lines), s (dot takes all), x (XPath), c (CSS)";
      }
    }
    boolean path = value.indexOf('x') >= 0 || value.indexOf('c') >= 0;
    return path && value.length() > 1 ? "mixes flags; x and c stand alone" : null;
  }

  private static @Nullable String duration(String value) {
    try {
      return Durations.parse(value).isZero() ? "must be longer than 0s" : null;
    } catch (IllegalArgumentException e) {
      return "is not a duration; write it like 800ms or 2s";
    }
  }

  private static @Nullable String variable(String value) {
    if (!value.matches("[A-Za-z_][A-Za-z0-9_]{0,63}")) {
      return "cannot be a variable; names are letters, digits and _, and begin with no digit";
    }
    return null;
  }

  private static @Nullable String key(String value) {
    if (value.startsWith("tidy_") || value.equals("require_tidy")) {
      return "goes with tidy_ok, which is not here; delete the line";
    }
    return oneOf(value, KEYS);
  }

  private static @Nullable String expression(String value) {
    if (value.matches("m[.\\[].*")) {
      return "looks like Python, which is not run here; give a regular expression instead";
    }
    return Patterns.problem(value).orElse(null);
  }

  private static @Nullable String oneOf(String value, List<String> known) {
    if (known.contains(value)) {
      return null;
    }
    return Nearest.to(value, known)
        .map(meant -> "is not known; did you mean " + meant + "?")
        .orElseGet(() -> "is not known; known are " + String.join(", ", known));
  }
}
