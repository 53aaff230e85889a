package dev.jiggety.agent.store;

/** What became of one document of a write. Whatever is {@link Stored} is on the disk. */
public sealed interface WriteOutcome {

  /** The id of the document. */
  String id();

  /**
   * The document is durable.
   *
   * @param changed false where a replicated revision was known already, and nothing was written
   */
  record Stored(String id, Revision rev, boolean changed) implements WriteOutcome {}

  /** The edit's parent is not a leaf (any more): CouchDB's 409. */
  record Conflict(String id) implements WriteOutcome {

    /** CouchDB's error word. */
    public static final String ERROR = "conflict";

    /** CouchDB's reason. */
    public static final String REASON = "Document update conflict.";
  }

  /**
   * The document itself was refused, by the store's rules or by the {@link WriteGuard}.
   *
   * @param error CouchDB's word: {@code forbidden}, {@code unauthorized}, {@code doc_validation},
   *     {@code document_too_large} …
   */
  record Rejected(String id, String error, String reason) implements WriteOutcome {}
}
