package dev.jiggety.agent.exchange;

import dev.jiggety.model.Connection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.List;
import okhttp3.Authenticator;
import okhttp3.CertificatePinner;
import okhttp3.Credentials;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;

/**
 * What a {@link Connection} comes to, made once for all who go the same way.
 *
 * @param secure the client for https
 * @param plain the client for http
 * @param http2 whether nothing but HTTP/2 will do
 */
record Way(Directions directions, OkHttpClient secure, OkHttpClient plain, boolean http2) {
  /** Where a header is kept that OkHttp would act on. */
  private static final String RETRY_AFTER = "Jiggety-Retry-After";

  /** What all ways have in common. */
  static OkHttpClient base() {
    return new OkHttpClient.Builder()
        .followRedirects(false)
        .followSslRedirects(false)
        .fastFallback(false) // two connections at the same time would hide what happened
        .eventListenerFactory(PhaseEvents::of)
        .addNetworkInterceptor(Way::withoutRetry)
        .proxy(Proxy.NO_PROXY)
        .socketFactory(new PromptSockets())
        .build();
  }

  /**
   * The way of a connection.
   *
   * @param trusted what is trusted without it
   * @throws IllegalArgumentException with a sentence for people when something in it is wrong
   */
  static Way of(Connection connection, Directions directions, OkHttpClient base, Tls trusted) {
    Tls tls = trusted.with(connection);
    OkHttpClient.Builder builder =
        base.newBuilder()
            .sslSocketFactory(tls.sockets(), tls.trust())
            // That of the base knows other authorities; each client that is made of this one, and
            // so each measurement, would compare all of them, one by one.
            .certificatePinner(CertificatePinner.DEFAULT);
    if (connection.version() == Connection.Version.HTTP_1_1) {
      builder.protocols(List.of(Protocol.HTTP_1_1));
    }
    Via via = directions.via();
    if (via != null && !via.socks()) {
      InetSocketAddress there = InetSocketAddress.createUnresolved(via.host(), via.port());
      builder.proxy(new Proxy(Proxy.Type.HTTP, there));
      if (via.user() != null) {
        builder.proxyAuthenticator(authenticator(Credentials.basic(via.user(), via.password())));
      }
    }
    OkHttpClient secure = builder.build();
    boolean http2 = connection.version() == Connection.Version.HTTP_2;
    OkHttpClient plain =
        http2 ? builder.protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)).build() : secure;
    return new Way(directions, secure, plain, http2);
  }

  /** Says the password once, to who asks for it: a second question means that it is wrong. */
  private static Authenticator authenticator(String credentials) {
    return (route, response) ->
        response.request().header("Proxy-Authorization") != null
            ? null
            : response.request().newBuilder().header("Proxy-Authorization", credentials).build();
  }

  /** OkHttp would ask a second time where a server is busy and says "retry after 0". */
  private static Response withoutRetry(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    String after = response.code() == 503 ? response.header("Retry-After") : null;
    return after == null
        ? response
        : response.newBuilder().removeHeader("Retry-After").header(RETRY_AFTER, after).build();
  }

  /** The name of a header as the server sent it. */
  static String sent(String name) {
    return name.equals(RETRY_AFTER) ? "Retry-After" : name;
  }
}
