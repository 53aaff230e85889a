package dev.jiggety.agent.move;

/** A move cannot go on; one line for people that says what to do. */
public final class MoveException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MoveException(String message) {
    super(message);
  }

  MoveException(String message, Throwable cause) {
    super(message, cause);
  }
}
