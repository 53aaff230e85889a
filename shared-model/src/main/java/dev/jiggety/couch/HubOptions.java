package dev.jiggety.couch;

import dev.jiggety.base.Secret;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * How to talk to a hub.
 *
 * @param connectTimeout for the connection with TLS; also the longest wait for a free connection of
 *     the pool
 * @param readTimeout the longest silence while an answer is awaited or read; long polls and feeds
 *     bring their own
 * @param maxConnections connections to the hub at a time, long polls included; at least 1
 * @param trust whom TLS believes
 * @param userAgent how this program calls itself
 * @param compressFrom the size in bytes from which request bodies are compressed, where the hub
 *     takes it; or {@link #AUTOMATIC}
 * @param headers sent with every request; their values are secrets, for they may be tokens
 * @param clock the wall clock that the hub's is compared with
 */
public record HubOptions(
    Duration connectTimeout,
    Duration readTimeout,
    int maxConnections,
    TlsTrust trust,
    String userAgent,
    int compressFrom,
    Map<String, Secret> headers,
    InstantSource clock) {

  /** For {@code compressFrom}: 16 KB, but nothing at all to and from this very machine. */
  public static final int AUTOMATIC = -1;

  /** 5 s to connect, 30 s of silence, 20 connections, the platform's authorities. */
  public static final HubOptions DEFAULT =
      new HubOptions(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          20,
          TlsTrust.PLATFORM,
          "Jiggety",
          AUTOMATIC,
          Map.of(),
          InstantSource.system());

  public HubOptions {
    headers = Map.copyOf(headers);
    if (!connectTimeout.isPositive() || !readTimeout.isPositive() || maxConnections < 1) {
      throw new IllegalArgumentException("timeouts and the number of connections must be positive");
    }
  }

  public HubOptions withConnectTimeout(Duration timeout) {
    return new HubOptions(
        timeout, readTimeout, maxConnections, trust, userAgent, compressFrom, headers, clock);
  }

  public HubOptions withReadTimeout(Duration timeout) {
    return new HubOptions(
        connectTimeout, timeout, maxConnections, trust, userAgent, compressFrom, headers, clock);
  }

  public HubOptions withMaxConnections(int connections) {
    return new HubOptions(
        connectTimeout, readTimeout, connections, trust, userAgent, compressFrom, headers, clock);
  }

  /** The same, which believes others. */
  public HubOptions withTrust(TlsTrust whom) {
    return new HubOptions(
        connectTimeout, readTimeout, maxConnections, whom, userAgent, compressFrom, headers, clock);
  }

  public HubOptions withUserAgent(String name) {
    return new HubOptions(
        connectTimeout, readTimeout, maxConnections, trust, name, compressFrom, headers, clock);
  }

  public HubOptions withCompressFrom(int bytes) {
    return new HubOptions(
        connectTimeout, readTimeout, maxConnections, trust, userAgent, bytes, headers, clock);
  }

  public HubOptions withHeaders(Map<String, Secret> more) {
    return new HubOptions(
        connectTimeout, readTimeout, maxConnections, trust, userAgent, compressFrom, more, clock);
  }

  public HubOptions withClock(InstantSource source) {
    return new HubOptions(
        connectTimeout,
        readTimeout,
        maxConnections,
        trust,
        userAgent,
        compressFrom,
        headers,
        source);
  }
}
