package dev.jiggety.agent.queue;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The address of a broker, or of several that keep the same line, of which one is up.
 *
 * @param tls whether the way there is encrypted
 * @param places at least one
 */
public record BrokerUrl(boolean tls, List<Place> places) {
  /** Where a broker listens unless something else is said. */
  public static final int DEFAULT_PORT = 61616;

  public BrokerUrl {
    places = List.copyOf(places);
  }

  /** A host and a port. */
  public record Place(String host, int port) {
    @Override
    public String toString() {
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /**
   * Reads {@code tcp://HOST:PORT} or {@code ssl://HOST:PORT}, with more places after commas.
   *
   * @throws IllegalArgumentException when it is none; the text never repeats a password
   */
  public static BrokerUrl parse(String url) {
    int scheme = url.indexOf("://");
    String kind = scheme < 0 ? "" : url.substring(0, scheme);
    if (!kind.equals("tcp") && !kind.equals("ssl")) {
      throw new IllegalArgumentException(
          "a broker's address is tcp://HOST:PORT or, with TLS, ssl://HOST:PORT");
    }
    List<Place> places = new ArrayList<>();
    for (String place : url.substring(scheme + 3).split(",", -1)) {
      places.add(place(kind, place.strip()));
    }
    return new BrokerUrl(kind.equals("ssl"), places);
  }

  /** Whether all places are on this machine. */
  public boolean loopback() {
    return places.stream().allMatch(place -> isLoopback(place.host()));
  }

  @Override
  public String toString() {
    return (tls ? "ssl://" : "tcp://")
        + places.stream().map(Place::toString).collect(Collectors.joining(","));
  }

  /** Whether an address to listen on or to go to is this machine's own. */
  static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static Place place(String kind, String text) {
    URI uri;
    try {
      uri = new URI(kind + "://" + text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("a broker's address has a HOST:PORT that is none", e);
    }
    if (uri.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "a broker's address holds no name and password: give them by a file");
    }
    String rest = String.valueOf(uri.getPath());
    if (uri.getHost() == null || uri.getQuery() != null || !(rest.isEmpty() || rest.equals("/"))) {
      throw new IllegalArgumentException(
          "a broker's address is tcp://HOST:PORT or, with TLS, ssl://HOST:PORT");
    }
    String host = uri.getHost().replaceAll("^\\[|]$", "");
    return new Place(host, uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort());
  }
}
