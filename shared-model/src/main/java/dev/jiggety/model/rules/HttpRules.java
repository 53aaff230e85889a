package dev.jiggety.model.rules;

import dev.jiggety.base.Problem;
import dev.jiggety.model.Check;
import dev.jiggety.model.HttpAuthentication;
import dev.jiggety.model.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with the settings of an http test. */
final class HttpRules {
  /** RFC 9110 §5.6.2: what a method or a header's name may be. */
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private static final Pattern URL =
      Pattern.compile(
          "(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://"
              + "(?:[^/?#@]*@)?"
              + "(?<host>\\[[0-9A-Fa-f:.]+]|[^/?#@:\\[\\]\\\\<>\"^`{|}%]*)"
              + "(?::(?<port>[^/?#@]*))?"
              + "(?:[/?#].*)?");

  /** The client writes these itself; a second one would break the message. */
  private static final Set<String> RESERVED =
      Set.of("connection", "content-length", "transfer-encoding", "upgrade", "keep-alive", "te");

  private static final int LONGEST_URL = 8000;
  private static final int MOST_REDIRECTS = 20;
  private static final int MOST_BEFORE = 20;
  private static final int LONGEST_NAME = 200;
  private static final long LARGEST_BODY_LIMIT = 1L << 30;

  /** The host is an address. */
  private static final Pattern ADDRESS_URL =
      Pattern.compile("(?i)https?://(?:[^/?#@]*@)?(?:\\[.*|[0-9.]+(?:[:/?#].*)?)");

  private HttpRules() {}

  static void check(Check.Http http, List<Problem> problems) {
    Set<String> known = new TreeSet<>();
    Set<String> names = new TreeSet<>();
    if (http.before().size() > MOST_BEFORE) {
      problems.add(
          new Problem(
              "http.before", "are more than " + MOST_BEFORE + " requests; write a script instead"));
    }
    for (int i = 0; i < http.before().size(); i++) {
      Check.Before before = http.before().get(i);
      String place = "http.before[" + i + "]";
      stepName(before.name(), names, place + ".name", problems);
      request(before.request(), place, known, problems);
      for (int j = 0; j < before.assertions().size(); j++) {
        String at = place + ".assert[" + j + "]";
        AssertionRules.problems(before.assertions().get(j)).stream()
            .map(problem -> problem.under(at))
            .forEach(problems::add);
      }
    }
    request(http.request(), "http", known, problems);
    ConnectionRules.check(http.connection(), "http.connection", problems);
    if (http.connection().address() != null && ADDRESS_URL.matcher(http.url()).matches()) {
      problems.add(
          new Problem(
              "http.connection.address", "the URL has an address already; write a name there"));
    }
    TestRules.range("http.redirects.max", http.redirects().max(), 0, MOST_REDIRECTS, problems);
    if (http.bodyLimit() < 1 || http.bodyLimit() > LARGEST_BODY_LIMIT) {
      problems.add(
          new Problem(
              "http.body-limit",
              "must be 1 to " + LARGEST_BODY_LIMIT + " bytes, found " + http.bodyLimit()));
    }
  }

  private static void stepName(
      String name, Set<String> names, String place, List<Problem> problems) {
    if (name.isBlank() || name.length() > LONGEST_NAME || name.contains("\n")) {
      problems.add(new Problem(place, "must be one line of 1 to " + LONGEST_NAME + " characters"));
    } else if (!names.add(name)) {
      problems.add(new Problem(place, "\"" + name + "\" stands here twice"));
    }
  }

  /**
   * Checks one request.
   *
   * @param known what requests before it captured; gets what this one does
   */
  private static void request(
      HttpRequest request, String place, Set<String> known, List<Problem> problems) {
    String method = request.method();
    url(request.url(), place + ".url", problems);
    if (!TOKEN.matcher(method).matches() || !method.equals(method.toUpperCase(Locale.ROOT))) {
      problems.add(
          new Problem(
              place + ".method", "\"" + method + "\" is not a method; write GET, HEAD, POST …"));
    }
    if (method.equals("CONNECT")) {
      problems.add(new Problem(place + ".method", "CONNECT is for proxies; use GET"));
    }
    for (int i = 0; i < request.headers().size(); i++) {
      header(request.headers().get(i), place + ".headers[" + i + "]", problems);
    }
    BodyRules.check(request, place, problems);
    authentication(request, place, problems);
    references(request, place, known, problems);
    CaptureRules.problems(request.captures()).stream()
        .map(problem -> problem.under(place))
        .forEach(problems::add);
    request.captures().forEach(capture -> known.add(capture.name()));
  }

