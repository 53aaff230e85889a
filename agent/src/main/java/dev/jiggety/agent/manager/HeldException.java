package dev.jiggety.agent.manager;

/** Something has to be mended by people before the manager can go on. One line that says what. */
final class HeldException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  HeldException(String message) {
    super(message);
  }
}
