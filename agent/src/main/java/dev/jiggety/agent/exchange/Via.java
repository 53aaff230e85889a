package dev.jiggety.agent.exchange;

import dev.jiggety.base.HostAndPort;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A proxy on the way.
 *
 * @param user null when it asks for nobody
 */
record Via(boolean socks, String host, int port, @Nullable String user, String password) {

  /**
   * Reads one like {@code http://user:password@host:port}.
   *
   * @throws IllegalArgumentException with a sentence for people that shows no password
   */
  static Via parse(String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw unusable();
    }
    boolean socks = "socks5".equalsIgnoreCase(uri.getScheme());
    if (!socks && !"http".equalsIgnoreCase(uri.getScheme())) {
      throw unusable();
    }
    if (uri.getHost() == null || uri.getPort() < 1 || uri.getPort() > 65_535) {
      throw unusable();
    }
    String host = HostAndPort.parse(uri.getHost()).host();
    String info = uri.getRawUserInfo();
    if (info == null) {
      return new Via(socks, host, uri.getPort(), null, "");
    }
    String[] parts = info.split(":", 2);
    return new Via(
        socks, host, uri.getPort(), decoded(parts[0]), parts.length == 1 ? "" : decoded(parts[1]));
  }

  /** For people. */
  String place() {
    return "the proxy " + HostAndPort.of(host, port);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException unusable() {
    return new IllegalArgumentException(
        "the proxy must be written like http://proxy.example:3128 or socks5://proxy.example:1080");
  }

  @Override
  public String toString() {
    return place();
  }
}
