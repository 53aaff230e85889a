package dev.jiggety.model;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a test does: the settings of one kind of test. */
public sealed interface Check {

  /** The kind's name in documents, as the probe that runs it calls itself. */
  String kind();

  /** What a probe may take before it begins to measure; the timeout does not count it. */
  default Duration preparation() {
    return Duration.ZERO;
  }

  /**
   * One HTTP request with full control.
   *
   * @param request the one that is judged
   * @param before requests that go ahead of it, in order: to log in, to fetch a token
   * @param connection how to get there
   * @param redirects whether they are followed
   * @param bodyLimit more than that of a body as it comes over the wire is a failure, in bytes
   */
  record Http(
      HttpRequest request,
      List<Before> before,
      Connection connection,
      Redirects redirects,
      long bodyLimit)
      implements Check {
    /** The name of this kind. */
    public static final String KIND = "http";

    /** 64 MiB. */
    public static final long DEFAULT_BODY_LIMIT = 64L << 20;

    public Http {
      before = List.copyOf(before);
    }

    /** A request with all else at its default. */
    public static Http of(HttpRequest request) {
      return new Http(
          request, List.of(), Connection.DEFAULT, Redirects.DEFAULT, DEFAULT_BODY_LIMIT);
    }

    /** A GET of {@code url} that follows up to ten redirects. */
    public static Http get(String url) {
      return of(HttpRequest.get(url));
    }

    /** Where the main request goes. */
    public String url() {
      return request.url();
    }

    /** The same with other rules about redirects. */
    public Http withRedirects(Redirects value) {
      return new Http(request, before, connection, value, bodyLimit);
    }

    /** The same by another way. */
    public Http withConnection(Connection value) {
      return new Http(request, before, value, redirects, bodyLimit);
    }

    @Override
    public String kind() {
      return KIND;
    }
  }

  /**
   * Whether redirects are followed.
   *
   * @param max 0 to 20
   */
  record Redirects(boolean follow, int max) {
    /** Up to ten. */
    public static final Redirects DEFAULT = new Redirects(true, 10);
  }

  /**
   * A request that goes ahead of the main one.
   *
   * @param name what its step is called
   * @param assertions what its answer must fulfil; none at all means a status of 200 to 399
   */
  record Before(String name, HttpRequest request, List<Assertion> assertions) {
    public Before {
      assertions = List.copyOf(assertions);
    }
  }

  /**
   * A script in the language of twill.
   *
   * @param source its text; {@code dev.jiggety.twill} says what is wrong with it
   * @param variables to begin with, by name
   * @param engine what plays the browser
   * @param javascript whether HtmlUnit runs scripts of pages; Chromium always does
   * @param strictStatus whether an HTTP status of 400 to 599 fails unless {@code code} expects it
   */
  record Script(
      String source,
      Map<String, String> variables,
      Engine engine,
      boolean javascript,
      boolean strictStatus,
      Connection connection)
      implements Check {
    /** The name of this kind. */
    public static final String KIND = "script";

    public Script {
      variables = Collections.unmodifiableMap(new TreeMap<>(variables));
    }

    /** A script with all else at its default: HtmlUnit, no JavaScript, strict. */
    public static Script of(String source) {
      return new Script(source, Map.of(), Engine.HTMLUNIT, false, true, Connection.DEFAULT);
    }

    @Override
    public Duration preparation() {
      return engine.start();
    }

    @Override
    public String kind() {
      return KIND;
    }
  }

  /**
   * A page with all that belongs to it, loaded as a browser does.
   *
   * @param url absolute, http or https
   * @param width of the window, in CSS pixels
   * @param height of the window
   * @param settle how long after the load event requests that still go on belong to the page
   */
  record Page(
      String url, Engine engine, int width, int height, Duration settle, Connection connection)
      implements Check {
    /** The name of this kind. */
    public static final String KIND = "page";

    /** In HtmlUnit, in a window of 1280 × 800, done when it is loaded. */
    public static Page of(String url) {
      return new Page(url, Engine.HTMLUNIT, 1280, 800, Duration.ZERO, Connection.DEFAULT);
    }

    @Override
    public Duration preparation() {
      return engine.start();
    }

    @Override
    public String kind() {
      return KIND;
    }
  }

  /**
   * A TCP connection and perhaps a few words.
   *
   * @param send after the connection stands, {@code \r}, {@code \n} and {@code \t} as such; null
   *     for nothing
   * @param expect a regular expression that what comes back has to match somewhere; null for
   *     nothing
   * @param tls whether it speaks TLS first
   */
  record Tcp(
      String host,
      int port,
      @Nullable String send,
      @Nullable String expect,
      boolean tls,
      Connection connection)
      implements Check {
    /** The name of this kind. */
    public static final String KIND = "tcp";

    @Override
    public String kind() {
      return KIND;
    }
  }

  /**
   * A TLS handshake: chain, name, expiry, protocol. A failing verification fails the test.
   *
   * @param serverName sent as SNI and what the certificate must be for; null for {@code host}
   */
  record Tls(String host, int port, @Nullable String serverName, Connection connection)
      implements Check {
    /** The name of this kind. */
    public static final String KIND = "tls";

    @Override
    public String kind() {
      return KIND;
    }
  }

  /**
   * A question to a name server. Its answers, one text each, are what assertions on {@code answer}
   * look at; without assertions at least one answer is asked for.
   *
   * @param name the domain name
   * @param record which records
   * @param resolver {@code host} or {@code host:port}; null for the machine's first one
   */
  record Dns(String name, Dns.RecordType record, @Nullable String resolver) implements Check {
    /** The name of this kind. */
    public static final String KIND = "dns";

    @Override
    public String kind() {
      return KIND;
    }

    /** Kinds of records, RFC 1035 and RFC 3596. */
    public enum RecordType {
      A,
      AAAA,
      CNAME,
      MX,
      NS,
      TXT,
      SOA,
      SRV,
      CAA,
      PTR;

      /** The name in documents: lower case. */
      public String label() {
        return name().toLowerCase(Locale.ROOT);
      }
    }
  }

  /**
   * A kind that this version does not know by itself: kept as it is, for a probe that does.
   *
   * @param kind its name
   * @param settings its settings, a JSON object as text
   */
  record Other(String kind, String settings) implements Check {}

  /** A request header. */
  record Header(String name, String value) {}
}
