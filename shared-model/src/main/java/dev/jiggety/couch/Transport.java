package dev.jiggety.couch;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.jiggety.base.ClockOffset;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpHeaders;
import org.apache.http.HttpHost;
import org.apache.http.HttpResponse;
import org.apache.http.client.config.CookieSpecs;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.client.utils.HttpClientUtils;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.config.SocketConfig;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.conn.socket.PlainConnectionSocketFactory;
import org.apache.http.conn.ssl.DefaultHostnameVerifier;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.ContentType;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.http.impl.execchain.RequestAbortedException;
import org.apache.http.util.EntityUtils;
import org.jspecify.annotations.Nullable;
import org.lightcouch.CouchDbException;
import org.lightcouch.HubClient;

/**
 * The connections to one hub. Every request passes {@link #send}: credentials, timeouts,
 * compression, and statuses that say no. A connection outlives a 404: the answer is read and the
 * connection given back. Nothing is repeated in secret, but for one compressed body that a server
 * did not understand. Safe for any thread.
 */
final class Transport implements HubClient.Exchange, AutoCloseable {
  private static final int LONGEST_ERROR = 64 * 1024;
  private static final int WORTH_COMPRESSING = 16 * 1024;
  private static final int SERVER_FAILS = 500;
  private static final int VALIDATE_AFTER_MILLIS = 20;

  private final HubAddress address;
  private final HubOptions options;
  private final HttpHost host;

  /** On this machine, where compressing costs more than it saves. */
  private final boolean near;

  private final int compressFrom;

  private final CloseableHttpClient http;
  private final RequestConfig usual;
  private final DateWatch dates = new DateWatch();
  private volatile long lastHeard;
  private volatile Compression compression = Compression.UNTRIED;

  /** Whether the hub understands compressed requests. */
  private enum Compression {
    UNTRIED,
    UNDERSTOOD,
    NOT_UNDERSTOOD
  }

  Transport(HubAddress address, HubOptions options) {
    this.address = address;
    this.options = options;
    URI base = address.base();
    var automatic = options.compressFrom() == HubOptions.AUTOMATIC;
    this.near = automatic && address.isNear();
    this.compressFrom = automatic ? WORTH_COMPRESSING : options.compressFrom();
    this.host = new HttpHost(base.getHost(), base.getPort(), base.getScheme());
    this.usual =
        RequestConfig.custom()
            .setConnectTimeout(Math.toIntExact(options.connectTimeout().toMillis()))
            .setConnectionRequestTimeout(Math.toIntExact(options.connectTimeout().toMillis()))
            .setSocketTimeout(Math.toIntExact(options.readTimeout().toMillis()))
            .setCookieSpec(CookieSpecs.IGNORE_COOKIES)
            .setRedirectsEnabled(false)
            .setNormalizeUri(false)
            .setAuthenticationEnabled(false)
            .build();
    this.http = client(base.getScheme().equals("https"), options, usual);
  }

  private static CloseableHttpClient client(boolean tls, HubOptions options, RequestConfig usual) {
    var sockets =
        RegistryBuilder.<ConnectionSocketFactory>create()
            .register("http", PlainConnectionSocketFactory.getSocketFactory());
    if (tls) {
      sockets.register(
          "https",
          new SSLConnectionSocketFactory(
              Tls.context(options.trust()), new DefaultHostnameVerifier()));
    }
    var pool = new PoolingHttpClientConnectionManager(sockets.build());
    pool.setMaxTotal(options.maxConnections());
    pool.setDefaultMaxPerRoute(options.maxConnections());
    pool.setValidateAfterInactivity(VALIDATE_AFTER_MILLIS);
    pool.setDefaultSocketConfig(
        SocketConfig.custom().setSoKeepAlive(true).setTcpNoDelay(true).build());
    return HttpClientBuilder.create()
        .setConnectionManager(pool)
        .setDefaultRequestConfig(usual)
        .setUserAgent(options.userAgent())
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .build();
  }

