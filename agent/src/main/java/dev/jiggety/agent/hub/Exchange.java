package dev.jiggety.agent.hub;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.stream.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
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
  private static final long WORTH_READING = 1 << 20;
  static final String JSON = "application/json";

  private final Request request;
  private final Response response;
  private final Callback callback;
  private final HubConfig.Limits limits;
  private final List<String> path;
  private Query query;
  private UserContext user = UserContext.NOBODY;
  private boolean answered;
  private @Nullable InputStream rawBody;

  Exchange(Request request, Response response, Callback callback, HubConfig.Limits limits) {
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.limits = limits;
    this.path = Uris.segments(request.getHttpURI().getPath());
    this.query = Query.parse(request.getHttpURI().getQuery());
  }

  // -- the request -----------------------------------------------------------------------------

  String method() {
    return request.getMethod();
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

  /** A revision from If-Match, without its quotes. */
  Optional<String> ifMatch() {
    return header("If-Match").map(tag -> tag.replace("\"", "").strip());
  }

  /** Refuses a body that does not say it is JSON; a page in a browser cannot say so unasked. */
  void requireJson() {
    var type = header("Content-Type").orElse("");
    if (!type.split(";", 2)[0].strip().equalsIgnoreCase(JSON)) {
      throw CouchError.badContentType("Content-Type must be application/json");
    }
  }

  /**
   * The body, unpacked.
   *
   * @param limit reading more bytes than this throws {@link CouchError#tooLarge}
   */
  InputStream body(long limit) throws IOException {
    var length = header("Content-Length").map(Exchange::length).orElse(0L);
    if (length > limit) {
      throw CouchError.tooLarge();
    }
    var raw = rawBody();
    var encoding = header("Content-Encoding").orElse("identity").toLowerCase(Locale.ROOT);
    return switch (encoding) {
      case "identity" -> new LimitedStream(raw, limit);
      case "gzip", "x-gzip" -> new LimitedStream(new GZIPInputStream(raw, 8192), limit);
      default -> throw new CouchError(415, "bad_ctype", encoding + " is not supported");
    };
  }

  private InputStream rawBody() {
    var body = rawBody;
    if (body == null) {
      body = Content.Source.asInputStream(request);
      rawBody = body;
    }
    return body;
  }

  /**
   * Reads what is left of the body, where it is not much: a connection with an unread body cannot
   * be used again, and closing it may rob the client of the answer.
   */
  private void skipBody() {
    var length = header("Content-Length").map(Exchange::length).orElse(0L);
    if ((length == 0 && header("Transfer-Encoding").isEmpty()) || length > WORTH_READING) {
      return;
    }
    try {
      rawBody().skip(WORTH_READING);
    } catch (IOException e) {
      // The client has gone; whoever writes the answer will see it.
    }
  }

  private static long length(String header) {
    try {
      return Long.parseLong(header);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Reads the body as JSON. */
  <T> T readJson(JsonReading<T> reading) {
    return JsonText.guard(() -> {
      try (var reader = JsonText.reader(body(limits.requestBytes()))) {
        return reading.read(reader);
      }
    });
  }

  /** What reads JSON. */
  @FunctionalInterface
  interface JsonReading<T> {
    T read(JsonReader reader) throws IOException;
  }

  /** The whole body as one JSON object. */
  JsonObject readObject() {
    if (readJson(JsonText::whole) instanceof JsonObject object) {
      return object;
    }
    throw CouchError.badRequest("Request body must be a JSON object");
  }

  // -- the answer ------------------------------------------------------------------------------

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

  void bytes(int status, String type, byte[] body) {
    skipBody();
    var packed = body.length >= WORTH_GZIP && acceptsGzip() ? gzip(body) : body;
    answered = true;
    response.setStatus(status);
    setHeader("Content-Type", type);
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
    skipBody();
    answered = true;
    response.setStatus(status);
    response.write(true, ByteBuffer.allocate(0), callback);
  }

  void error(CouchError error) {
    response.reset();
    if (error.status() == 405) {
      setHeader("Allow", error.reason().replaceAll("Only | allowed", ""));
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
    response.setStatus(200);
    setHeader("Content-Type", type);
    var packing = gzip && acceptsGzip();
    if (packing) {
      setHeader("Content-Encoding", "gzip");
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
  FeedSink feed() {
    answered = true;
    request.addIdleTimeoutListener(timeout -> false);
    response.setStatus(200);
    setHeader("Content-Type", JSON);
    setHeader("Cache-Control", "must-revalidate");
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
