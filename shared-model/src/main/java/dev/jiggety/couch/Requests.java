package dev.jiggety.couch;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.http.HttpEntity;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpDelete;
import org.apache.http.client.methods.HttpEntityEnclosingRequestBase;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpPut;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.client.utils.HttpClientUtils;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;

/** The requests that LightCouch does not know: builds them, reads their answers, classifies. */
final class Requests {
  private final HubAddress address;
  private final Transport transport;
  private final Failures failures;

  Requests(HubAddress address, Transport transport, Failures failures) {
    this.address = address;
    this.transport = transport;
    this.failures = failures;
  }

  /** A part of a path, or of a query: percent-encoded, blanks too. */
  static String encode(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * An id as a path: what stands before the slash of design and local documents is no part of it.
   */
  static String path(String id) {
    for (String special : new String[] {"_design/", "_local/"}) {
      if (id.startsWith(special)) {
        return special + encode(id.substring(special.length()));
      }
    }
    return encode(id);
  }

  HttpGet get(String path) {
    return new HttpGet(address.resolve(path));
  }

  HttpDelete delete(String path) {
    return new HttpDelete(address.resolve(path));
  }

  HttpPost post(String path, JsonElement body) {
    return post(path, Json.write(body));
  }

  HttpPost post(String path, String json) {
    return with(new HttpPost(address.resolve(path)), json);
  }

  HttpPut put(String path, JsonElement body) {
    return with(new HttpPut(address.resolve(path)), Json.write(body));
  }

  HttpPut put(String path) {
    return new HttpPut(address.resolve(path));
  }

  Outcome<JsonObject> object(HttpRequestBase request) {
    return element(request).then(element -> attempt(() -> Json.asObject(element)));
  }

  Outcome<JsonArray> array(HttpRequestBase request) {
    return element(request).then(element -> attempt(() -> Json.asArray(element)));
  }

  Outcome<JsonElement> element(HttpRequestBase request) {
    return attempt(() -> exchange(request, Json::element));
  }

  /** The same, to be cut short by somebody else. */
  Outcome<JsonElement> element(HttpRequestBase request, Cancellation cancellation) {
    return cancellable(request, cancellation, () -> exchange(request, Json::element));
  }

  /** The whole answer as it is. */
  Outcome<String> text(HttpRequestBase request) {
    return attempt(
        () -> open(request, body -> new String(body.readAllBytes(), StandardCharsets.UTF_8)));
  }

  /** The same for a request whose body is no JSON. */
  Outcome<String> upload(HttpRequestBase request) {
    return attempt(() ->
        read(
            transport.sendAny(request),
            body -> new String(body.readAllBytes(), StandardCharsets.UTF_8)));
  }

  /**
   * The body of an answer as it comes, whatever it is. Closing it before its end drops the
   * connection: what is left may be long.
   */
  Outcome<InputStream> stream(HttpRequestBase request) {
    return attempt(() -> {
      HttpResponse response = transport.sendAny(request);
      HttpEntity entity = response.getEntity();
      try {
        return entity == null
            ? InputStream.nullInputStream()
            : new FilterInputStream(entity.getContent()) {
              @Override
              public void close() throws IOException {
                ((CloseableHttpResponse) response).close();
              }
            };
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  <T> Outcome<T> attempt(Supplier<T> call) {
    return failures.attempt(call);
  }

  <T> Outcome<T> cancellable(HttpRequestBase request, Cancellation by, Supplier<T> call) {
    Runnable cut = request::abort;
    by.enter(cut);
    try {
      Outcome<T> outcome = attempt(call);
      return by.isCancelled() && !outcome.isOk()
          ? new Outcome.Unavailable<>(Failures.CANCELLED)
          : outcome;
    } finally {
      by.leave(cut);
    }
  }

  /** Reads a body. */
  @FunctionalInterface
  private interface BodyReader<T> {
    T read(InputStream body) throws IOException;
  }

  /** Sends, hands the body over, and gives the connection back whatever happens. */
  <T> T exchange(HttpRequestBase request, Function<Reader, T> read) {
    return open(
        request,
        body -> {
          try (Reader text = new InputStreamReader(body, StandardCharsets.UTF_8)) {
            return read.apply(text);
          }
        });
  }

  private <T> T open(HttpRequestBase request, BodyReader<T> read) {
    return read(transport.send(request), read);
  }

  private static <T> T read(HttpResponse response, BodyReader<T> read) {
    HttpEntity entity = response.getEntity();
    try (InputStream body = entity == null ? InputStream.nullInputStream() : entity.getContent()) {
      return read.read(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      HttpClientUtils.closeQuietly(response);
    }
  }

  private static <R extends HttpEntityEnclosingRequestBase> R with(R request, String json) {
    request.setEntity(new StringEntity(json, ContentType.APPLICATION_JSON));
    return request;
  }
}
