package dev.jiggety.agent.store;

/** A document that can never be stored as it is. Error and reason are CouchDB's words. */
public final class InvalidDocumentException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** CouchDB answers 400. */
  public static final String BAD_REQUEST = "bad_request";

  /** The id breaks CouchDB's rules; 400. */
  public static final String ILLEGAL_ID = "illegal_docid";

  /** A member that begins with an underscore is unknown or malformed; 400. */
  public static final String VALIDATION = "doc_validation";

  /** Larger than {@link StoreOptions#maxDocumentBytes}; 413. */
  public static final String TOO_LARGE = "document_too_large";

  /** An attachment stub for which the store has no content; 412. */
  public static final String MISSING_STUB = "missing_stub";

  private final String error;
  private final String reason;

  public InvalidDocumentException(String error, String reason) {
    super(error + ": " + reason);
    this.error = error;
    this.reason = reason;
  }

  /** CouchDB's error word, one of this class's constants. */
  public String error() {
    return error;
  }

  /** For people. */
  public String reason() {
    return reason;
  }
}
