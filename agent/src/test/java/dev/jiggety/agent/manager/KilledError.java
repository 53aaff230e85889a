package dev.jiggety.agent.manager;

/** The process of a manager ends right here. */
final class KilledError extends Error {
  private static final long serialVersionUID = 1L;

  KilledError() {
    super("killed", null, false, false);
  }
}
