package dev.jiggety.agent.probe.script;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Commands that ask name servers. */
final class NameCommands {
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final NameService names;
  private final Clock clock;

  NameCommands(NameService names, Clock clock) {
    this.names = names;
    this.clock = clock;
  }

  void address(String host, String address, Optional<String> server) {
    expect(ask(host, address.contains(":") ? "AAAA" : "A", server), address);
  }

  /** A target that is a name leads to the same address. */
  void resolves(String host, String target, Optional<String> server) {
    boolean isAddress = target.contains(":") || target.matches("[0-9.]+");
    List<String> wanted = isAddress ? List.of(plain(target)) : ask(target, "A", server);
    List<String> found = ask(host, target.contains(":") ? "AAAA" : "A", server);
    if (found.stream().noneMatch(wanted::contains)) {
      throw ScriptFailure.wrong("it leads to " + text(found));
    }
  }

  void alias(String host, String alias, Optional<String> server) {
    expect(ask(host, "CNAME", server), alias);
  }

  void mail(String host, String exchange, Optional<String> server) {
    expect(ask(host, "MX", server), exchange);
  }

  void nameServer(String host, String nameServer, Optional<String> server) {
    expect(ask(host, "NS", server), nameServer);
  }

  private List<String> ask(String host, String record, Optional<String> server) {
    Duration left = clock.left();
    return names.ask(host, record, server, left.compareTo(LONGEST) < 0 ? left : LONGEST).stream()
        .map(NameCommands::plain)
        .toList();
  }

  private static void expect(List<String> found, String wanted) {
    if (!found.contains(plain(wanted))) {
      throw ScriptFailure.wrong("found " + text(found));
    }
  }

  /**
   * A record without the preference of an MX and without the dot of the root; an IPv6 address,
   * which has many spellings, in one of them.
   */
  private static String plain(String record) {
    String text =
        record
            .substring(record.lastIndexOf(' ') + 1)
            .replaceFirst("\\.$", "")
            .toLowerCase(Locale.ROOT);
    try {
      return text.contains(":") ? InetAddress.ofLiteral(text).getHostAddress() : text;
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static String text(List<String> found) {
    return found.isEmpty() ? "no such record" : String.join(", ", found);
  }
}
