package dev.jiggety.agent.exchange;

import dev.jiggety.model.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import okhttp3.Cookie;
import okhttp3.HttpUrl;

/** The cookies of one sample: what one hop sets, the next ones send (RFC 6265). For one thread. */
public final class Cookies {
  private final List<Cookie> cookies = new ArrayList<>();

  /** The request with the cookies that belong to its address, after those that it has itself. */
  public HopRequest on(HopRequest request) {
    HttpUrl url = cookies.isEmpty() ? null : HttpUrl.parse(request.url());
    if (url == null) {
      return request;
    }
    String known =
        cookies.stream()
            .filter(cookie -> cookie.matches(url))
            .map(cookie -> cookie.name() + "=" + cookie.value())
            .collect(Collectors.joining("; "));
    if (known.isEmpty()) {
      return request;
    }
    List<Check.Header> headers = new ArrayList<>(request.headers());
    String all = known;
    for (Check.Header header : request.headers()) {
      if (header.name().equalsIgnoreCase("Cookie")) {
        headers.remove(header);
        all = header.value() + "; " + all;
      }
    }
    headers.add(new Check.Header("Cookie", all));
    return request.withHeaders(headers);
  }

  /** Takes what an answer sets. */
  public void take(HopAnswer answer) {
    for (Check.Header header : answer.headers()) {
      HttpUrl url =
          header.name().equalsIgnoreCase("Set-Cookie") ? HttpUrl.parse(answer.url()) : null;
      Cookie cookie = url == null ? null : Cookie.parse(url, header.value());
      if (cookie != null) {
        cookies.removeIf(old ->
            old.name().equals(cookie.name())
                && old.domain().equals(cookie.domain())
                && old.path().equals(cookie.path()));
        cookies.add(cookie);
      }
    }
  }
}
