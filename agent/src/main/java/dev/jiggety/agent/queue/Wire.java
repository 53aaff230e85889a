package dev.jiggety.agent.queue;

import java.time.Duration;

/** What the broker and those who use it have agreed on: names, and when somebody counts as gone. */
final class Wire {
  /** The line: exclusive and durable. */
  static final String PATCHES = "jiggety.patches";

  /**
   * Whoever holds a message of this queue is the active one. It is exclusive, so that all its
   * messages go to one, and how many there are does not matter.
   */
  static final String TOKENS = "jiggety.active";

  /** Keeps the last message only; one that it has confirmed is behind all that was sent before. */
  static final String SYNCED = "jiggety.synced";

  /** Property: the patch. */
  static final String PATCH_ID = "patchId";

  /** Property: its place in the line. */
  static final String SEQ = "seq";

  /** Patches that are delivered and not yet acknowledged. */
  static final int MOST_UNACKNOWLEDGED = 64;

  /** Without a sign of life for this long, the broker gives a connection up. */
  static final Duration CONNECTION_TTL = Duration.ofMillis(1_500);

  /** How often a client looks whether the broker lives. */
  static final Duration CLIENT_CHECK = Duration.ofMillis(500);

  /** How often the broker looks whether its clients live. */
  static final Duration SERVER_CHECK = Duration.ofMillis(250);

  /** Longest wait for an answer of the broker, a sync to disk included. */
  static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

  private Wire() {}
}
