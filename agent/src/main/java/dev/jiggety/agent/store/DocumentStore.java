package dev.jiggety.agent.store;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One database: documents with revision trees, attachments, local documents and a changes feed, in
 * one SQLite file. Every method may be called from any thread, virtual ones too. A write returns
 * when it is on the disk (fsync), and is all there or not at all. Every method may throw {@link
 * StoreException}; the store stays usable afterwards, unless the kind says otherwise.
 */
public interface DocumentStore extends AutoCloseable {

  /**
   * Opens the store, creating the file if there is none. Its name is the file's name without
   * extension.
   *
   * @throws StoreException LOCKED when another process or object has it open, READ_ONLY, FULL, IO.
   *     A damaged file is no error: it is set aside and reported, see {@link #openReport}
   */
  static DocumentStore open(Path file, StoreOptions options) {
    return SqliteDocumentStore.open(file, options);
  }

  /** The database's name. */
  String name();

  /**
   * Names this incarnation of the store. Made once; another one after the file was damaged and set
   * aside, and in a copy made by {@link #backup}. Replication ids hang on it.
   */
  String uuid();

  /** What opening found. */
  OpenReport openReport();

  /**
   * Another number than before whenever a design document may have changed; so what was made of
   * them is good while it stays the same. Moved by the time that a write of one returns.
   */
  long designVersion();

  /** Counts and sizes, now. */
  StoreInfo info();

  // -- reading ---------------------------------------------------------------------------------

  /** The winner, also when it is deleted; empty if there never was such a document. */
  Optional<StoredDocument> get(String id);

  /** This revision; empty if unknown or if compaction has dropped its body. */
  Optional<StoredDocument> get(String id, Revision rev);

  /** All leaves, the winner first ({@code open_revs=all}); empty for an unknown document. */
  List<StoredDocument> leaves(String id);

  /** The leaves that grew out of this revision ({@code latest=true}), or itself if it is one. */
  List<StoredDocument> latest(String id, Revision rev);

  /** All that is known of the document's history. */
  Optional<RevisionTree> tree(String id);

  /**
   * Documents by id. Reads ahead in pages and holds nothing open between them, so a slow reader
   * hinders nobody; a row shows the document as it is when its page is read.
   */
  AllDocsRows allDocs(AllDocsQuery query);

  /** Changes by sequence; the same pages. */
  ChangeRows changes(ChangesQuery query);

  /** For each document, which of these revisions are not here; known documents are left out. */
  Map<String, MissingRevisions> revsDiff(Map<String, List<Revision>> revisions);

  // -- writing ---------------------------------------------------------------------------------

  /**
   * Stores new documents, all in one transaction; one that is refused does not hinder the others.
   * The answers come in the order of the writes.
   *
   * @param newEdits true: each is an edit of its {@link DocumentWrite#parent}, gets a new revision,
   *     and is a conflict unless that parent is a leaf. False ({@code new_edits=false}): each
   *     brings its own revision and history, which are merged into the tree
   * @param guard asked before, on this thread
   */
  List<WriteOutcome> bulk(List<DocumentWrite> writes, boolean newEdits, WriteGuard guard);

  /** The same without guard. */
  default List<WriteOutcome> bulk(List<DocumentWrite> writes, boolean newEdits) {
    return bulk(writes, newEdits, WriteGuard.NONE);
  }

  /** One edit. */
  default WriteOutcome put(DocumentWrite write) {
    return bulk(List.of(write), true).getFirst();
  }

  /**
   * One edit of a document without attachments.
   *
   * @param parent the revision that it replaces; empty for a new document or one that is deleted
   */
  default WriteOutcome put(String id, JsonObject body, Optional<Revision> parent) {
    try {
      return put(DocumentWrite.edit(id, body, parent));
    } catch (InvalidDocumentException e) {
      return new WriteOutcome.Rejected(id, e.error(), e.reason());
    }
  }

  /** Deletes by adding a tombstone with an empty body. */
  default WriteOutcome delete(String id, Revision parent) {
    return put(DocumentWrite.deletion(id, parent));
  }

  // -- local documents -------------------------------------------------------------------------

  /**
   * A local document with its {@code _id} and {@code _rev} ({@code 0-n}).
   *
   * @param id with or without {@code _local/}
   */
  Optional<JsonObject> local(String id);

  /**
   * Stores a local document. As in CouchDB 3, one without revision overwrites what is there; unlike
   * there, a revision that is given must be the current one.
   *
   * @return Stored with {@code 0-n}, or Conflict
   */
  WriteOutcome putLocal(String id, JsonObject body, Optional<Revision> rev);

  /** Deletes a local document; false if there is none. */
  boolean deleteLocal(String id);

  /** Local documents by id, with {@code _id} and {@code _rev}, at most {@code limit} of them. */
  List<JsonObject> locals(long skip, int limit);

  // -- attachments -----------------------------------------------------------------------------

  /**
   * The content of an attachment by its digest, read in parts as it is asked for. Empty where there
   * is none (any more).
   */
  Optional<InputStream> attachment(String digest);

  /** Room for attachments that come from elsewhere, until they are written. */
  AttachmentSpool spool();

  /** The document as CouchDB shows it; with contents of attachments, if the form wants them. */
  default JsonObject toJson(StoredDocument document, DocumentForm form) {
    return DocumentJson.write(
        document,
        form,
        digest -> {
          try (var content = attachment(digest).orElse(InputStream.nullInputStream())) {
            return content.readAllBytes();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  // -- changes as they come --------------------------------------------------------------------

  /** Tells the listener of every commit from now on, many commits as one if it is slow. */
  Subscription subscribe(StoreListener listener);

  // -- housekeeping ----------------------------------------------------------------------------

  /**
   * Drops the bodies of revisions that are not leaves and attachments that nothing refers to, and
   * gives the space back. Works in small steps, between which writers have their turn.
   */
  void compact();

  /** How many generations of history are kept. */
  int revsLimit();

  /** Sets how many generations are kept, ≥ 1; a document is shortened when it is next written. */
  void setRevsLimit(int generations);

  /**
   * Removes leaves and what hangs on them alone, without tombstone; a document without leaves is
   * gone. Nothing of it is replicated.
   *
   * @return what was removed; revisions that are no leaves are left out
   */
  Map<String, List<Revision>> purge(Map<String, List<Revision>> revisions);

  /**
   * Writes a compact copy, consistent at one moment, while others read and write. The copy gets a
   * uuid of its own when it is first opened, so that replication does not take it for the original.
   *
   * @throws StoreException IO when the target exists
   */
  void backup(Path target);

  /** Waits for writes under way, then closes; further calls throw CLOSED. */
  @Override
  void close();
}
