package dev.jiggety.agent.exchange;

import dev.jiggety.model.Check;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Credentials;
import okhttp3.Handshake;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A row of requests that go the same way: those of a sample, or of a browser. Redirects are not
 * followed and cookies not kept, see {@link Redirects} and {@link Cookies}. Safe for any thread
 * where connections are kept alive; else for one thread.
 */
public final class HopSession implements AutoCloseable {
  static final Set<String> NEEDS_BODY = Set.of("POST", "PUT", "PATCH", "REPORT", "QUERY");

  private final Way way;
  private final LongSupplier nanos;
  private final HopOptions options;
  private final Map<String, List<InetAddress>> names = new ConcurrentHashMap<>();
  private volatile @Nullable InetAddress proxy;
  private @Nullable ConnectionPool pool;
  private @Nullable OkHttpClient secure;
  private @Nullable OkHttpClient plain;

  HopSession(Way way, LongSupplier nanos, HopOptions options) {
    this.way = way;
    this.nanos = nanos;
    this.options = options;
  }

  /** Sends one request now and reads all of the answer. */
  public HopAnswer send(HopRequest request, Deadline deadline) {
    return send(request, deadline, nanos.getAsLong());
  }

  /**
   * Sends one request and reads all of the answer. Whatever goes wrong is in the answer.
   *
   * @param start when its time began to count, like the end of the hop before, in nanoseconds of
   *     the monotonic clock
   */
  public HopAnswer send(HopRequest request, Deadline deadline, long start) {
    PhaseClock clock = new PhaseClock(start);
    Received received = new Received();
    HttpUrl url = Addresses.parse(request.url());
    if (url == null) {
      Failure failure = new Failure(ErrorKind.INTERNAL, null, "not a web address");
      return answer(request.url(), received, clock, failure);
    }
    Failure failure = null;
    try {
      exchange(request, url, clock, deadline, received);
    } catch (IllegalArgumentException e) { // OkHttp's words would show the value
      failure =
          new Failure(
              ErrorKind.PROTOCOL, null, "a request that cannot be sent, by its method or a header");
    } catch (IOException e) {
      clock.stop(nanos.getAsLong());
      failure = Failures.of(e, clock.current(), place(url, received), deadline.timeout());
    }
    return answer(HopClient.withoutSecrets(url), received, clock, failure);
  }

  /** Who is at fault: until the connection stands, the proxy. */
  private String place(HttpUrl url, Received received) {
    Via via = way.directions().via();
    return via == null || received.connected ? url.host() + ":" + url.port() : via.place();
  }

  /** Closes connections that were kept alive. */
  @Override
  public synchronized void close() {
    if (pool != null) {
      pool.evictAll();
    }
  }

  /** Where several requests share connections, or none does. */
  private synchronized ConnectionPool pool() {
    if (pool == null) {
      pool =
          options.keepAlive()
              ? new ConnectionPool(16, 1, TimeUnit.MINUTES)
              : new ConnectionPool(0, 1, TimeUnit.SECONDS);
    }
    return pool;
  }

  private HopAnswer answer(
      String url, Received received, PhaseClock clock, @Nullable Failure failure) {
    long end = nanos.getAsLong();
    clock.stop(end);
    return new HopAnswer(
        url,
        received.status,
        received.reason,
        received.protocol,
        received.headers,
        received.body,
        received.tls,
        clock.phases(),
        failure,
        end);
  }

  private void exchange(
      HopRequest request, HttpUrl url, PhaseClock clock, Deadline deadline, Received received)
      throws IOException {
    List<Check.Header> headers = headers(request, url);
    if (isStraight(url, request)) {
      WireRequest wire = WireRequest.of(request, headers, url);
      WireExchange exchange = new WireExchange(nanos, options, clock, received);
      oneByOne(
          way.directions().to(url.host(), deadline, clock).addresses(),
          address -> exchange.send(new InetSocketAddress(address, url.port()), wire, deadline),
          deadline,
          received);
    } else {
      byOkHttp(request(request, headers, url), clock, deadline, received);
    }
  }

  private void byOkHttp(Request request, PhaseClock clock, Deadline deadline, Received received)
      throws IOException {
    Via via = way.directions().via();
    String host = request.url().host();
    String asked = via == null || via.socks() ? host : via.host();
    List<InetAddress> addresses = options.keepAlive() ? names.get(asked) : null;
    if (addresses == null) {
      Directions.Targets targets = way.directions().to(host, deadline, clock);
      addresses = targets.addresses();
      proxy = targets.proxy();
    }
    if (options.keepAlive()) {
      names.put(asked, addresses);
      once(request, new PhaseEvents(clock, nanos), deadline, received);
      return;
    }
    oneByOne(
        addresses,
        address -> {
          names.put(asked, List.of(address));
          once(request, new PhaseEvents(clock, nanos), deadline, received);
        },
        deadline,
        received);
  }

  /** What HTTP/1.1 needs nobody else for; all other ways lead through OkHttp. */
  private boolean isStraight(HttpUrl url, HopRequest request) {
    return !options.keepAlive()
        && !url.isHttps()
        && !way.http2()
        && way.directions().via() == null
        && !request.has("Expect"); // the body waits for an answer of its own
  }

