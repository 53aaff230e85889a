package dev.jiggety.agent.store.view;

/** Rows that cannot be reduced: the query fails, the index does not. */
public final class ReduceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String error;

  /** With CouchDB's name of the error, as {@code builtin_reduce_error}, and the reason. */
  public ReduceException(String error, String reason) {
    super(reason);
    this.error = error;
  }

  /** CouchDB's name of the error. */
  public String error() {
    return error;
  }
}
