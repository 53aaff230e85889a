package dev.jiggety.model.rules;

import dev.jiggety.base.Problem;
import dev.jiggety.model.Connection;
import dev.jiggety.model.Connection.Family;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is wrong with how a test gets to its site. Texts may hold placeholders for secrets. */
final class ConnectionRules {
  private static final Pattern SERVER =
      Pattern.compile(
          "(?:\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::(?<port>\\d{1,5}))?|[0-9A-Fa-f:]+");
  private static final Pattern PROXY =
      Pattern.compile(
          "(?<scheme>http|socks5)://(?:[^/@\\s]*@)?(?:\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)"
              + ":(?<port>\\d{1,5})/?");
  private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----";
  private static final String KEY = "-----BEGIN PRIVATE KEY-----";

  private ConnectionRules() {}

  /**
   * Checks a connection.
   *
   * @param place where it stands, like {@code http.connection}
   */
  static void check(Connection connection, String place, List<Problem> problems) {
    for (String text : texts(connection)) {
      for (Placeholders.Reference reference : Placeholders.find(text)) {
        if (!reference.secret()) {
          problems.add(
              new Problem(
                  place,
                  "${"
                      + reference.name()
                      + "} cannot be known when the connection is made; only ${secret.NAME} can"));
        }
      }
    }
    address(connection, place, problems);
    server(connection.resolver(), place + ".resolver", problems);
    proxy(connection, place, problems);
    pem(connection.authority(), CERTIFICATE, place + ".authority", problems);
    pem(connection.clientCertificate(), CERTIFICATE, place + ".client-certificate", problems);
    pem(connection.clientKey(), KEY, place + ".client-key", problems);
    if (connection.clientCertificate() != null && connection.clientKey() == null) {
      problems.add(
          new Problem(place + ".client-key", "is missing: the key of the client-certificate"));
    }
    if (connection.clientKey() != null && connection.clientCertificate() == null) {
      problems.add(
          new Problem(place + ".client-certificate", "is missing: what the client-key is for"));
    }
  }

  private static void address(Connection connection, String place, List<Problem> problems) {
    String address = connection.address();
    if (address == null || hasPlaceholder(address)) {
      return;
    }
    try {
      boolean four = InetAddress.ofLiteral(address) instanceof Inet4Address;
      if (connection.family() == (four ? Family.IPV6 : Family.IPV4)) {
        problems.add(
            new Problem(
                place + ".address", "is none of " + connection.family().label() + "; mend one"));
      }
    } catch (IllegalArgumentException e) {
      problems.add(
          new Problem(
              place + ".address",
              "\"" + address + "\" is not an IP address; write it like 192.0.2.1 or 2001:db8::1"));
    }
    if (connection.resolver() != null) {
      problems.add(
          new Problem(place + ".resolver", "is not asked where an address is given; take one out"));
    }
  }

  /** Checks a name server; null is fine. */
  static void server(@Nullable String server, String place, List<Problem> problems) {
    if (server == null || hasPlaceholder(server)) {
      return;
    }
    Matcher parts = SERVER.matcher(server);
    if (!parts.matches() || !isPort(parts.group("port"))) {
      problems.add(
          new Problem(
              place,
              "\""
                  + server
                  + "\" is not a name server; write it like 192.0.2.53 or ns.example:53"));
    }
  }

  private static void proxy(Connection connection, String place, List<Problem> problems) {
    String proxy = connection.proxy();
    if (proxy == null) {
      return;
    }
    Matcher parts = PROXY.matcher(Placeholders.fill(proxy, key -> "1"));
    if (!parts.matches() || !isPort(parts.group("port"))) {
      problems.add(
          new Problem(
              place + ".proxy",
              "must be written like http://proxy.example:3128 or socks5://proxy.example:1080"));
    } else if (parts.group("scheme").equals("http")
        && (connection.address() != null
            || connection.resolver() != null
            || connection.family() != Family.ANY)) {
      problems.add(
          new Problem(
              place + ".proxy",
              "an http proxy looks up names itself; take out address, resolver and family"));
    }
  }

  private static void pem(
      @Nullable String pem, String begin, String place, List<Problem> problems) {
    if (pem == null || hasPlaceholder(pem) || pem.contains(begin)) {
      return;
    }
    problems.add(
        new Problem(
            place,
            begin.equals(KEY)
                ? "must be a private key in PKCS#8 PEM (" + KEY + "), best as ${secret.NAME}"
                : "must be PEM: " + begin + " and so on"));
  }

  private static List<String> texts(Connection connection) {
    return Stream.of(
            connection.address(),
            connection.resolver(),
            connection.proxy(),
            connection.authority(),
            connection.clientCertificate(),
            connection.clientKey())
        .filter(Objects::nonNull)
        .toList();
  }

  private static boolean hasPlaceholder(String text) {
    return !Placeholders.find(text).isEmpty();
  }

  private static boolean isPort(@Nullable String text) {
    return text == null || (Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 65_535);
  }
}
