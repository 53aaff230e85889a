package dev.jiggety.desktop.session;

import dev.jiggety.base.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** What a person may write as the address of a hub. */
public final class HubUrl {
  private HubUrl() {}

  /** What became of the text. */
  public sealed interface Reading {}

  /** An address; without a slash at its end. */
  public record Address(URI uri) implements Reading {}

  /** No address, and why. */
  public record Bad(Problem problem) implements Reading {}

  /** Reads {@code http(s)://host[:port][/path]}; what has no scheme is taken for http. */
  public static Reading read(String text) {
    String trimmed = text.strip();
    if (trimmed.isEmpty()) {
      return bad("give the address of the hub, like http://127.0.0.1:5984");
    }
    String full = trimmed.contains("://") ? trimmed : "http://" + trimmed;
    URI uri;
    try {
      uri = new URI(full.replaceFirst("/+$", ""));
    } catch (URISyntaxException e) {
      return bad("this is not an address; write it like http://127.0.0.1:5984");
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return bad("a hub is reached by http or https");
    }
    if (uri.getRawUserInfo() != null) {
      return bad("write user and password into their own fields, so that they are not stored");
    }
    if (uri.getHost() == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      return bad("this is not an address; write it like http://127.0.0.1:5984");
    }
    return new Address(uri);
  }

  private static Reading bad(String message) {
    return new Bad(new Problem("url", message));
  }
}
