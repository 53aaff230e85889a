package dev.jiggety.agent.release;

/** Hears of each step after which a power cut leaves the disk different; for tests of that. */
@FunctionalInterface
interface Steps {
  /** Nobody listens. */
  Steps NONE = _ -> {};

  void at(String step);
}