  /** The fastest level: half the time for a tenth more bytes. */
  private static final class QuickGzip extends GZIPOutputStream {
    QuickGzip(OutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  /** When the hub last gave something ({@link System#nanoTime}); 0 for never. */
  long lastHeard() {
    return lastHeard;
  }

  /** The hub gives something just now. */
  void heard() {
    lastHeard = System.nanoTime();
  }

  CloseableHttpClient http() {
    return http;
  }

  /** The usual settings with another longest silence. */
  RequestConfig silentFor(Duration readTimeout) {
    return RequestConfig.copy(usual)
        .setSocketTimeout(Math.toIntExact(readTimeout.toMillis()))
        .build();
  }

  /** How far the hub's clock is from ours by its answers; empty before the first. */
  Optional<ClockOffset> clockOffset() {
    return dates.offset();
  }

  /**
   * Sends a request whose body or answer is no JSON: an attachment may well be a web page. A body
   * goes out once the hub has said that it wants it, so that a no costs no more than the headers.
   */
  HttpResponse sendAny(HttpRequestBase request) {
    if (request instanceof HttpEntityEnclosingRequest) {
      request.setConfig(RequestConfig.copy(usual).setExpectContinueEnabled(true).build());
    }
    prepare(request);
    HttpResponse response = execute(request);
    int status = response.getStatusLine().getStatusCode();
    return status >= 200 && status < 300 ? response : check(response);
  }

  @Override
  public HttpResponse send(HttpRequestBase request) {
    prepare(request);
    HttpEntity compressed = compress(request);
    if (compressed == null) {
      return check(execute(request));
    }
    HttpEntityEnclosingRequest post = (HttpEntityEnclosingRequest) request;
    HttpEntity plain = post.getEntity();
    post.setEntity(compressed);
    HttpResponse response = execute(request);
    int status = response.getStatusLine().getStatusCode();
    if (status < 300) {
      compression = Compression.UNDERSTOOD;
    }
    boolean maybeNotUnderstood = status == 400 || status == 415 || status == 500 || status == 501;
    if (compression == Compression.UNDERSTOOD || !maybeNotUnderstood) {
      return check(response);
    }
    HttpClientUtils.closeQuietly(response);
    if (request.isAborted()) {
      throw new CouchDbException("no answer", new RequestAbortedException(Failures.CANCELLED));
    }
    post.setEntity(plain);
    request.reset();
    HttpResponse second = execute(request);
    if (second.getStatusLine().getStatusCode() != status) {
      compression = Compression.NOT_UNDERSTOOD;
    }
    return check(second);
  }

  @Override
  public void close() {
    HttpClientUtils.closeQuietly(http);
  }

  private void prepare(HttpRequestBase request) {
    URI uri = request.getURI();
    if (uri.getRawPath().indexOf('+') >= 0) {
      // LightCouch writes a blank in an id as a plus, which in a path is a plus.
      String path = uri.getRawPath().replace("+", "%20");
      String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      request.setURI(URI.create(host.toURI() + path + query));
    }
    if (request.getConfig() == null) {
      request.setConfig(usual);
    }
    if (!request.containsHeader(HttpHeaders.ACCEPT)) {
      request.setHeader(HttpHeaders.ACCEPT, "application/json");
    }
    options.headers().forEach((name, value) -> request.setHeader(name, value.reveal()));
    if (near && !request.containsHeader(HttpHeaders.ACCEPT_ENCODING)) {
      request.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
    }
    address
        .credentials()
        .ifPresent(who -> request.setHeader(HttpHeaders.AUTHORIZATION, basic(who)));
  }

  private static String basic(Credentials who) {
    byte[] pair = (who.user() + ":" + who.password().reveal()).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** The compressed body of a request that is worth it; null to send it as it is. */
  private @Nullable HttpEntity compress(HttpRequestBase request) {
    if (near
        || compression == Compression.NOT_UNDERSTOOD
        || !(request instanceof HttpEntityEnclosingRequest post)) {
      return null;
    }
    HttpEntity plain = post.getEntity();
    if (plain == null || !plain.isRepeatable() || plain.getContentLength() < compressFrom) {
      return null;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new QuickGzip(bytes)) {
      plain.writeTo(gzip);
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot fail to be written to", e);
    }
    ByteArrayEntity entity = new ByteArrayEntity(bytes.toByteArray(), ContentType.APPLICATION_JSON);
    entity.setContentEncoding("gzip");
    return entity;
  }

  private HttpResponse execute(HttpRequestBase request) {
    try {
      Instant asked = options.clock().instant();
      HttpResponse response = http.execute(host, request, HttpClientContext.create());
      noteClock(asked, response);
      if (response.getStatusLine().getStatusCode() < SERVER_FAILS) {
        heard();
      }
      return response;
    } catch (IOException e) {
      request.abort();
      throw new CouchDbException("no answer", e);
    } catch (IllegalStateException e) {
      throw new CouchDbException("the connections to the hub are closed", e);
    }
  }

  private void noteClock(Instant asked, HttpResponse response) {
    Header date = response.getFirstHeader(HttpHeaders.DATE);
    if (date != null) {
      httpDate(date.getValue())
          .ifPresent(told -> dates.add(asked, options.clock().instant(), told));
    }
  }

  /** Gives back an answer that says yes; makes an exception of one that says no. */
  private HttpResponse check(HttpResponse response) {
    int status = response.getStatusLine().getStatusCode();
    if (status >= 200 && status < 300 && !isHtml(response)) {
      return response;
    }
    try {
      if (status < 300) {
        throw new StatusException(
            status, "not_couchdb", address + " answers with a web page, not as a CouchDB", no());
      }
      if (status < 400) {
        throw new StatusException(
            status, "redirect", address + " redirects; give the address it redirects to", no());
      }
      throw refusal(status, response);
    } finally {
      // After a body that was read to its end this keeps the connection, otherwise it drops it.
      HttpClientUtils.closeQuietly((CloseableHttpResponse) response);
    }
  }

  private static StatusException refusal(int status, HttpResponse response) {
    String error = response.getStatusLine().getReasonPhrase();
    String reason = "";
    try {
      String body = body(response);
      JsonElement json = JsonParser.parseString(body);
      if (json instanceof JsonObject object) {
        error = Json.text(object, "error", error);
        reason = Json.text(object, "reason", "");
      }
    } catch (JsonParseException | IOException e) {
      reason = "the answer says no more";
    }
    return new StatusException(status, error, reason.isEmpty() ? error : reason, wait(response));
  }

  private static String body(HttpResponse response) throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return "";
    }
    InputStream in = entity.getContent();
    byte[] start = in.readNBytes(LONGEST_ERROR);
    if (start.length < LONGEST_ERROR) {
      EntityUtils.consume(entity);
    }
    return new String(start, StandardCharsets.UTF_8);
  }

  private static boolean isHtml(HttpResponse response) {
    Header type = response.getFirstHeader(HttpHeaders.CONTENT_TYPE);
    return type != null && type.getValue().startsWith("text/html");
  }

  /** Retry-After in either of its forms (RFC 9110, 10.2.3), the date against the answer's own. */
  private static Optional<Duration> wait(HttpResponse response) {
    Header header = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
    if (header == null) {
      return no();
    }
    String value = header.getValue().strip();
    if (value.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
    }
    Header date = response.getFirstHeader(HttpHeaders.DATE);
    Optional<Instant> now = date == null ? Optional.empty() : httpDate(date.getValue());
    return now.flatMap(from -> httpDate(value).map(until -> Duration.between(from, until)))
        .filter(Duration::isPositive);
  }

  private static Optional<Instant> httpDate(String text) {
    try {
      return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> no() {
    return Optional.empty();
  }
}
