package dev.jiggety.agent.probe;

/** A secret is not there; the message is one line that names it and says what to do. */
public final class SecretMissingException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With that line. */
  public SecretMissingException(String message) {
    super(message);
  }
}
