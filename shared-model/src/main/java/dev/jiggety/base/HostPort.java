package dev.jiggety.base;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and a port, written like {@code dns.example:53} or {@code [::1]:53}.
 *
 * @param host a name or an address, IPv6 without brackets
 * @param port 1 to 65535
 */
public record HostPort(String host, int port) {
  private static final Pattern WRITTEN =
      Pattern.compile("(?:\\[(?<six>[0-9A-Fa-f:.]+)]|(?<name>[^\\s:/@\\[\\]]+))(?::(?<port>\\d{1,5}))?");

  /**
   * Reads it; an IPv6 address may stand without brackets where there is no port.
   *
   * @throws IllegalArgumentException with one sentence for people
   */
  public static HostPort parse(String text, int defaultPort) {
    if (text.indexOf(':') != text.lastIndexOf(':') && text.matches("[0-9A-Fa-f:.]+")) {
      return new HostPort(text, defaultPort);
    }
    Matcher parts = WRITTEN.matcher(text);
    int port =
        parts.matches() && parts.group("port") != null
            ? Integer.parseInt(parts.group("port"))
            : defaultPort;
    if (!parts.matches() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no host with a port; write it like dns.example:" + defaultPort);
    }
    return new HostPort(parts.group("six") != null ? parts.group("six") : parts.group("name"), port);
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
