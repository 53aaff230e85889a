package dev.jiggety.agent.hub;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Locks a name out for an address after five wrong passwords in five minutes (CouchDB: {@code
 * chttpd_auth_lockout}). Remembers the last few thousand only. Thread-safe.
 */
final class LoginGuard {
  private static final int TRIES = 5;
  private static final Duration SPAN = Duration.ofMinutes(5);
  private static final int REMEMBERED = 5_000;

  private final InstantSource clock;
  private final Map<Attempt, Failures> failures = new LinkedHashMap<>();

  private long refused;

  private record Attempt(String name, String peer) {}

  private record Failures(int count, Instant last) {}

  LoginGuard(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Refuses who is locked out.
   *
   * @throws CouchError 403
   */
  synchronized void check(String name, String peer) {
    var known = failures.get(new Attempt(name, peer));
    if (known != null && known.count >= TRIES && isFresh(known)) {
      throw CouchError.forbidden(
          "Account is temporarily locked due to multiple authentication failures");
    }
  }

  private boolean isFresh(Failures known) {
    return known.last.plus(SPAN).isAfter(clock.instant());
  }

  /** Counts a wrong password. */
  synchronized void failed(String name, String peer) {
    refused++;
    var attempt = new Attempt(name, peer);
    var known = failures.remove(attempt);
    var count = known != null && isFresh(known) ? known.count + 1 : 1;
    failures.put(attempt, new Failures(count, clock.instant()));
    if (failures.size() > REMEMBERED) {
      failures.remove(failures.keySet().iterator().next());
    }
  }

  /** How many wrong passwords there were. */
  synchronized long refused() {
    return refused;
  }

  /** Forgets the wrong ones after the right one. */
  synchronized void succeeded(String name, String peer) {
    failures.remove(new Attempt(name, peer));
  }
}
