package dev.jiggety.agent.hub;

import dev.jiggety.model.AccessEvent.Kind;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Keeps out who guesses passwords (CouchDB: {@code chttpd_auth_lockout}). Wrong passwords in five
 * minutes are counted three times over: five of one name from one address lock that name out for
 * that address; thirty from one address, whatever the names, lock out that address; thirty of one
 * name, whatever the addresses, lock out that name. The latter two do not hold for a name at an
 * address from where it has logged in before, so that strangers do not lock out an operator, nor
 * the one behind a proxy all others there. Each lock ends five minutes after the last wrong
 * password that was looked at. Remembers the last few thousand only. Thread-safe.
 */
final class LoginGuard {
  /** Wrong passwords of one name from one address. */
  static final int TRIES = 5;

  /** Wrong passwords of one name from everywhere, or of all names from one address. */
  static final int MANY = 30;

  /** How many lines about wrong passwords are recorded in one span; then there is one for all. */
  static final int RECORDED = 100;

  static final Duration SPAN = Duration.ofMinutes(5);

  private static final int REMEMBERED = 5_000;

  private final InstantSource clock;
  private final AccessLog log;
  private final Predicate<String> exists;
  private final Counts<Attempt> pairs = new Counts<>();
  private final Counts<String> addresses = new Counts<>();
  private final Counts<String> names = new Counts<>();
  private final Recent<Attempt, Boolean> familiar = new Recent<>();

  private long refused;
  private Instant spanBegan = Instant.EPOCH;
  private int recorded;
  private long unrecorded;

  private record Attempt(String name, String address) {}

  private record Failures(int count, Instant last) {}

  /** A map that forgets what was touched longest ago. */
  private static final class Recent<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    Recent() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > REMEMBERED;
    }
  }

  /** Failures in the last span, by something. */
  private final class Counts<K> {
    private final Recent<K, Failures> failures = new Recent<>();

    int of(K key) {
      var known = failures.get(key);
      return known != null && isFresh(known) ? known.count : 0;
    }

    int add(K key) {
      var count = of(key) + 1;
      failures.put(key, new Failures(count, clock.instant()));
      return count;
    }

    void forget(K key) {
      failures.remove(key);
    }

    private boolean isFresh(Failures known) {
      return known.last.plus(SPAN).isAfter(clock.instant());
    }
  }

  /**
   * Nobody has failed yet.
   *
   * @param log where it is recorded
   * @param exists whether there is an account of a name: what else is given as a name is recorded
   *     nowhere, because it may be a password
   */
  LoginGuard(InstantSource clock, AccessLog log, Predicate<String> exists) {
    this.clock = clock;
    this.log = log;
    this.exists = exists;
  }

  /**
   * Refuses who is locked out.
   *
   * @throws CouchError 403
   */
  synchronized void check(String name, String peer) {
    var attempt = new Attempt(name, address(peer));
    var isLocked =
        pairs.of(attempt) >= TRIES
            || (!familiar.containsKey(attempt)
                && (addresses.of(attempt.address) >= MANY || names.of(name) >= MANY));
    if (isLocked) {
      throw CouchError.forbidden(
          "Account is temporarily locked due to multiple authentication failures: wait "
              + SPAN.toMinutes()
              + " minutes. Who guessed stands in the hub's record: jiggety account audit");
    }
  }

  /** Counts a wrong password. */
  synchronized void failed(String name, String peer) {
    refused++;
    var attempt = new Attempt(name, address(peer));
    var ofPair = pairs.add(attempt);
    var ofAddress = addresses.add(attempt.address);
    var ofName = names.add(name);
    var who = exists.test(name) ? name : "";
    var minutes = " for " + SPAN.toMinutes() + " minutes";
    if (ofAddress == MANY) {
      record(Kind.LOCKED, "", peer, MANY + " wrong passwords from there: locked out" + minutes);
    } else if (ofName == MANY) {
      record(Kind.LOCKED, who, peer, MANY + " wrong passwords: locked out everywhere" + minutes);
    } else if (ofPair == TRIES) {
      record(Kind.LOCKED, who, peer, TRIES + " wrong passwords: locked out from there" + minutes);
    } else if (ofPair == 1) {
      record(Kind.REFUSED, who, peer, who.isEmpty() ? "no such account" : "wrong password");
    }
  }

  /** So many lines and no more: who guesses must not fill the disk, nor wash out what was. */
  private void record(Kind kind, String who, String peer, String what) {
    var now = clock.instant();
    if (Duration.between(spanBegan, now).abs().compareTo(SPAN) >= 0) {
      if (unrecorded > 0) {
        log.add(
            Kind.REFUSED, "", "", "and " + unrecorded + " more that are not recorded one by one");
      }
      spanBegan = now;
      recorded = 0;
      unrecorded = 0;
    }
    if (recorded < RECORDED) {
      recorded++;
      log.add(kind, who, peer, what);
    } else {
      unrecorded++;
    }
  }

  /** How many wrong passwords there were. */
  synchronized long refused() {
    return refused;
  }

  /** Forgets the wrong ones after the right one. */
  synchronized void succeeded(String name, String peer) {
    var attempt = new Attempt(name, address(peer));
    pairs.forget(attempt);
    familiar.put(attempt, true);
  }

  /** Of IPv6 the first 64 bits: all others are whoever owns them. */
  private static String address(String peer) {
    if (peer.indexOf(':') < 0) {
      return peer;
    }
    try {
      var bytes = InetAddress.ofLiteral(peer).getAddress();
      return bytes.length == 16 ? HexFormat.of().formatHex(bytes, 0, 8) : peer;
    } catch (IllegalArgumentException e) {
      return peer;
    }
  }
}
