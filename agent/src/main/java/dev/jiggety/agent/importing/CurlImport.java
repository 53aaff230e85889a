package dev.jiggety.agent.importing;

import dev.jiggety.model.Check;
import dev.jiggety.model.Connection;
import dev.jiggety.model.HttpAuthentication;
import dev.jiggety.model.HttpBody;
import dev.jiggety.model.HttpRequest;
import dev.jiggety.model.TestDefinition;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A curl line, as browsers copy it and people write it. Options by curl(1); those that only change
 * what curl prints have no effect.
 */
public final class CurlImport {
  private static final String PLACE = "curl";
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private static final Set<String> ABOUT_OUTPUT =
      Set.of(
          "-s",
          "--silent",
          "-S",
          "--show-error",
          "-v",
          "--verbose",
          "-i",
          "--include",
          "-f",
          "--fail",
          "-#",
          "--progress-bar",
          "--compressed",
          "-N",
          "--no-buffer",
          "--no-keepalive",
          "-O",
          "--remote-name",
          "-g",
          "--globoff",
          "--fail-with-body",
          "-q");

  private static final Set<String> ABOUT_OUTPUT_WITH_VALUE =
      Set.of("-o", "--output", "-w", "--write-out", "-D", "--dump-header", "-c", "--cookie-jar");

  private static final Set<String> WITH_VALUE =
      Set.of(
          "-X", "-H", "-d", "-F", "-u", "-A", "-e", "-b", "-x", "-m", "-o", "-w", "-D", "-c", "-E",
          "-T", "-r", "-y", "-Y", "-z", "-K", "-C", "-t", "-U");

  /** What follows these is theirs, whatever it looks like. */
  private static final Set<String> LONG_WITH_VALUE =
      Set.of(
          "--connect-timeout",
          "--connect-to",
          "--interface",
          "--dns-servers",
          "--doh-url",
          "--unix-socket",
          "--abstract-unix-socket",
          "--retry",
          "--retry-delay",
          "--retry-max-time",
          "--limit-rate",
          "--range",
          "--upload-file",
          "--config",
          "--noproxy",
          "--socks4",
          "--socks4a",
          "--socks5",
          "--socks5-hostname",
          "--preproxy",
          "--proxy-header",
          "--capath",
          "--crlfile",
          "--ciphers",
          "--pinnedpubkey",
          "--netrc-file",
          "--trace",
          "--trace-ascii",
          "--stderr",
          "--hsts",
          "--alt-svc",
          "--output-dir",
          "--request-target",
          "--url-query",
          "--etag-compare",
          "--etag-save",
          "--time-cond",
          "--keepalive-time",
          "--expect100-timeout");

  private final Harvest harvest = new Harvest();
  private final Deque<String> words;
  private final List<Check.Header> headers = new ArrayList<>();
  private final List<String> data = new ArrayList<>();
  private final List<HttpBody.Part> parts = new ArrayList<>();
  private final List<String> urls = new ArrayList<>();
  private @Nullable String method;
  private @Nullable String user;
  private boolean json;
  private boolean sends;
  private boolean toQuery;
  private boolean follow;
  private int redirects = 10;
  private Duration timeout = Duration.ofSeconds(10);
  private Connection.Version version = Connection.Version.AUTO;
  private Connection.Family family = Connection.Family.ANY;
  private @Nullable String address;
  private @Nullable String proxy;

  private CurlImport(List<String> words) {
    this.words = new ArrayDeque<>(words);
  }

  /**
   * Reads the line.
   *
   * @throws ImportException when it is no curl line
   */
  public static Imported read(String line) {
    List<String> words = ShellWords.split(line.strip());
    if (words.isEmpty() || !words.getFirst().matches("(.*[/\\\\])?curl(\\.exe)?")) {
      throw new ImportException("this is no curl line: it does not begin with curl");
    }
    return new CurlImport(words.subList(1, words.size())).read();
  }

