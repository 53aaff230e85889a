package dev.jiggety.agent.manager;

import dev.jiggety.signing.SigningKey;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * What all parts of a manager share in one time of being active.
 *
 * @param beliefs whose heads it believes
 * @param random for waits, so that managers do not try in step
 * @param over whether that time has ended; asked before anything is written
 */
record Context(
    ManagerPorts ports,
    Loop loop,
    SigningKey key,
    Beliefs beliefs,
    Notices notices,
    RandomGenerator random,
    BooleanSupplier over) {

  Instant now() {
    return loop.now();
  }

  String name() {
    return key.trusted().name();
  }

  /**
   * Goes on only as long as this manager is the active one.
   *
   * @throws OverException otherwise
   */
  void mustBeActive() {
    if (over.getAsBoolean()) {
      throw new OverException("not active any more");
    }
  }
}
