package dev.jiggety.agent.hub;

import com.google.gson.JsonObject;
import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** What a client sends: unpacked, within limits of size, memory and time. For one thread. */
final class RequestBody {
  private static final long WORTH_READING = 1 << 20;

  private final Request request;
  private final HubConfig.Limits limits;
  private final BodyBudget.Lease memory;
  private long nanos;
  private @Nullable InputStream raw;

  /**
   * The body of a request.
   *
   * @param memory for what is not streamed
   */
  RequestBody(Request request, HubConfig.Limits limits, BodyBudget.Lease memory) {
    this.request = request;
    this.limits = limits;
    this.memory = memory;
  }

  private Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }

  /** How long it took to read it as JSON. */
  long nanos() {
    return nanos;
  }

  /** Refuses a body that does not say it is JSON; a page in a browser cannot say so unasked. */
  void requireJson() {
    if (!HeaderText.bare(header("Content-Type").orElse("")).equals(Exchange.JSON)) {
      throw CouchError.badContentType("Content-Type must be application/json");
    }
  }

  /**
   * The body, unpacked.
   *
   * @param limit reading more bytes than this throws {@link CouchError#tooLarge}
   */
  InputStream stream(long limit) throws IOException {
    return stream(limit, bytes -> {});
  }

  private InputStream stream(long limit, LongConsumer progress) throws IOException {
    var length = header("Content-Length").map(RequestBody::length).orElse(0L);
    if (length > limit) {
      throw CouchError.tooLarge();
    }
    var packed = raw();
    var encoding = header("Content-Encoding").orElse("identity").toLowerCase(Locale.ROOT);
    return switch (encoding) {
      case "identity" -> new LimitedStream(packed, limit, progress);
      case "gzip", "x-gzip" ->
          new LimitedStream(new GZIPInputStream(packed, 8192), limit, progress);
      default ->
          throw CouchError.badContentType("Content-Encoding " + encoding + " is not supported");
    };
  }

  private InputStream raw() {
    var body = raw;
    if (body == null) {
      body = new PacedStream(Content.Source.asInputStream(request), limits.slowNanos());
      raw = body;
    }
    return body;
  }

  /** The MD5 of the body as it comes, packed or not; call it before the body is read. */
  MessageDigest digest() {
    try {
      var md5 = MessageDigest.getInstance("MD5");
      raw = new DigestInputStream(raw(), md5);
      return md5;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no MD5", e);
    }
  }

  /** Reads what is left of it, see {@link #skip(Request, InputStream)}. */
  void skip() {
    skip(request, raw());
  }

  /**
   * Reads what is left of the body, where it is not much: a connection with an unread body cannot
   * be used again, and closing it may rob the client of the answer.
   */
  static void skip(Request request, InputStream body) {
    var headers = request.getHeaders();
    var known = headers.get("Content-Length");
    var length = known == null ? 0 : length(known);
    if ((length == 0 && !headers.contains("Transfer-Encoding")) || length > WORTH_READING) {
      return;
    }
    try {
      body.skip(WORTH_READING);
    } catch (IOException | CouchError e) {
      // The client has gone or takes its time; whoever writes the answer will see it.
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
  <T> T json(JsonReading<T> reading) {
    var began = System.nanoTime();
    // At once, as far as it is known: two that have half of what they need would wait for ever.
    var known = header("Content-Length").map(RequestBody::length).orElse(0L);
    if (known <= limits.requestBytes()) {
      memory.need(known);
    }
    return JsonText.guard(() -> {
      try (var reader = JsonText.reader(stream(limits.requestBytes(), memory::need))) {
        return reading.read(reader);
      } finally {
        nanos = System.nanoTime() - began;
      }
    });
  }

  /** Reads the body as bytes that are JSON, unpacked. */
  <T> T read(Reading<T> reading) {
    return JsonText.guard(() -> {
      try (var body = stream(limits.requestBytes())) {
        return reading.read(body);
      }
    });
  }

  /** What reads bytes. */
  @FunctionalInterface
  interface Reading<T> {
    T read(InputStream body) throws IOException;
  }

  /** What reads JSON. */
  @FunctionalInterface
  interface JsonReading<T> {
    T read(JsonReader reader) throws IOException;
  }

  /** The whole body as one JSON object. */
  JsonObject object() {
    return object("Request body must be a JSON object");
  }

  /** The whole body as one document. */
  JsonObject document() {
    return object("Document must be a JSON object");
  }

  private JsonObject object(String otherwise) {
    if (json(JsonText::whole) instanceof JsonObject object) {
      return object;
    }
    throw CouchError.badRequest(otherwise);
  }
}
