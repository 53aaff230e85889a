package dev.jiggety.couch;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a hub is and who asks it.
 *
 * @param base http or https, with host and port, the path without a slash at its end; never holds a
 *     name or password
 * @param credentials who asks; empty where the hub asks nobody
 */
public record HubAddress(URI base, Optional<Credentials> credentials) {
  /** CouchDB's port, taken where a person names a host and nothing else. */
  public static final int COUCHDB_PORT = 5984;

  /**
   * Reads what a person wrote: a URL, or only a host with or without a port, which means http and
   * CouchDB's port.
   *
   * @throws IllegalArgumentException with one line that says what is wrong; it never repeats a
   *     password
   */
  public static HubAddress parse(String text, Optional<Credentials> credentials) {
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      throw bad(stripped);
    }
    if (stripped.substring(0, authorityEnd(stripped)).contains("@")) {
      throw new IllegalArgumentException(
          "the hub's address must not hold a name or password: set "
              + Credentials.USER_VARIABLE
              + " and "
              + Credentials.PASSWORD_VARIABLE
              + " or name a credentials file");
    }
    boolean bare = !stripped.contains("://");
    URI uri = uri(bare ? "http://" + stripped : stripped, stripped);
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw bad(stripped);
    }
    if (uri.getHost() == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw bad(stripped);
    }
    int standard = bare ? COUCHDB_PORT : scheme.equals("http") ? 80 : 443;
    int port = uri.getPort() == -1 ? standard : uri.getPort();
    if (port < 1 || port > 65_535) {
      throw bad(stripped);
    }
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    String path = uri.getRawPath().replaceAll("/+$", "");
    return new HubAddress(uri(scheme + "://" + host + ":" + port + path, stripped), credentials);
  }

  /**
   * Reads a list of hubs as a person wrote it, separated by commas, the preferred one first.
   *
   * @throws IllegalArgumentException with one line that says what is wrong
   */
  public static List<HubAddress> parseAll(String text, Optional<Credentials> credentials) {
    List<HubAddress> all =
        Stream.of(text.split(",", -1)).map(one -> parse(one, credentials)).distinct().toList();
    return List.copyOf(all);
  }

  /** The address of a database or of a server's path, without the slash between. */
  URI resolve(String path) {
    return URI.create(base + "/" + path);
  }

  /** Whether it is spoken to by TLS. */
  public boolean isTls() {
    return base.getScheme().equals("https");
  }

  /** Whether it is an address of this very machine, whichever it is; no name is looked up. */
  public boolean isNear() {
    String host = base.getHost();
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.matches("127\\.[0-9]+\\.[0-9]+\\.[0-9]+");
  }

  /** Its name, or its number without the brackets that an IPv6 one has in an address. */
  public String host() {
    return base.getHost().replaceAll("^\\[|]$", "");
  }

  /** The address as people know it; there is no secret in it. */
  @Override
  public String toString() {
    return base.toString();
  }

  private static final String EXAMPLE = "http://hub.example:5984";

  private static int authorityEnd(String text) {
    int start = text.indexOf("://");
    int slash = text.indexOf('/', start < 0 ? 0 : start + 3);
    return slash < 0 ? text.length() : slash;
  }

  private static URI uri(String uri, String written) {
    try {
      return new URI(uri);
    } catch (URISyntaxException e) {
      throw bad(written);
    }
  }

  private static IllegalArgumentException bad(String written) {
    return new IllegalArgumentException(
        "\"" + written + "\" is not the address of a hub; write it like " + EXAMPLE);
  }
}
