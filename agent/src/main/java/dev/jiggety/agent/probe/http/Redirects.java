package dev.jiggety.agent.probe.http;

import dev.jiggety.model.Check;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Where a redirect leads, and with what (RFC 9110 §15.4, Fetch §4.4): 303 turns everything but HEAD
 * into GET, 301 and 302 turn POST into GET, 307 and 308 repeat the request. Credentials do not go
 * to another origin.
 */
final class Redirects {
  private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);
  private static final Set<String> SECRET = Set.of("authorization", "cookie", "host");

  private Redirects() {}

  /** One request to send. */
  record Step(String method, HttpUrl url, List<Check.Header> headers, @Nullable String body) {
    Step {
      headers = List.copyOf(headers);
    }
  }

  /** Whether an answer asks to look elsewhere. */
  static boolean isRedirect(int status, @Nullable String location) {
    return STATUSES.contains(status) && location != null;
  }

  /** The next request; empty when the place is no web address. */
  static Optional<Step> follow(Step step, int status, String location) {
    HttpUrl url = step.url().resolve(location);
    if (url == null) {
      return Optional.empty();
    }
    boolean toGet =
        (status == 303 && !step.method().equals("HEAD"))
            || ((status == 301 || status == 302) && step.method().equals("POST"));
    boolean sameOrigin =
        url.scheme().equals(step.url().scheme())
            && url.host().equals(step.url().host())
            && url.port() == step.url().port();
    List<Check.Header> headers =
        step.headers().stream()
            .filter(header -> sameOrigin || !SECRET.contains(lower(header)))
            .filter(header -> !toGet || !lower(header).startsWith("content-"))
            .toList();
    return Optional.of(
        new Step(toGet ? "GET" : step.method(), url, headers, toGet ? null : step.body()));
  }

  private static String lower(Check.Header header) {
    return header.name().toLowerCase(java.util.Locale.ROOT);
  }
}
