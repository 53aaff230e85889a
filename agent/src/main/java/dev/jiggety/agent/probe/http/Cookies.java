package dev.jiggety.agent.probe.http;

import java.util.ArrayList;
import java.util.List;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;

/** The cookies of one sample: what one hop sets, the next ones send. For one thread. */
final class Cookies implements CookieJar {
  private final List<Cookie> cookies = new ArrayList<>();

  @Override
  public List<Cookie> loadForRequest(HttpUrl url) {
    return cookies.stream().filter(cookie -> cookie.matches(url)).toList();
  }

  @Override
  public void saveFromResponse(HttpUrl url, List<Cookie> set) {
    for (Cookie cookie : set) {
      cookies.removeIf(old ->
          old.name().equals(cookie.name())
              && old.domain().equals(cookie.domain())
              && old.path().equals(cookie.path()));
      cookies.add(cookie);
    }
  }
}
