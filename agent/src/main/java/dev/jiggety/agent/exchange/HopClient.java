package dev.jiggety.agent.exchange;

import java.net.Proxy;
import java.util.function.LongSupplier;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/**
 * Sends HTTP requests and times them, by OkHttp. Safe for any thread; one for the process will do.
 */
public final class HopClient {
  private final NameResolver resolver;
  private final LongSupplier nanos;
  private final OkHttpClient base;

  /**
   * A client.
   *
   * @param tls whom it trusts
   * @param nanos the monotonic clock
   */
  public HopClient(NameResolver resolver, Tls tls, LongSupplier nanos) {
    this.resolver = resolver;
    this.nanos = nanos;
    this.base =
        new OkHttpClient.Builder()
            .followRedirects(false)
            .followSslRedirects(false)
            .fastFallback(false) // two connections at the same time would hide what happened
            .proxy(Proxy.NO_PROXY)
            .socketFactory(new PromptSockets())
            .sslSocketFactory(tls.sockets(), tls.trust())
            .eventListenerFactory(PhaseEvents::of)
            .build();
  }

  /** As it is used: the machine's names and clock, Java's trusted authorities. */
  public static HopClient system() {
    LongSupplier nanos = System::nanoTime;
    return new HopClient(NameResolver.system(nanos), Tls.system(), nanos);
  }

  /** Begins a row of requests that go the same way. */
  public HopSession session(HopOptions options) {
    return new HopSession(base, resolver, nanos, options);
  }

  /** The address as it may be shown: without user name and password; as it is where it is none. */
  public static String withoutSecrets(String url) {
    HttpUrl parsed = HttpUrl.parse(url);
    return parsed == null ? url : withoutSecrets(parsed);
  }

  static String withoutSecrets(HttpUrl url) {
    return url.username().isEmpty() && url.password().isEmpty()
        ? url.toString()
        : url.newBuilder().username("").password("").build().toString();
  }
}
