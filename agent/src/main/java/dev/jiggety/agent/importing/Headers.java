package dev.jiggety.agent.importing;

import dev.jiggety.model.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The headers that belong to a test: what a client writes by itself is dropped, what logs in
 * becomes a secret.
 */
final class Headers {
  private static final Set<String> BY_THE_CLIENT =
      Set.of(
          "content-length",
          "connection",
          "accept-encoding",
          "transfer-encoding",
          "upgrade",
          "keep-alive",
          "te",
          "upgrade-insecure-requests",
          "if-none-match",
          "if-modified-since",
          "priority",
          "dnt");

  private static final Pattern SECRET =
      Pattern.compile("authorization|proxy-authorization|cookie|.*(api-?key|token|secret|passw).*");

  private Headers() {}

  /** Adds one, unless the client writes it; a secret becomes a reference. */
  static void add(List<Check.Header> to, String name, String value, Secrets secrets) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith(":") || lower.startsWith("sec-") || BY_THE_CLIENT.contains(lower)) {
      return;
    }
    boolean secret = SECRET.matcher(lower).matches() && !Secrets.isReference(value);
    to.add(new Check.Header(name, secret ? secrets.take(lower, value) : value));
  }

  /** Those of a list of names and values. */
  static List<Check.Header> of(Iterable<Check.Header> headers, Secrets secrets) {
    List<Check.Header> kept = new ArrayList<>();
    headers.forEach(header -> add(kept, header.name(), header.value(), secrets));
    return kept;
  }
}
