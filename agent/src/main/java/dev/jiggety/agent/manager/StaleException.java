package dev.jiggety.agent.manager;

/** Somebody else wrote a record in between: another manager is active. */
public final class StaleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StaleException(String message) {
    super(message);
  }
}
