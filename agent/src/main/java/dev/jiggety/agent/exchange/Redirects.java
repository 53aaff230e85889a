package dev.jiggety.agent.exchange;

import dev.jiggety.model.Check;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Where a redirect leads, and with what (RFC 9110 §15.4, Fetch §4.4): 303 turns everything but HEAD
 * into GET, 301 and 302 turn POST into GET, 307 and 308 repeat the request. Credentials do not go
 * to another origin.
 */
public final class Redirects {
  private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);
  private static final Set<String> SECRET = Set.of("authorization", "cookie", "host");

  private Redirects() {}

  /** Whether an answer asks to look elsewhere. */
  public static boolean isRedirect(int status, @Nullable String location) {
    return STATUSES.contains(status) && location != null;
  }

  /**
   * The next request; empty when the place is no web address.
   *
   * @param confidential names of headers, in lower case, that stay with this origin besides those
   *     that always do
   */
  public static Optional<HopRequest> follow(
      HopRequest from, int status, String location, Set<String> confidential) {
    HttpUrl here = HttpUrl.parse(from.url());
    HttpUrl there = here == null ? null : here.resolve(location);
    if (here == null || there == null) {
      return Optional.empty();
    }
    boolean toGet =
        (status == 303 && !from.method().equals("HEAD"))
            || ((status == 301 || status == 302) && from.method().equals("POST"));
    boolean sameOrigin =
        there.scheme().equals(here.scheme())
            && there.host().equals(here.host())
            && there.port() == here.port();
    List<Check.Header> headers =
        from.headers().stream()
            .filter(header ->
                sameOrigin
                    || !(SECRET.contains(lower(header)) || confidential.contains(lower(header))))
            .filter(header -> !toGet || !lower(header).startsWith("content-"))
            .toList();
    return Optional.of(
        new HopRequest(
            toGet ? "GET" : from.method(), there.toString(), headers, toGet ? null : from.body()));
  }

  private static String lower(Check.Header header) {
    return header.name().toLowerCase(Locale.ROOT);
  }
}
