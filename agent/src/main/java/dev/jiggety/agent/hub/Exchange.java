package dev.jiggety.agent.hub;

import com.google.gson.JsonElement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. For one thread, but for what {@link #feed} gives. An answer is given
 * with exactly one of {@code json}, {@code bytes}, {@link #stream}, {@link #feed}, {@link #empty}.
 */
final class Exchange {
  private static final int WORTH_GZIP = 1_400;
  private static final String PLAIN = "text/plain; charset=utf-8";
  static final String JSON = "application/json";

  private final Request request;
  private final Response response;
  private final Callback callback;
  private final RequestBody body;
  private final List<String> path;
  private Query query;
  private UserContext user = UserContext.NOBODY;
  private final String requestId =
      HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(), 10);
  private boolean answered;

  /**
   * An exchange.
   *
   * @param memory for the body, where it is not streamed
   */
  Exchange(
      Request request,
      Response response,
      Callback callback,
      HubConfig.Limits limits,
      BodyBudget.Lease memory) {
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.body = new RequestBody(request, limits, memory);
    this.path = Uris.segments(request.getHttpURI().getPath());
    this.query = Query.parse(request.getHttpURI().getQuery());
  }

  // -- the request -----------------------------------------------------------------------------

  String method() {
    return request.getMethod();
  }

  /** Stands in the answer's headers and in the log. */
  String requestId() {
    return requestId;
  }

  /** The decoded parts of the path. */
  List<String> path() {
    return path;
  }

  Query query() {
    return query;
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }

  /** All headers; of one that came several times, the values with commas. */
  Map<String, String> headers() {
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    for (var field : request.getHeaders()) {
      headers.merge(field.getName(), String.valueOf(field.getValue()), (a, b) -> a + ", " + b);
    }
    return headers;
  }

  /** Path and query as they came. */
  String rawPath() {
    return request.getHttpURI().getPathQuery();
  }

  /** The address of the client. */
  String peer() {
    return Request.getRemoteAddr(request);
  }

  /** Who asks; nobody until the router knows. */
  UserContext user() {
    return user;
  }

  void setUser(UserContext user) {
    this.user = user;
  }

  /** The address of something on this server as the client sees it. */
  String location(String... parts) {
    var location = new StringBuilder("http://").append(header("Host").orElse("localhost"));
    for (var part : parts) {
      location.append('/').append(Uris.encode(part));
    }
    return location.toString();
  }

  /** Whether the client takes this type; without Accept it takes any. */
  boolean accepts(String type) {
    return HeaderText.accepts(header("Accept").orElse("*/*"), type);
  }

  /** A revision from If-Match, without its quotes. */
  Optional<String> ifMatch() {
    return header("If-Match").map(tag -> tag.replace("\"", "").strip());
  }

  /** What the client sends. */
  RequestBody body() {
    return body;
  }

  // -- the answer ------------------------------------------------------------------------------

  /** A cookie; one that came about by TLS never goes back without. */
  Exchange setCookie(String cookie) {
    boolean secure = request.getConnectionMetaData().isSecure();
    return setHeader("Set-Cookie", secure ? cookie + "; Secure" : cookie);
  }

  Exchange setHeader(String name, String value) {
    response.getHeaders().put(name, value);
    return this;
  }

  void json(int status, JsonElement json) {
    json(status, json + "\n");
  }

  void json(int status, String json) {
    bytes(status, JSON, json.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What is asked for has this tag.
   *
   * @return whether the client has it already, and has been told so: there is nothing more to do
   */
  boolean notModified(String tag) {
    setHeader("ETag", tag);
    if (header("If-None-Match").filter(known -> HeaderText.matches(known, tag)).isEmpty()) {
      return false;
    }
    empty(304);
    return true;
  }

  /**
   * The headers that all answers have. JSON is called plain text to a client that asks for that.
   */
  private void begin(int status, String type) {
    response.setStatus(status);
    var headers = response.getHeaders();
    headers.put("Content-Type", type.equals(JSON) && !accepts(JSON) ? PLAIN : type);
    if (!headers.contains("Cache-Control")) {
      headers.put("Cache-Control", "must-revalidate");
    }
    headers.put("X-Couch-Request-ID", requestId);
    headers.put("X-CouchDB-Body-Time", Long.toString(body.nanos() / 1_000_000));
  }

  void bytes(int status, String type, byte[] body) {
    this.body.skip();
    var packed = body.length >= WORTH_GZIP && acceptsGzip() ? gzip(body) : body;
    answered = true;
    begin(status, type);
    setHeader("Content-Length", Long.toString(packed.length));
    response.write(true, ByteBuffer.wrap(packed), callback);
  }

  private byte[] gzip(byte[] body) {
    setHeader("Content-Encoding", "gzip");
    var bytes = new ByteArrayOutputStream(body.length / 4);
    try (var packing = new GZIPOutputStream(bytes)) {
      packing.write(body);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private boolean acceptsGzip() {
    return header("Accept-Encoding").filter(accepted -> accepted.contains("gzip")).isPresent();
  }

  /** An answer without body. */
  void empty(int status) {
    this.body.skip();
    answered = true;
    begin(status, JSON);
    response.getHeaders().remove("Content-Type");
    response.write(true, ByteBuffer.allocate(0), callback);
  }

  void error(CouchError error) {
    response.reset();
    if (error.status() == 405) {
      setHeader("Allow", error.reason().replaceAll("Only | allowed", ""));
    }
    if (error.status() == 503) {
      setHeader("Retry-After", "5");
    }
    if (error.status() == 401) {
      // As CouchDB by default: a browser asks for a password only where the client wants it to.
      header("X-CouchDB-WWW-Authenticate").ifPresent(type -> setHeader("WWW-Authenticate", type));
    }
    json(error.status(), error.toJson());
  }

  /** The answer may take as long as it takes; the client hears nothing meanwhile. */
  void awaitPatiently() {
    request.addIdleTimeoutListener(timeout -> false);
  }

  /** What writes the body of an answer. */
  @FunctionalInterface
  interface BodyWriter {
    void write(OutputStream out) throws IOException;
  }

  /**
   * An answer of unknown length. An exception of the writer's before the first bytes have left is
   * an ordinary error; after that the connection is cut, so that the client sees that it is not
   * whole.
   */
  void stream(String type, boolean gzip, BodyWriter writer) {
    stream(200, type, gzip, writer);
  }

  /** As {@link #stream(String, boolean, BodyWriter)}; to HEAD it answers with the headers alone. */
  void stream(int status, String type, boolean gzip, BodyWriter writer) {
    begin(status, type);
    var packing = gzip && acceptsGzip();
    if (packing) {
      setHeader("Content-Encoding", "gzip");
    }
    if (method().equals("HEAD")) {
      answered = true;
      response.write(true, ByteBuffer.allocate(0), callback);
      return;
    }
    try {
      var raw = new BufferedResponse(Content.Sink.asOutputStream(response));
      if (packing) {
        var out = new GZIPOutputStream(raw, 8192);
        writer.write(out);
        out.finish();
      } else {
        writer.write(raw);
      }
      raw.close();
      answered = true;
      callback.succeeded();
    } catch (IOException e) {
      fail(e);
    }
  }

  /** Whether the answer can still be changed for another one. */
  boolean open() {
    return !answered && !response.isCommitted();
  }

  /** Cuts the connection. */
  void fail(Throwable cause) {
    answered = true;
    callback.failed(cause);
  }

  /** Begins an answer that is written as things happen, from any thread, never blocking. */
  FeedSink feed(String type) {
    answered = true;
    awaitPatiently();
    begin(200, type);
    return new FeedSink() {
      @Override
      public void write(ByteBuffer text, Consumer<@Nullable Throwable> done) {
        response.write(false, text.slice(), whenDone(done));
      }

      @Override
      public void end(ByteBuffer text) {
        response.write(true, text.slice(), callback);
      }

      @Override
      public void cut(Throwable cause) {
        callback.failed(cause);
      }
    };
  }

  private static Callback whenDone(Consumer<@Nullable Throwable> done) {
    return Callback.from(
        org.eclipse.jetty.util.thread.Invocable.InvocationType.NON_BLOCKING,
        () -> done.accept(null),
        done);
  }
}
