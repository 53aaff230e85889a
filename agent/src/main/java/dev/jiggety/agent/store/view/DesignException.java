package dev.jiggety.agent.store.view;

/** A design document whose views cannot be had. Error and reason are CouchDB's words. */
public final class DesignException extends Exception {
  private static final long serialVersionUID = 1L;

  /** A function that is none; CouchDB answers 400. */
  public static final String COMPILATION = "compilation_error";

  /** A member of the wrong kind, or a reduce that is not known; CouchDB answers 400. */
  public static final String INVALID = "invalid_design_doc";

  /** What CouchDB has and this store has not. */
  public static final String NOT_IMPLEMENTED = "not_implemented";

  /** A language for which there are no views; CouchDB answers 500. */
  public static final String LANGUAGE = "unknown_query_language";

  private final String error;

  public DesignException(String error, String reason) {
    super(reason);
    this.error = error;
  }

  /** One of this class's constants. */
  public String error() {
    return error;
  }

  /** Why, in one line. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
