package org.lightcouch;

import com.google.gson.GsonBuilder;
import com.google.gson.Strictness;
import org.apache.http.HttpResponse;
import org.apache.http.HttpVersion;
import org.apache.http.client.HttpClient;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.message.BasicHttpResponse;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.NullMarked;

/**
 * LightCouch for one database, with its network taken out: every request of its API goes through an
 * {@link Exchange}, which verifies TLS, sets timeouts and tells failures apart. Construction does
 * no I/O, so that a hub that is away is no reason to fail. Safe for any thread.
 *
 * <p>It stands in LightCouch's package because what {@link CouchDbClientBase} leaves to a subclass
 * can be seen only from there.
 */
@NullMarked
public final class HubClient extends CouchDbClientBase {
  private final HttpClient http;
  private final Exchange exchange;

  /** False while the constructor of the base class runs. */
  private final boolean constructed;

  /** Sends requests. */
  @FunctionalInterface
  public interface Exchange {
    /**
     * Sends one request and gives the answer, its body not yet read.
     *
     * @throws CouchDbException when there is no answer, or one that says no; the connection is
     *     given back then
     */
    HttpResponse send(HttpRequestBase request);
  }

  /**
   * A client that is ready at once.
   *
   * @param properties where the hub is, which database; nothing else of them is used
   * @param http the shared client; stays open when this one is shut down
   */
  public HubClient(CouchDbProperties properties, HttpClient http, Exchange exchange) {
    this.http = http;
    this.exchange = exchange;
    super(new CouchDbConfig(properties));
    // Else members that are null would be dropped from documents, and anything passes for JSON.
    setGsonBuilder(
        new GsonBuilder().serializeNulls().disableHtmlEscaping().setStrictness(Strictness.STRICT));
    this.constructed = true;
  }

  @Override
  public HttpResponse executeRequest(HttpRequestBase request) {
    return constructed ? exchange.send(request) : greeting();
  }

  @Override
  HttpClient createHttpClient(CouchDbProperties properties) {
    return http;
  }

  @Override
  HttpContext createContext() {
    return HttpClientContext.create();
  }

  @Override
  void shutdown() {
    // The connections belong to the hub, which closes them.
  }

  /** The base class asks the server for its version while it is constructed; nobody needs it. */
  private static HttpResponse greeting() {
    BasicHttpResponse answer = new BasicHttpResponse(HttpVersion.HTTP_1_1, 200, "OK");
    answer.setEntity(new StringEntity("{\"version\":\"\"}", ContentType.APPLICATION_JSON));
    return answer;
  }
}
