package dev.jiggety.base;

/**
 * A host and perhaps a port, as people write them: {@code ns.example}, {@code 192.0.2.1:5353},
 * {@code [2001:db8::1]:53}.
 *
 * @param port {@link #NO_PORT} where none is written
 */
public record HostAndPort(String host, int port) {
  /** No port is written. */
  public static final int NO_PORT = -1;

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  public static HostAndPort parse(String text) {
    int colon = text.lastIndexOf(':');
    boolean bare = text.startsWith("[") ? text.endsWith("]") : text.indexOf(':') != colon;
    if (colon < 0 || bare) {
      return new HostAndPort(unwrapped(text, text), NO_PORT);
    }
    String port = text.substring(colon + 1);
    int number = port.matches("\\d{1,5}") ? Integer.parseInt(port) : 0;
    if (number < 1 || number > 65_535) {
      throw new IllegalArgumentException(
          "\"" + text + "\" has the port \"" + port + "\"; it must be 1 to 65535");
    }
    return new HostAndPort(unwrapped(text.substring(0, colon), text), number);
  }

  /** Written as {@link #parse} reads it. */
  public static String of(String host, int port) {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  private static String unwrapped(String host, String text) {
    String bare =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    if (bare.isEmpty()) {
      throw new IllegalArgumentException("\"" + text + "\" names no host");
    }
    return bare;
  }
}
