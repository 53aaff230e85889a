package dev.jiggety.agent.store;

/**
 * How a document is shown as JSON, beside {@code _id}, {@code _rev}, {@code _deleted} and its
 * members; the names are those of CouchDB's {@code GET /db/doc}.
 *
 * @param revisions {@code _revisions}
 * @param revsInfo {@code _revs_info}
 * @param conflicts {@code _conflicts}, where there are any
 * @param deletedConflicts {@code _deleted_conflicts}, where there are any
 * @param localSeq {@code _local_seq}
 * @param attachments contents inline instead of stubs
 */
public record DocumentForm(
    boolean revisions,
    boolean revsInfo,
    boolean conflicts,
    boolean deletedConflicts,
    boolean localSeq,
    boolean attachments) {

  /** Nothing but the document. */
  public static final DocumentForm PLAIN =
      new DocumentForm(false, false, false, false, false, false);

  /** As a replicator wants it: history and contents. */
  public static final DocumentForm REPLICATION =
      new DocumentForm(true, false, false, false, false, true);
}
