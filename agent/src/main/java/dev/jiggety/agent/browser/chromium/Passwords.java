package dev.jiggety.agent.browser.chromium;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who may be told which password. Given once per request, so that a wrong one does not go round for
 * ever. Safe for all threads.
 */
final class Passwords {
  private record Entry(String realm, String url, String user, String password) {}

  private final List<Entry> entries = new ArrayList<>();
  private final Optional<String> proxy;
  private final Set<String> given = new HashSet<>();
  private final Set<String> watched = new LinkedHashSet<>();

  /**
   * None yet.
   *
   * @param proxy {@code user:password} for the proxy
   */
  Passwords(Optional<String> proxy) {
    this.proxy = proxy;
  }

  /** One more; the last one for an address wins. */
  synchronized void add(String realm, String url, String user, String password) {
    entries.addFirst(new Entry(realm, url, user, password));
  }

  /**
   * An address at which a password was asked for. Chromium shows what a site says to those who have
   * none only when somebody declines to give one, so from now on that is done there.
   */
  synchronized void declineAt(String url) {
    watched.add(url);
  }

  /** Whether any request has to be held up at all. */
  synchronized boolean needed() {
    return proxy.isPresent() || !entries.isEmpty() || !watched.isEmpty();
  }

  /** What {@code Fetch.enable} takes: only requests that may need one are held up. */
  synchronized JsonObject patterns() {
    JsonArray patterns = new JsonArray();
    if (proxy.isPresent()) {
      patterns.add(Json.with("urlPattern", "*"));
    } else {
      for (Entry entry : entries) {
        patterns.add(Json.with("urlPattern", escaped(withPath(entry.url())) + "*"));
      }
      for (String url : watched) {
        patterns.add(Json.with("urlPattern", escaped(url)));
      }
    }
    return Json.with("handleAuthRequests", true, "patterns", patterns);
  }

  /** What {@code Fetch.continueWithAuth} takes as the answer to {@code Fetch.authRequired}. */
  synchronized JsonObject answer(JsonObject asked) {
    JsonObject challenge = Json.of(asked, "authChallenge");
    String request = Json.text(asked, "requestId");
    boolean first = given.add(request + Json.text(challenge, "source"));
    if (first && Json.text(challenge, "source").equals("Proxy") && proxy.isPresent()) {
      String[] parts = proxy.get().split(":", 2);
      return credentials(parts[0], parts.length > 1 ? parts[1] : "");
    }
    String url = Json.text(Json.of(asked, "request"), "url");
    for (Entry entry : entries) {
      boolean realm =
          entry.realm().isEmpty() || entry.realm().equals(Json.text(challenge, "realm"));
      if (first && realm && Exchange.withoutUser(url).startsWith(withPath(entry.url()))) {
        return credentials(entry.user(), entry.password());
      }
    }
    return Json.with("response", "CancelAuth");
  }

  private static JsonObject credentials(String user, String password) {
    return Json.with("response", "ProvideCredentials", "username", user, "password", password);
  }

  /** An address without a path would also be the beginning of another host's. */
  private static String withPath(String url) {
    int host = url.indexOf("://") + 3;
    return host > 2 && url.indexOf('/', host) < 0 ? url + "/" : url;
  }

  private static String escaped(String url) {
    return url.replace("\\", "\\\\").replace("*", "\\*").replace("?", "\\?");
  }
}