  /** One attempt. */
  private interface Attempt {
    void at(InetAddress address) throws IOException;
  }

  /** One address after another, as long as no connection stands. */
  private void oneByOne(
      List<InetAddress> addresses, Attempt attempt, Deadline deadline, Received received)
      throws IOException {
    for (int i = 0; i < addresses.size(); i++) {
      try {
        attempt.at(addresses.get(i));
        return;
      } catch (IOException e) {
        boolean another = i + 1 < addresses.size() && !received.connected;
        if (!another || deadline.at() - nanos.getAsLong() <= 0) {
          throw e;
        }
      }
    }
  }

  private void once(Request request, PhaseEvents events, Deadline deadline, Received received)
      throws IOException {
    OkHttpClient client = client(request.isHttps());
    Call call = client.newCall(request.newBuilder().tag(PhaseEvents.class, events).build());
    call.timeout().timeout(deadline.left(nanos.getAsLong()), TimeUnit.NANOSECONDS);
    try (Response response = call.execute()) {
      received.status = response.code();
      received.reason = response.message();
      Protocol protocol = response.protocol();
      received.protocol = protocol == Protocol.H2_PRIOR_KNOWLEDGE ? "h2" : protocol.toString();
      Handshake handshake = response.handshake();
      if (handshake != null) {
        received.tls =
            TlsFacts.of(
                handshake.tlsVersion().javaName(),
                handshake.cipherSuite().javaName(),
                handshake.peerCertificates());
      }
      received.headers = headers(response.headers());
      if (way.http2() && response.protocol() == Protocol.HTTP_1_1) {
        throw new ProtocolException("it does not speak HTTP/2");
      }
      Body.Reader body = new Body.Reader(options, nanos);
      try {
        body.read(
            response.header("Content-Type"),
            response.header("Content-Encoding"),
            response.body().source());
      } finally {
        received.body = body.body();
      }
    } finally {
      received.connected = events.connected();
    }
  }

  private synchronized OkHttpClient client(boolean https) {
    OkHttpClient known = https ? secure : plain;
    if (known != null) {
      return known;
    }
    OkHttpClient made = client(https ? way.secure() : way.plain());
    boolean same = way.secure().equals(way.plain());
    if (https || same) {
      secure = made;
    }
    if (!https || same) {
      plain = made;
    }
    return made;
  }

  private OkHttpClient client(OkHttpClient base) {
    OkHttpClient.Builder builder =
        base.newBuilder()
            .connectionPool(pool())
            .dns(this::known)
            // A second try would hide what happened; on a connection that was kept it is needed,
            // since the server may have closed it meanwhile.
            .retryOnConnectionFailure(options.keepAlive())
            // The whole call has a timeout; one for each read would only be work.
            .connectTimeout(0, TimeUnit.MILLISECONDS)
            .readTimeout(0, TimeUnit.MILLISECONDS)
            .writeTimeout(0, TimeUnit.MILLISECONDS);
    Via via = way.directions().via();
    if (via != null && via.socks()) {
      builder.socketFactory(new SocksSocket.Factory(via, () -> proxy));
    }
    return builder.build();
  }

  private List<InetAddress> known(String host) throws UnknownHostException {
    List<InetAddress> addresses = names.get(host);
    if (addresses == null) {
      throw new UnknownHostException(host);
    }
    return addresses;
  }

  /** Those that every request has unless it says otherwise, then its own. */
  private List<Check.Header> headers(HopRequest request, HttpUrl url) {
    List<Check.Header> headers = new ArrayList<>();
    add(headers, request, "User-Agent", "Jiggety");
    add(headers, request, "Accept", "*/*");
    add(headers, request, "Accept-Encoding", "gzip, br");
    if (!url.username().isEmpty() || !url.password().isEmpty()) {
      add(headers, request, "Authorization", Credentials.basic(url.username(), url.password()));
    }
    Via via = way.directions().via();
    if (via != null && !via.socks() && via.user() != null && !url.isHttps()) {
      String credentials = Credentials.basic(via.user(), via.password());
      add(headers, request, "Proxy-Authorization", credentials);
    }
    headers.addAll(request.headers());
    return headers;
  }

  private static void add(
      List<Check.Header> headers, HopRequest request, String name, String value) {
    if (!request.has(name)) {
      headers.add(new Check.Header(name, value));
    }
  }

  private static Request request(HopRequest request, List<Check.Header> headers, HttpUrl url) {
    Request.Builder builder = new Request.Builder().url(url);
    headers.forEach(header -> builder.addHeader(header.name(), header.value()));
    ByteString bytes = request.body();
    RequestBody body = null;
    if (bytes != null) {
      body = RequestBody.create(bytes, null);
    } else if (NEEDS_BODY.contains(request.method())) {
      body = RequestBody.create(ByteString.EMPTY, null);
    }
    return builder.method(request.method(), body).build();
  }

  private static List<Check.Header> headers(Headers headers) {
    List<Check.Header> list = new ArrayList<>();
    for (int i = 0; i < headers.size(); i++) {
      list.add(new Check.Header(Way.sent(headers.name(i)), headers.value(i)));
    }
    return list;
  }
}
