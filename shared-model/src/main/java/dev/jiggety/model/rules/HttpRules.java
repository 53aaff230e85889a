package dev.jiggety.model.rules;

import dev.jiggety.base.Problem;
import dev.jiggety.model.Check;
import dev.jiggety.model.HttpBody;
import dev.jiggety.model.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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

  private HttpRules() {}

  static void check(Check.Http http, List<Problem> problems) {
    HttpRequest request = http.request();
    String method = request.method();
    url(request.url(), problems);
    if (!TOKEN.matcher(method).matches() || !method.equals(method.toUpperCase(Locale.ROOT))) {
      problems.add(
          new Problem(
              "http.method", "\"" + method + "\" is not a method; write GET, HEAD, POST …"));
    }
    if (method.equals("CONNECT")) {
      problems.add(new Problem("http.method", "CONNECT is for proxies; use GET"));
    }
    if (!(request.body() instanceof HttpBody.None)
        && (method.equals("GET") || method.equals("HEAD"))) {
      problems.add(
          new Problem("http.body", "a " + method + " carries no body; take it out or use POST"));
    }
    for (int i = 0; i < request.headers().size(); i++) {
      header(request.headers().get(i), "http.headers[" + i + "]", problems);
    }
    TestRules.range("http.redirects.max", http.redirects().max(), 0, MOST_REDIRECTS, problems);
  }

  /** Whether a text can be the name of a header. */
  static boolean isToken(String text) {
    return TOKEN.matcher(text).matches();
  }

  private static void url(String url, List<Problem> problems) {
    Matcher parts = URL.matcher(url);
    String wrong = null;
    if (url.isBlank()) {
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
      problems.add(new Problem("http.url", wrong));
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
