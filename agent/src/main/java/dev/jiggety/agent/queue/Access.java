package dev.jiggety.agent.queue;

import java.util.Optional;

/** The way to a broker. Safe for any thread. */
sealed interface Access permits InsideAccess, RemoteAccess {

  /** What people call the broker. */
  String name();

  /** Whether the broker lives and stands still together with this process. */
  boolean inside();

  /** Why the broker is down, as far as this process knows; empty while it is not known to be. */
  Optional<String> trouble();

  /**
   * Makes a connection.
   *
   * @param lost told, on any thread, when it is gone without having been closed
   * @throws QueueException in one line, when there is none to be had
   */
  Link connect(Runnable lost);
}
