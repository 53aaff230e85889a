package dev.jiggety.agent.browser.htmlunit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Passwords for basic authentication (RFC 7617) and where they may go. */
final class Logins {
  private static final Pattern BASIC =
      Pattern.compile("(?i)\\bbasic\\b(?:[^,]*?\\brealm\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,]+)))?");

  private final List<Login> logins = new ArrayList<>();

  /** The newest one counts where several fit. */
  synchronized void add(String realm, String url, String user, String password) {
    logins.addFirst(new Login(realm, url, user, password));
  }

  /** The header for somebody who asked for one. */
  synchronized Optional<String> answer(String url, String challenge) {
    Matcher basic = BASIC.matcher(challenge);
    if (!basic.find()) {
      return Optional.empty();
    }
    String quoted = basic.group(1);
    String plain = basic.group(2);
    String realm = quoted != null ? quoted : plain != null ? plain : "";
    return logins.stream()
        .filter(login -> login.realm.isEmpty() || login.realm.equals(realm))
        .filter(login -> login.covers(url))
        .map(login -> basic(login.user, login.password))
        .findFirst();
  }

  /** RFC 7617, in UTF-8. */
  static String basic(String user, String password) {
    byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }

  private record Login(String realm, String url, String user, String password) {
    /** An address without a path must not also mean a host whose name only begins like it. */
    boolean covers(String asked) {
      return asked.startsWith(url)
          && (url.endsWith("/")
              || asked.length() == url.length()
              || "/?#".indexOf(asked.charAt(url.length())) >= 0
              || url.indexOf('/', url.indexOf("://") + 3) >= 0);
    }

    @Override
    public String toString() {
      return "login for " + url;
    }
  }
}
