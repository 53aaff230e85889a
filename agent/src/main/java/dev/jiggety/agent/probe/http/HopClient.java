package dev.jiggety.agent.probe.http;

import dev.jiggety.model.Check;
import dev.jiggety.model.Failure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.ConnectionPool;
import okhttp3.Handshake;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Sends single requests by OkHttp, each on a new connection, and times their phases. */
final class HopClient {
  private static final Set<String> NEEDS_BODY = Set.of("POST", "PUT", "PATCH", "REPORT", "QUERY");
  private static final Body NO_BODY = new Body("", true, 0);

  private final NameResolver resolver;
  private final Tls tls;
  private final LongSupplier nanos;
  private final OkHttpClient base;

  HopClient(NameResolver resolver, Tls tls, LongSupplier nanos) {
    this.resolver = resolver;
    this.tls = tls;
    this.nanos = nanos;
    this.base =
        new OkHttpClient.Builder()
            .followRedirects(false)
            .followSslRedirects(false)
            // A second try, or a second connection at the same time, would hide what happened.
            .retryOnConnectionFailure(false)
            .fastFallback(false)
            .proxy(Proxy.NO_PROXY)
            .build();
  }

  /**
   * What the hops of one sample share: cookies, the deadline, and TLS without a memory of others.
   *
   * @param keepBody whether somebody looks at the text of the answer
   */
  Session session(long deadline, Duration timeout, boolean keepBody) {
    return new Session(deadline, timeout, keepBody);
  }

  /** The address as it may be shown: without user name and password. */
  static String withoutSecrets(HttpUrl url) {
    return url.newBuilder().username("").password("").build().toString();
  }

  /** See {@link HopClient#session}. */
  final class Session {
    private final long deadline;
    private final Duration timeout;
    private final boolean keepBody;
    private final Cookies cookies = new Cookies();
    private @Nullable SSLSocketFactory secure;

    private Session(long deadline, Duration timeout, boolean keepBody) {
      this.deadline = deadline;
      this.timeout = timeout;
      this.keepBody = keepBody;
    }

    /** Made at the first hop that needs it: it costs more than all of a plain request. */
    private SSLSocketFactory secure() {
      SSLSocketFactory made = secure == null ? tls.fresh() : secure;
      secure = made;
      return made;
    }

    /**
     * Sends one request and reads all of the answer.
     *
     * @param start when its time begins to count
     */
    HopAnswer send(Redirects.Step step, long start) {
      PhaseClock clock = new PhaseClock(start);
      String place = step.url().host() + ":" + step.url().port();
      Exchange exchange = new Exchange();
      Failure failure = null;
      try {
        List<InetAddress> addresses = resolver.resolve(step.url().host(), deadline, clock);
        exchange(step, addresses, clock, exchange);
      } catch (IOException e) {
        clock.stop(nanos.getAsLong());
        failure = Failures.of(e, clock.current(), place, timeout);
      }
      long end = nanos.getAsLong();
      clock.stop(end);
      return new HopAnswer(
          exchange.status,
          exchange.headers,
          exchange.body,
          exchange.handshake,
          clock.phases(),
          failure,
          end);
    }

    /** One address after another, as long as no connection stands. */
    private void exchange(
        Redirects.Step step, List<InetAddress> addresses, PhaseClock clock, Exchange exchange)
        throws IOException {
      for (int i = 0; i < addresses.size(); i++) {
        PhaseEvents events = new PhaseEvents(clock, nanos);
        try {
          exchange(step, addresses.get(i), events, exchange);
          return;
        } catch (IOException e) {
          boolean another = i + 1 < addresses.size() && !events.connected();
          if (!another || deadline - nanos.getAsLong() <= 0) {
            throw e;
          }
        }
      }
    }

    private void exchange(
        Redirects.Step step, InetAddress address, PhaseEvents events, Exchange exchange)
        throws IOException {
      long millis = TimeUnit.NANOSECONDS.toMillis(deadline - nanos.getAsLong());
      if (millis <= 0) {
        throw new InterruptedIOException("timeout");
      }
      Duration left = Duration.ofMillis(millis);
      OkHttpClient.Builder builder =
          base.newBuilder()
              .cookieJar(cookies)
              .dns(host -> List.of(address))
              .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
              .eventListener(events)
              .callTimeout(left)
              .connectTimeout(left)
              .readTimeout(left)
              .writeTimeout(left);
      if (step.url().isHttps()) {
        builder.sslSocketFactory(secure(), tls.trust());
      }
      OkHttpClient once = builder.build();
      try (Response response = once.newCall(request(step)).execute()) {
        exchange.status = response.code();
        exchange.handshake = response.handshake();
        exchange.headers = headers(response.headers());
        exchange.body = Body.read(response, keepBody);
      }
    }
  }

  /** As much of an answer as came. */
  private static final class Exchange {
    private int status;
    private List<Check.Header> headers = List.of();
    private Body body = NO_BODY;
    private @Nullable Handshake handshake;
  }

  private static Request request(Redirects.Step step) {
    Request.Builder builder = new Request.Builder().url(step.url());
    builder.header("User-Agent", "Jiggety");
    builder.header("Accept", "*/*");
    builder.header("Accept-Encoding", "gzip");
    Set<String> replaced = new java.util.HashSet<>();
    for (Check.Header header : step.headers()) {
      if (replaced.add(header.name().toLowerCase(java.util.Locale.ROOT))) {
        builder.header(header.name(), header.value());
      } else {
        builder.addHeader(header.name(), header.value());
      }
    }
    String text = step.body();
    RequestBody body = null;
    if (text != null) {
      body = RequestBody.create(text.getBytes(StandardCharsets.UTF_8), null);
    } else if (NEEDS_BODY.contains(step.method())) {
      body = RequestBody.create(new byte[0], null);
    }
    return builder.method(step.method(), body).build();
  }

  private static List<Check.Header> headers(Headers headers) {
    List<Check.Header> list = new ArrayList<>();
    for (int i = 0; i < headers.size(); i++) {
      list.add(new Check.Header(headers.name(i), headers.value(i)));
    }
    return list;
  }
}
