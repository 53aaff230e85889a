package dev.jiggety.agent.exchange;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Web addresses, parsed. The same ones come again and again, and to parse one costs as much as to
 * connect to it. Safe for any thread.
 */
final class Addresses {
  /** As many as a node may have tests, and some; then it begins anew. */
  private static final int MOST_REMEMBERED = 20_000;

  private static final int LONGEST_REMEMBERED = 256;
  private static final Map<String, HttpUrl> KNOWN = new ConcurrentHashMap<>();

  private Addresses() {}

  /** An address; null when it is no web address. */
  static @Nullable HttpUrl parse(String text) {
    HttpUrl known = KNOWN.get(text);
    if (known != null) {
      return known;
    }
    HttpUrl parsed = HttpUrl.parse(text);
    boolean forgotten = text.length() > LONGEST_REMEMBERED || text.indexOf('@') >= 0; // log-ins
    if (parsed != null && !forgotten) {
      if (KNOWN.size() >= MOST_REMEMBERED) {
        KNOWN.clear();
      }
      KNOWN.put(text, parsed);
    }
    return parsed;
  }
}
