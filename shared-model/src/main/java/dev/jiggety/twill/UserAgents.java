package dev.jiggety.twill;

import dev.jiggety.base.Nearest;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Short names for what browsers call themselves. */
public final class UserAgents {
  private static final String WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64";
  private static final String WEBKIT = ") AppleWebKit/537.36 (KHTML, like Gecko) ";
  private static final String MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X ";
  private static final String PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X";

  private static final Map<String, String> KNOWN =
      new TreeMap<>(
          Map.of(
              "chrome_107",
              WINDOWS + WEBKIT + "Chrome/107.0.0.0 Safari/537.36",
              "edge_107",
              WINDOWS + WEBKIT + "Chrome/107.0.0.0 Safari/537.36 Edg/107.0.1418.26",
              "firefox_106",
              WINDOWS + "; rv:106.0) Gecko/20100101 Firefox/106.0",
              "safari_605",
              MAC + "13_0) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.1 Safari/605.1.15",
              "ie_11",
              "Mozilla/5.0 (Windows NT 6.3; Trident/7.0; rv:11.0) like Gecko",
              "iphone_17",
              PHONE + ") AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148",
              "android_14",
              "Mozilla/5.0 (Linux; Android 14; Pixel 8" + WEBKIT + "Chrome/126.0.0.0 Mobile",
              "google_bot_2",
              "Mozilla/5.0 (compatible; Googlebot/2.1)",
              "bing_bot_2",
              "Mozilla/5.0 (compatible; bingbot/2.0)",
              "lynx_2_8",
              "Lynx/2.8.9rel.1 libwww-FM/2.14"));

  private UserAgents() {}

  /** The short names. */
  public static Set<String> names() {
    return Collections.unmodifiableSet(KNOWN.keySet());
  }

  /** What a short name stands for; another text as it is. */
  public static String of(String text) {
    return KNOWN.getOrDefault(text, text);
  }

  static Optional<String> problem(String text) {
    if (text.isBlank() || text.chars().anyMatch(c -> c < ' ' || c >= 0x7f)) {
      return Optional.of("must be one line of ASCII");
    }
    if (KNOWN.containsKey(text) || !text.matches("[a-z]+(_[a-z0-9]+)+")) {
      return Optional.empty();
    }
    return Optional.of(
        Nearest.to(text, KNOWN.keySet())
            .map(meant -> "is no known browser; did you mean " + meant + "?")
            .orElseGet(() ->
                "is no known browser; known are "
                    + String.join(", ", KNOWN.keySet())
                    + ", or give the whole text"));
  }
}
