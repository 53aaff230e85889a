package dev.jiggety.model.rules;

import dev.jiggety.base.Problem;
import dev.jiggety.model.Check;
import dev.jiggety.model.Connection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What is wrong with the settings of tests of the kinds tcp, tls and dns. */
final class NetRules {
  private static final int MOST_PORT = 65_535;
  private static final int MOST_WORDS = 4096;

  /** RFC 1035 §2.3.4, with the underscores of service names (RFC 8552). */
  private static final Pattern DOMAIN =
      Pattern.compile("(?=.{1,254}$)[A-Za-z0-9_*-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*\\.?");

  private NetRules() {}

  static void check(Check.Tcp tcp, List<Problem> problems) {
    host("tcp", tcp.host(), tcp.port(), problems);
    way("tcp", tcp.connection(), problems);
    if (tcp.send() != null && tcp.send().length() > MOST_WORDS) {
      problems.add(new Problem("tcp.send", "is longer than " + MOST_WORDS + " characters"));
    }
    if (tcp.expect() != null) {
      try {
        Pattern.compile(tcp.expect());
      } catch (PatternSyntaxException e) {
        problems.add(
            new Problem(
                "tcp.expect",
                "is not a regular expression: "
                    + e.getDescription()
                    + " at "
                    + (e.getIndex() + 1)));
      }
    }
  }

  static void check(Check.Tls tls, List<Problem> problems) {
    host("tls", tls.host(), tls.port(), problems);
    way("tls", tls.connection(), problems);
    if (tls.serverName() != null && !DOMAIN.matcher(tls.serverName()).matches()) {
      problems.add(
          new Problem("tls.server-name", "\"" + tls.serverName() + "\" is not the name of a host"));
    }
  }

  static void check(Check.Dns dns, List<Problem> problems) {
    if (!DOMAIN.matcher(dns.name()).matches()) {
      problems.add(
          new Problem(
              "dns.name", "\"" + dns.name() + "\" is no domain name; write it like shop.example"));
    }
    ConnectionRules.server(dns.resolver(), "dns.resolver", problems);
  }

  private static void host(String kind, String host, int port, List<Problem> problems) {
    boolean address = host.matches("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    if (!address && !DOMAIN.matcher(host).matches()) {
      problems.add(
          new Problem(
              kind + ".host", "\"" + host + "\" is no host; write it like shop.example, no URL"));
    }
    TestRules.range(kind + ".port", port, 1, MOST_PORT, problems);
  }

  /** What only HTTP knows makes no sense here. */
  private static void way(String kind, Connection connection, List<Problem> problems) {
    ConnectionRules.check(connection, kind + ".connection", problems);
    if (connection.version() != Connection.Version.AUTO) {
      problems.add(
          new Problem(
              kind + ".connection.version",
              "does not go with tests of kind " + kind + "; take it out"));
    }
  }
}
