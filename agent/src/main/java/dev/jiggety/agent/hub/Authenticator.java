package dev.jiggety.agent.hub;

import dev.jiggety.agent.hub.UserDocuments.Account;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Finds out who asks: by Basic authentication or by the session cookie. A password that was right
 * is remembered as a keyed hash, so that PBKDF2 is paid once and not with each request.
 * Thread-safe.
 */
final class Authenticator {
  static final String WRONG = "Name or password is incorrect.";
  private static final int REMEMBERED = 2_000;

  private final AdminFile admin;
  private final UserDocuments users;
  private final LoginGuard guard;
  private final SessionCookies cookies;
  private final byte[] cacheKey = new byte[32];
  private final ReentrantLock checking = new ReentrantLock();
  private final Map<String, byte[]> right = new LinkedHashMap<>(16, 0.75f, true);
  // What a name that does not exist is checked against, so that it takes as long.
  private final PasswordHash decoy;

  Authenticator(
      AdminFile admin, UserDocuments users, InstantSource clock, int rounds, AccessLog log) {
    this.admin = admin;
    this.users = users;
    this.guard = new LoginGuard(clock, log, name -> account(name).isPresent());
    this.cookies = new SessionCookies(admin.cookieSecret(), clock);
    this.decoy = new PasswordHash("sha256", rounds, "decoy", "00".repeat(32));
    new SecureRandom().nextBytes(cacheKey);
  }

  /** Who is logged in, with the cookie to send. */
  record Login(UserContext user, String cookie) {}

  /** How many wrong names and passwords there were. */
  long refused() {
    return guard.refused();
  }

  /** Whether everybody is administrator, because there is none. */
  boolean adminParty() {
    return !admin.present();
  }

  /**
   * Who sends this request.
   *
   * @throws CouchError 401 for a wrong password, 403 for who is locked out, 400 for a cookie that
   *     is none
   */
  UserContext authenticate(Exchange exchange) {
    var authorization = exchange.header("Authorization").orElse("");
    if (authorization.toLowerCase(Locale.ROOT).startsWith("basic ")) {
      var pair = credentials(authorization.substring("basic ".length()).strip());
      return check(pair[0], pair[1], exchange.peer(), "default");
    }
    var cookie = exchange.header("Cookie").flatMap(SessionCookies::find);
    if (cookie.isPresent() && !cookie.get().isEmpty()) {
      var name = cookies.name(cookie.get(), this::cookieSalt);
      if (name.isPresent()) {
        var account = account(name.get()).orElseThrow(() -> CouchError.unauthorized(WRONG));
        if (cookies.isAging(cookie.get())) {
          exchange.setCookie(cookies.issue(account.name(), salt(account)));
        }
        return new UserContext(account.name(), account.roles(), "cookie", exchange.peer());
      }
    }
    return (admin.present() ? UserContext.NOBODY : UserContext.ANYBODY).at(exchange.peer());
  }

  private static String[] credentials(String base64) {
    try {
      var text = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
      var colon = text.indexOf(':');
      if (colon >= 0) {
        return new String[] {text.substring(0, colon), text.substring(colon + 1)};
      }
    } catch (IllegalArgumentException e) {
      // Not Base64: no name and no password either.
    }
    throw CouchError.unauthorized(WRONG);
  }

  /**
   * Logs in.
   *
   * @throws CouchError as {@link #authenticate}
   */
  Login login(String name, String password, String peer) {
    var user = check(name, password, peer, "cookie");
    var account = account(name).orElseThrow(() -> CouchError.unauthorized(WRONG));
    return new Login(user, cookies.issue(name, salt(account)));
  }

  private UserContext check(String name, String password, String peer, String handler) {
    guard.check(name, peer);
    var account = account(name);
    var hash = account.map(Account::hash).orElse(decoy);
    var fingerprint = fingerprint(name, password, hash);
    if (!isKnown(name, fingerprint)) {
      // One after the other: who waited may find it proven meanwhile, or the name locked out.
      checking.lock();
      try {
        guard.check(name, peer);
        if (!isKnown(name, fingerprint)) {
          prove(name, password, peer, hash, account.isPresent());
          remember(name, fingerprint);
        }
      } finally {
        checking.unlock();
      }
    }
    return new UserContext(name, account.orElseThrow().roles(), handler, peer);
  }

  private void prove(String name, String password, String peer, PasswordHash hash, boolean exists) {
    if (!hash.matches(password) || !exists) {
      guard.failed(name, peer);
      throw CouchError.unauthorized(WRONG);
    }
    guard.succeeded(name, peer);
  }

  private Optional<Account> account(String name) {
    var hash = admin.hash();
    if (hash != null && name.equals(admin.name())) {
      return Optional.of(new Account(name, Set.of(UserContext.ADMIN), hash));
    }
    return users.find(name);
  }

  private Optional<String> cookieSalt(String name) {
    return account(name).map(Authenticator::salt);
  }

  /** A new password has a new salt, which ends the sessions of the old one. */
  private static String salt(Account account) {
    return account.hash().salt();
  }

  private byte[] fingerprint(String name, String password, PasswordHash hash) {
    return SessionCookies.hmac(cacheKey, name + '\0' + password + '\0' + hash.derivedKey());
  }

  private synchronized boolean isKnown(String name, byte[] fingerprint) {
    var known = right.get(name);
    return known != null && MessageDigest.isEqual(known, fingerprint);
  }

  private synchronized void remember(String name, byte[] fingerprint) {
    right.put(name, Arrays.copyOf(fingerprint, fingerprint.length));
    if (right.size() > REMEMBERED) {
      right.remove(right.keySet().iterator().next());
    }
  }
}
