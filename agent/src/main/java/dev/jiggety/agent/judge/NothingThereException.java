package dev.jiggety.agent.judge;

/** What an expression looks at is not what it must be; the message fits after "found". */
final class NothingThereException extends Exception {
  private static final long serialVersionUID = 1L;

  NothingThereException(String message) {
    super(message, null, false, false);
  }
}
