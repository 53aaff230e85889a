package dev.jiggety.agent.browser.htmlunit;

import dev.jiggety.agent.browser.BrowserException;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.regex.Pattern;
import org.htmlunit.util.UrlUtils;

/** Where somebody wants to go. */
final class Addresses {
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");

  private Addresses() {}

  /**
   * The absolute address.
   *
   * @param here where it is relative to; empty for nowhere
   * @throws BrowserException when it is none of the web
   */
  static URL resolve(String url, String here) {
    String wanted = url.strip();
    boolean web =
        wanted.regionMatches(true, 0, "http://", 0, 7)
            || wanted.regionMatches(true, 0, "https://", 0, 8);
    if (!web && (here.isEmpty() || SCHEME.matcher(wanted).matches())) {
      throw wrong("only http:// and https:// addresses can be gone to, found " + wanted);
    }
    try {
      return UrlUtils.toUrlUnsafe(web ? wanted : UrlUtils.resolveUrl(here, wanted));
    } catch (MalformedURLException | IllegalArgumentException e) {
      throw wrong("no web address: " + wanted + "; write it like http://shop.example/");
    }
  }

  private static BrowserException wrong(String text) {
    return new BrowserException(new Failure(ErrorKind.PROTOCOL, null, text));
  }
}
