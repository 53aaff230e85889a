package dev.jiggety.agent.manager;

/** This manager is not the active one any more; what it was about to do must not be done. */
final class OverException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OverException(String message) {
    super(message);
  }
}