  private static void authentication(HttpRequest request, String place, List<Problem> problems) {
    if (request.authentication() instanceof HttpAuthentication.None) {
      return;
    }
    if (request.authentication() instanceof HttpAuthentication.Basic basic
        && basic.user().contains(":")) {
      problems.add(
          new Problem(place + ".auth.basic.user", "cannot hold a colon (RFC 7617); take it out"));
    }
    if (request.headers().stream().anyMatch(h -> h.name().equalsIgnoreCase("Authorization"))) {
      problems.add(
          new Problem(
              place + ".auth", "does not go with a header Authorization; take one of them out"));
    }
  }

  /** What is put into texts must have been captured before. */
  private static void references(
      HttpRequest request, String place, Set<String> known, List<Problem> problems) {
    BodyRules.texts(request)
        .forEach((where, text) -> {
          for (Placeholders.Reference reference : Placeholders.find(text)) {
            if (!reference.secret() && !known.contains(reference.name())) {
              problems.add(
                  new Problem(
                      place + "." + where,
                      "${"
                          + reference.name()
                          + "} was not captured by a request before; a secret is written"
                          + " ${secret.NAME}, and $${ stands for ${ itself"));
            }
          }
        });
  }

  /** Whether a text can be the name of a header. */
  static boolean isToken(String text) {
    return TOKEN.matcher(text).matches();
  }

  /** A URL as it is written, placeholders and all. */
  static void url(String written, String place, List<Problem> problems) {
    // What is put in at the beginning may be all there is to check.
    String start = written.startsWith("${") ? "http://0/" : "";
    String url = start + Placeholders.fill(written, key -> "1");
    Matcher parts = URL.matcher(url);
    String wrong = null;
    if (written.isBlank()) {
      wrong = "is empty; write it like https://shop.example/";
    } else if (url.length() > LONGEST_URL) {
      wrong = "is longer than " + LONGEST_URL + " characters";
    } else if (url.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
      wrong = "has a blank or a line end in it; write a blank as %20";
    } else if (!parts.matches()) {
      wrong = "is not an absolute URL; write it like https://shop.example/";
    } else if (!parts.group("scheme").matches("(?i)https?")) {
      wrong = "must begin with http:// or https://, found " + parts.group("scheme") + "://";
    } else if (parts.group("host").isEmpty()) {
      wrong = "has no host; write it like https://shop.example/";
    } else if (parts.group("port") != null && !isPort(parts.group("port"))) {
      wrong = "has the port \"" + parts.group("port") + "\"; it must be 1 to 65535";
    }
    if (wrong != null) {
      problems.add(new Problem(place, wrong));
    }
  }

  private static boolean isPort(String text) {
    if (!text.matches("\\d{1,5}")) {
      return false;
    }
    int port = Integer.parseInt(text);
    return port >= 1 && port <= 65_535;
  }

  private static void header(Check.Header header, String place, List<Problem> problems) {
    if (!TOKEN.matcher(header.name()).matches()) {
      problems.add(
          new Problem(
              place + ".name",
              "\"" + header.name() + "\" is not the name of a header; write it like Accept"));
    } else if (RESERVED.contains(header.name().toLowerCase(Locale.ROOT))) {
      problems.add(
          new Problem(place + ".name", header.name() + " is set by the program; take it out"));
    }
    if (header.value().chars().anyMatch(c -> (c < ' ' && c != '\t') || c >= 0x7f)) {
      problems.add(
          new Problem(place + ".value", "must be one line of ASCII; encode anything else"));
    }
  }
}
