package dev.jiggety.agent.hub;

import dev.jiggety.base.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The cookie {@code AuthSession}: name, time of issue, and an HMAC-SHA256 over both, keyed with the
 * server's secret and the account's salt (CouchDB "Cookie Authentication"). Good for ten minutes,
 * and given anew to who uses it. Immutable.
 */
final class SessionCookies {
  private static final Duration GOOD_FOR = Duration.ofMinutes(10);
  private static final Duration AGING = Duration.ofMinutes(1);
  private static final DateTimeFormatter EXPIRES =
      DateTimeFormatter.ofPattern("EEE, dd-MMM-yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final Pattern COOKIE = Pattern.compile("(?:^|;)\\s*AuthSession=\"?([^\";]*)");
  private static final String CLEARED =
      "AuthSession=; Version=1; Expires=Thu, 01-Jan-1970 00:00:00 GMT; Max-Age=0; Path=/;"
          + " HttpOnly";

  private final Secret secret;
  private final InstantSource clock;

  SessionCookies(Secret secret, InstantSource clock) {
    this.secret = secret;
    this.clock = clock;
  }

  private record Parts(String name, Instant issued, String signed, String mac) {}

  /** The cookie's value from the header {@code Cookie}. */
  static Optional<String> find(String header) {
    var found = COOKIE.matcher(header);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  /** The header {@code Set-Cookie} for this user. */
  String issue(String name, String salt) {
    var signed =
        name + ':' + Long.toHexString(clock.instant().getEpochSecond()).toUpperCase(Locale.ROOT);
    var value = (signed + ':' + mac(salt, signed)).getBytes(StandardCharsets.UTF_8);
    return "AuthSession="
        + Base64.getUrlEncoder().withoutPadding().encodeToString(value)
        + "; Version=1; Expires="
        + EXPIRES.format(clock.instant().plus(GOOD_FOR))
        + "; Max-Age="
        + GOOD_FOR.toSeconds()
        + "; Path=/; HttpOnly; SameSite=Strict";
  }

  /** The header {@code Set-Cookie} that takes it away. */
  static String clear() {
    return CLEARED;
  }

  /**
   * The user of a cookie that is genuine and not too old.
   *
   * @throws CouchError 400, where it is no cookie of this kind at all
   */
  Optional<String> name(String cookie, Function<String, Optional<String>> saltOf) {
    var parts = parts(cookie);
    var expected = saltOf.apply(parts.name).map(salt -> mac(salt, parts.signed));
    var genuine = expected.isPresent() && same(expected.get(), parts.mac);
    var fresh = parts.issued.plus(GOOD_FOR).isAfter(clock.instant());
    return genuine && fresh ? Optional.of(parts.name) : Optional.empty();
  }

  /** Whether it is time to give another one. */
  boolean isAging(String cookie) {
    return parts(cookie).issued.plus(AGING).isBefore(clock.instant());
  }

  private static Parts parts(String cookie) {
    try {
      var text = new String(Base64.getUrlDecoder().decode(cookie), StandardCharsets.UTF_8);
      var second = text.lastIndexOf(':');
      var first = text.lastIndexOf(':', second - 1);
      var issued = Long.parseLong(text.substring(first + 1, second), 16);
      return new Parts(
          text.substring(0, first),
          Instant.ofEpochSecond(issued),
          text.substring(0, second),
          text.substring(second + 1));
    } catch (RuntimeException e) {
      throw CouchError.badRequest("Malformed AuthSession cookie. Please clear your cookies.");
    }
  }

  private String mac(String salt, String signed) {
    var key = hmac(secret.reveal().getBytes(StandardCharsets.UTF_8), salt);
    return HexFormat.of().formatHex(hmac(key, signed));
  }

  /** Compares in a time that does not tell how much is right. */
  private static boolean same(String expected, String actual) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), actual.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] hmac(byte[] key, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HMAC-SHA256", e);
    }
  }
}
