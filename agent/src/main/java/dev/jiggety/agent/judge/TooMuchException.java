package dev.jiggety.agent.judge;

/** Looking at a body would take too long; the message fits after "found". */
final class TooMuchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooMuchException(String message) {
    super(message, null, false, false);
  }
}
