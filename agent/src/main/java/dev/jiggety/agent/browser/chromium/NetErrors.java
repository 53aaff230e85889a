package dev.jiggety.agent.browser.chromium;

import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Phase;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What Chromium's network errors mean in the one table of errors. Their names are those of
 * Chromium's net/base/net_error_list.h, with {@code net::} before them.
 */
final class NetErrors {
  private record Meaning(ErrorKind kind, @Nullable Phase phase, String text) {}

  private NetErrors() {}

  /**
   * Why no page came.
   *
   * @param error like {@code net::ERR_CONNECTION_REFUSED}
   * @param url where to, without user information
   */
  static Failure failure(String error, String url) {
    String name = error.startsWith("net::") ? error.substring("net::".length()) : error;
    String host = authority(url);
    Meaning meaning = meaning(name);
    String text = meaning.text().replace("HOST", host) + " (" + name + ")";
    return new Failure(meaning.kind(), meaning.phase(), text);
  }

  private static Meaning meaning(String name) {
    return switch (name) {
      case "ERR_NAME_NOT_RESOLVED", "ERR_NAME_RESOLUTION_FAILED" ->
          new Meaning(ErrorKind.DNS, Phase.DNS, "the name does not resolve: HOST");
      case "ERR_DNS_TIMED_OUT" ->
          new Meaning(ErrorKind.TIMEOUT, Phase.DNS, "no name server answered for HOST");
      case "ERR_CONNECTION_REFUSED", "ERR_CONNECTION_FAILED" ->
          new Meaning(ErrorKind.REFUSED, Phase.CONNECT, "HOST refused the connection");
      case "ERR_ADDRESS_UNREACHABLE", "ERR_ADDRESS_INVALID" ->
          new Meaning(ErrorKind.REFUSED, Phase.CONNECT, "HOST cannot be reached");
      case "ERR_PROXY_CONNECTION_FAILED",
          "ERR_TUNNEL_CONNECTION_FAILED",
          "ERR_SOCKS_CONNECTION_FAILED",
          "ERR_SOCKS_CONNECTION_HOST_UNREACHABLE" ->
          new Meaning(ErrorKind.REFUSED, Phase.CONNECT, "the proxy gave no connection to HOST");
      case "ERR_CONNECTION_TIMED_OUT" ->
          new Meaning(ErrorKind.TIMEOUT, Phase.CONNECT, "HOST did not take the connection in time");
      case "ERR_TIMED_OUT" ->
          new Meaning(ErrorKind.TIMEOUT, Phase.WAIT, "HOST did not answer in time");
      case "ERR_CONNECTION_RESET",
          "ERR_CONNECTION_CLOSED",
          "ERR_CONNECTION_ABORTED",
          "ERR_SOCKET_NOT_CONNECTED",
          "ERR_EMPTY_RESPONSE",
          "ERR_HTTP2_PING_FAILED" ->
          new Meaning(ErrorKind.RESET, Phase.WAIT, "HOST cut the connection");
      case "ERR_CONTENT_LENGTH_MISMATCH", "ERR_INCOMPLETE_CHUNKED_ENCODING" ->
          new Meaning(ErrorKind.RESET, Phase.RECEIVE, "HOST cut the answer short");
      case "ERR_TOO_MANY_REDIRECTS" ->
          new Meaning(ErrorKind.PROTOCOL, null, "too many redirects at HOST");
      case "ERR_INTERNET_DISCONNECTED", "ERR_NETWORK_CHANGED", "ERR_NETWORK_ACCESS_DENIED" ->
          new Meaning(ErrorKind.INTERNAL, Phase.CONNECT, "this node has no network");
      case "ERR_UNSAFE_PORT" ->
          new Meaning(
              ErrorKind.INTERNAL,
              null,
              "Chromium does not go to the port of HOST: use the engine htmlunit for this test");
      default -> family(name);
    };
  }

  private static Meaning family(String name) {
    if (name.startsWith("ERR_CERT_") || name.startsWith("ERR_SSL_") || name.contains("_SSL_")) {
      return new Meaning(ErrorKind.TLS, Phase.SSL, tls(name));
    }
    if (name.startsWith("ERR_DNS_")) {
      return new Meaning(ErrorKind.DNS, Phase.DNS, "the name does not resolve: HOST");
    }
    if (name.contains("MEMORY")
        || name.contains("INSUFFICIENT")
        || name.startsWith("ERR_CACHE_")
        || name.startsWith("ERR_FILE_")
        || name.equals("ERR_FAILED")
        || name.equals("ERR_UNEXPECTED")) {
      return new Meaning(ErrorKind.INTERNAL, null, "Chromium could not load the page of HOST");
    }
    return new Meaning(ErrorKind.PROTOCOL, null, "HOST gave no proper answer");
  }

  private static String tls(String name) {
    return switch (name) {
      case "ERR_CERT_DATE_INVALID" -> "the certificate of HOST has expired or is not valid yet";
      case "ERR_CERT_COMMON_NAME_INVALID" -> "the certificate is not for the host HOST";
      case "ERR_CERT_AUTHORITY_INVALID" ->
          "the certificate of HOST is not trusted: no known authority vouches for it";
      case "ERR_CERT_REVOKED" -> "the certificate of HOST was revoked";
      case "ERR_BAD_SSL_CLIENT_AUTH_CERT", "ERR_SSL_CLIENT_AUTH_CERT_NEEDED" ->
          "HOST asks for a client certificate";
      default ->
          name.startsWith("ERR_CERT_")
              ? "the certificate of HOST is bad"
              : "the TLS handshake with HOST failed";
    };
  }

  /** Host and port of an address, or all of it where it has none. */
  static String authority(String url) {
    try {
      URI uri = URI.create(url);
      String host = uri.getHost();
      if (host == null) {
        return url;
      }
      return uri.getPort() < 0 ? host : host.toLowerCase(Locale.ROOT) + ":" + uri.getPort();
    } catch (IllegalArgumentException e) {
      return url;
    }
  }
}