  private Imported read() {
    while (!words.isEmpty()) {
      String word = words.removeFirst();
      if (word.equals("-") || !word.startsWith("-")) {
        urls.add(word);
      } else {
        option(spread(word));
      }
    }
    if (urls.isEmpty()) {
      throw new ImportException("there is no address in the curl line");
    }
    urls.forEach(url -> harvest(url.contains("://") ? url : "http://" + url));
    return harvest.done();
  }

  /**
   * {@code -sSL} is three options, {@code -XPOST} and {@code --max-time=3} an option and a value.
   */
  private String spread(String word) {
    if (word.startsWith("--")) {
      int equals = word.indexOf('=');
      if (equals < 0) {
        return word;
      }
      words.addFirst(word.substring(equals + 1));
      return word.substring(0, equals);
    }
    if (word.length() > 2) {
      String rest = word.substring(2);
      words.addFirst(WITH_VALUE.contains(word.substring(0, 2)) ? rest : "-" + rest);
    }
    return word.substring(0, 2);
  }

  private void option(String name) {
    switch (name) {
      case "-X", "--request" -> method = value(name);
      case "-H", "--header" -> header(value(name));
      case "-A", "--user-agent" -> headers.add(new Check.Header("User-Agent", value(name)));
      case "-e", "--referer" -> headers.add(new Check.Header("Referer", value(name)));
      case "-b", "--cookie" -> cookie(value(name));
      case "-d", "--data", "--data-ascii", "--data-raw", "--data-binary" -> data(name, value(name));
      case "--data-urlencode" -> encoded(value(name));
      case "--oauth2-bearer" ->
          headers.add(new Check.Header("Authorization", "Bearer " + value(name)));
      case "--proxy-user", "-U", "--pass" -> {
        value(name);
        left(name, "this option is not carried over"); // its value is nobody's business
      }
      case "--json" -> {
        json = true;
        data(name, value(name));
      }
      case "-F", "--form", "--form-string" -> part(value(name));
      case "-u", "--user" -> user = value(name);
      case "-G", "--get" -> toQuery = true;
      case "-I", "--head" -> method = "HEAD";
      case "-L", "--location" -> follow = true;
      case "--max-redirs" -> redirects = (int) Math.min(number(name, value(name)), 20);
      case "-m", "--max-time" -> timeout = seconds(value(name));
      case "--http1.1", "--http1.0", "-0" -> version = Connection.Version.HTTP_1_1;
      case "--http2", "--http2-prior-knowledge" -> version = Connection.Version.HTTP_2;
      case "-4", "--ipv4" -> family = Connection.Family.IPV4;
      case "-6", "--ipv6" -> family = Connection.Family.IPV6;
      case "--resolve" -> address = value(name).replaceFirst("^[^:]*:[^:]*:", "").split(",", -1)[0];
      case "-x", "--proxy" -> proxy = value(name);
      case "--url" -> urls.add(value(name));
      case "-k", "--insecure" ->
          left(name, "TLS is always verified; name the authority in http.connection.authority");
      case "--cacert", "-E", "--cert", "--key" ->
          left(name + " " + value(name), "copy the file's text into http.connection");
      default -> other(name);
    }
  }

  private void other(String name) {
    if (ABOUT_OUTPUT_WITH_VALUE.contains(name)) {
      value(name);
    } else if (!ABOUT_OUTPUT.contains(name)) {
      boolean takesNext =
          WITH_VALUE.contains(name)
              || LONG_WITH_VALUE.contains(name)
              || (name.startsWith("--") && !words.isEmpty() && isNoAddress(words.getFirst()));
      left(
          name + (takesNext && !words.isEmpty() ? " " + words.removeFirst() : ""),
          "this option is not carried over");
    }
  }

  /** Long options that nobody here knows: what follows is theirs if it cannot be an address. */
  private static boolean isNoAddress(String word) {
    return !word.startsWith("-") && !word.contains("/") && !word.contains(".");
  }

  private String value(String name) {
    if (words.isEmpty()) {
      throw new ImportException(name + " needs a value");
    }
    return words.removeFirst();
  }

  private void left(String what, String why) {
    harvest.leave(PLACE, what + ": " + why);
  }

