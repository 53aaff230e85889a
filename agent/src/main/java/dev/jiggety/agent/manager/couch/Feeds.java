package dev.jiggety.agent.manager.couch;

import dev.jiggety.base.Backoff;
import java.time.Duration;

/** How the feeds of a manager go: there is one of it, and a whole fleet waits for it. */
final class Feeds {
  static final Duration HEARTBEAT = Duration.ofSeconds(1);
  static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));

  private Feeds() {}
}
