package dev.jiggety.agent.enroll;

/** A node was not let in; one line for people that says why and what to do. */
public final class JoinException extends RuntimeException {
  private static final long serialVersionUID = 1;

  JoinException(String message) {
    super(message);
  }

  JoinException(String message, Throwable cause) {
    super(message, cause);
  }
}