  private void header(String line) {
    int colon = line.indexOf(':');
    if (colon < 1) {
      left("-H " + line, "is no header");
      return;
    }
    headers.add(new Check.Header(line.substring(0, colon), line.substring(colon + 1).strip()));
  }

  private void cookie(String text) {
    if (text.contains("=")) {
      headers.add(new Check.Header("Cookie", text));
    } else {
      left("-b " + text, "a node has no such file; write the cookies themselves");
    }
  }

  private void data(String option, String text) {
    sends = true;
    if (text.startsWith("@") && !option.equals("--data-raw")) {
      left(option + " " + text, "a node has no such file; put its text into http.body");
    } else {
      data.add(text);
    }
  }

  private void encoded(String text) {
    sends = true;
    int equals = text.indexOf('=');
    if (equals < 0 && text.indexOf('@') >= 0) {
      left("--data-urlencode " + text, "a node has no such file; put its text into http.body");
      return;
    }
    String name = equals <= 0 ? "" : text.substring(0, equals + 1);
    String value = text.substring(equals + 1);
    data.add(name + URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
  }

  private void part(String text) {
    sends = true;
    int equals = text.indexOf('=');
    String value = text.substring(equals + 1);
    if (equals < 1 || value.startsWith("@") || value.startsWith("<")) {
      left("-F " + text, "a node has no such file; put its content into http.parts");
      return;
    }
    parts.add(new HttpBody.Part(text.substring(0, equals), null, null, value, false));
  }

  private long number(String option, String text) {
    try {
      return Math.max(0, Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new ImportException(option + " needs a number, found " + text);
    }
  }

  private Duration seconds(String text) {
    try {
      Duration given = Duration.ofMillis((long) (Double.parseDouble(text) * 1000));
      return given.compareTo(LONGEST) > 0 ? LONGEST : given;
    } catch (NumberFormatException e) {
      throw new ImportException("--max-time needs a number of seconds, found " + text);
    }
  }

  private void harvest(String given) {
    String id = harvest.id(idText(given));
    Secrets secrets = new Secrets(harvest, PLACE, id);
    String url = given;
    if (toQuery && !data.isEmpty()) {
      url += (url.contains("?") ? "&" : "?") + String.join("&", data);
    }
    List<Check.Header> kept = Headers.of(headers, secrets);
    HttpBody body = toQuery || data.isEmpty() ? HttpBody.NONE : body(kept);
    if (!parts.isEmpty()) {
      body = new HttpBody.Multipart(parts);
    }
    String verb = method != null ? method : sends && !toQuery ? "POST" : "GET";
    HttpRequest request =
        new HttpRequest(verb, url, kept, body, authentication(secrets), List.of());
    Check.Http check =
        Check.Http.of(request)
            .withRedirects(new Check.Redirects(follow, redirects))
            .withConnection(
                new Connection(version, family, address, null, proxy, null, null, null));
    harvest.take(
        PLACE,
        TestDefinition.builder(id, check)
            .name(Harvest.name(verb + " " + url.replaceFirst("\\?.*", "")))
            .timeout(timeout)
            .build());
  }

  private HttpBody body(List<Check.Header> kept) {
    if (json) {
      return new HttpBody.Json(String.join("", data));
    }
    if (kept.stream().noneMatch(header -> header.name().equalsIgnoreCase("Content-Type"))) {
      kept.add(new Check.Header("Content-Type", "application/x-www-form-urlencoded"));
    }
    return new HttpBody.Text(String.join("&", data));
  }

  private HttpAuthentication authentication(Secrets secrets) {
    if (user == null) {
      return HttpAuthentication.NONE;
    }
    int colon = user.indexOf(':');
    return colon < 0
        ? new HttpAuthentication.Basic(user, "")
        : new HttpAuthentication.Basic(
            user.substring(0, colon), secrets.take("password", user.substring(colon + 1)));
  }

  static String idText(String url) {
    try {
      URI uri = URI.create(url.replaceFirst("[?#].*", ""));
      return uri.getHost() + (uri.getPath() == null ? "" : uri.getPath());
    } catch (IllegalArgumentException e) {
      return url;
    }
  }
}
