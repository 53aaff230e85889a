package dev.jiggety.agent.exchange;

import dev.jiggety.model.Connection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/** Sends HTTP requests and times them. Safe for any thread; one for the process will do. */
public final class HopClient {
  /** Ways that tests go beside the usual one; more of them are made anew each time. */
  private static final int MOST_WAYS = 256;

  private final NameResolver resolver;
  private final Tls tls;
  private final LongSupplier nanos;
  private final OkHttpClient base;
  private final Way usual;
  private final Map<Connection, Way> ways =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Connection, Way> eldest) {
          return size() > MOST_WAYS;
        }
      };

  /**
   * A client.
   *
   * @param tls whom it trusts
   * @param nanos the monotonic clock
   */
  public HopClient(NameResolver resolver, Tls tls, LongSupplier nanos) {
    this.resolver = resolver;
    this.tls = tls;
    this.nanos = nanos;
    this.base = Way.base();
    this.usual = make(Connection.DEFAULT);
  }

  /** As it is used: the machine's names and clock, Java's trusted authorities. */
  public static HopClient system() {
    LongSupplier nanos = System::nanoTime;
    return new HopClient(NameResolver.system(nanos), Tls.system(), nanos);
  }

  /**
   * Begins a row of requests that go the same way.
   *
   * @throws IllegalArgumentException with a sentence for people, without secrets, when something in
   *     the connection is wrong: a certificate that is none, a key that does not go with it
   */
  public HopSession session(HopOptions options) {
    return new HopSession(way(options.connection()), nanos, options);
  }

  private Way way(Connection connection) {
    if (connection.equals(Connection.DEFAULT)) {
      return usual;
    }
    synchronized (ways) {
      Way known = ways.get(connection);
      if (known != null) {
        return known;
      }
    }
    Way made = make(connection);
    synchronized (ways) {
      ways.put(connection, made);
    }
    return made;
  }

  private Way make(Connection connection) {
    return Way.of(connection, new Directions(connection, resolver, nanos), base, tls);
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
