package dev.jiggety.agent.importing;

/** The text is not what it should be; the message says what is wrong with it. */
public final class ImportException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With one sentence for people. */
  public ImportException(String message) {
    super(message);
  }
}
