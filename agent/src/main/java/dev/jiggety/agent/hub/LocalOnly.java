package dev.jiggety.agent.hub;

import java.util.regex.Pattern;

/**
 * On a hub without administrator, refuses what was sent to another name than this machine's own: a
 * page in a browser may have bent its own name to 127.0.0.1 (DNS rebinding) to get at the hub.
 */
final class LocalOnly {
  private static final Pattern OWN =
      Pattern.compile(
          "(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?", Pattern.CASE_INSENSITIVE);

  private LocalOnly() {}

  static void check(Exchange exchange) {
    var host = exchange.header("Host").orElse("localhost");
    if (!OWN.matcher(host).matches()) {
      throw CouchError.forbidden(
          "A hub without administrator answers to localhost only, not to " + host);
    }
  }
}
