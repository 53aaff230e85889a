package dev.jiggety.agent.certificate;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A name or a number by which a server is reached.
 *
 * @param text as it stands in an address, in lower-case letters; an IPv6 number without brackets
 * @param isNumber whether it is an IP address
 */
record HostName(String text, boolean isNumber) {
  private static final Pattern NAME =
      Pattern.compile("(\\*\\.)?[a-z0-9_]([a-z0-9_-]{0,62})(\\.[a-z0-9_]([a-z0-9_-]{0,62}))*\\.?");
  private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final int LONGEST = 253;

  /**
   * Reads what a person wrote.
   *
   * @throws IllegalArgumentException with one line that says what is wrong
   */
  static HostName parse(String written) {
    String text = written.strip().toLowerCase(Locale.ROOT).replaceAll("^\\[|]$", "");
    if (V4.matcher(text).matches() || text.contains(":")) {
      try {
        return new HostName(InetAddress.ofLiteral(text).getHostAddress(), true);
      } catch (IllegalArgumentException e) {
        throw bad(written);
      }
    }
    String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    if (name.length() > LONGEST || !NAME.matcher(name).matches()) {
      throw bad(written);
    }
    return new HostName(name, false);
  }

  /** As it stands among the other names of a certificate. */
  byte[] encoded() {
    try {
      return isNumber
          ? Der.tagged(0x87, InetAddress.getByName(text).getAddress())
          : Der.tagged(0x82, Der.ascii(text));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("it was read as a number", e);
    }
  }

  private static IllegalArgumentException bad(String written) {
    return new IllegalArgumentException(
        "\""
            + written
            + "\" is no name of a host; give what stands in the hub's address between // and the"
            + " port, as in hub.example.org or 10.0.0.5");
  }

  @Override
  public String toString() {
    return text;
  }
}
