package dev.jiggety.agent.queue;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Artemis tells of every duplicate, every lost connection and, with a stack trace, of every full
 * disk. We tell of the same in our own words, so it speaks only when somebody listens closely.
 */
final class BrokerLog {
  // Held here: a logger that nobody holds forgets its level.
  private static final Logger ARTEMIS = Logger.getLogger("org.apache.activemq");
  private static final Logger NETTY = Logger.getLogger("io.netty");

  private BrokerLog() {}

  static void hush() {
    boolean debugging = Logger.getLogger("").isLoggable(Level.FINE);
    for (Logger logger : new Logger[] {ARTEMIS, NETTY}) {
      if (!debugging && logger.getLevel() == null) {
        logger.setLevel(Level.OFF);
      }
    }
  }
}
