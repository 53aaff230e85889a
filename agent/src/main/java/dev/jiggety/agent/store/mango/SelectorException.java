package dev.jiggety.agent.store.mango;

/** A selector, sort or index that is none. */
public final class SelectorException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String error;

  /** With CouchDB's name of the error and the reason, in one line. */
  public SelectorException(String error, String reason) {
    super(reason);
    this.error = error;
  }

  /** CouchDB's name of the error, as {@code invalid_operator}. */
  public String error() {
    return error;
  }

  /** Why, in one line. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
