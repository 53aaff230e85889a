package dev.jiggety.agent.store;

import dev.jiggety.agent.store.sql.Sql;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A transaction under way: the rows of documents and bodies, and the counters that go with them.
 */
final class WriteTransaction {

  private final Sql sql;
  private final Inserts bodies;
  private final Inserts docs;
  private final StoreState before;
  private long updateSeq;
  private long purgeSeq;
  private long lastBody;
  private long docCount;
  private long deletedCount;
  private int revsLimit;
  private boolean touchesDesign;

  // A document that was written since is not in it.
  private final Map<String, Optional<DocRow>> ahead = new HashMap<>();

  WriteTransaction(Sql sql, StoreState before) {
    this.sql = sql;
    this.bodies = new Inserts(sql, Inserts.Table.BODIES);
    this.docs = new Inserts(sql, Inserts.Table.DOCS);
    this.before = before;
    this.updateSeq = before.updateSeq();
    this.purgeSeq = before.purgeSeq();
    this.lastBody = before.lastBody();
    this.docCount = before.docCount();
    this.deletedCount = before.deletedCount();
    this.revsLimit = before.revsLimit();
  }

  /** All tables as they are now. */
  Sql sql() throws SQLException {
    bodies.flush();
    docs.flush();
    return sql;
  }

  /** For tables other than those of documents and bodies, in which rows may be waiting. */
  Sql otherTables() {
    return sql;
  }

  int revsLimit() {
    return revsLimit;
  }

  /** Whether a design document was written or removed. */
  boolean touchesDesign() {
    return touchesDesign;
  }

  void setRevsLimit(int limit) {
    revsLimit = limit;
  }

  void countPurge() {
    purgeSeq++;
  }

  /** Reads at once what {@link #find} will be asked for, each for the first time only. */
  void lookAhead(List<String> ids) throws SQLException {
    ahead.clear();
    var heads = DocumentReader.heads(sql(), ids);
    ids.forEach(id -> ahead.put(id, Optional.ofNullable(heads.get(id))));
  }

  Optional<DocRow> find(String id) throws SQLException {
    var known = ahead.remove(id);
    return known == null ? DocumentReader.find(sql(), id) : known;
  }

  /** A version with its body. */
  Optional<StoredDocument> document(DocRow row, RevisionTree.Node node) throws SQLException {
    return DocumentReader.document(sql(), row, node);
  }

  /** Stores a body; returns its key. */
  long addBody(String json, @Nullable String attachments) throws SQLException {
    lastBody++;
    bodies.add(lastBody, attachments, json);
    return lastBody;
  }

  /** Drops the bodies that the later tree does not have any more. */
  void dropBodies(RevisionTree earlier, RevisionTree later) throws SQLException {
    var lost = earlier.bodies();
    lost.removeAll(later.bodies());
    for (var body : lost) {
      sql().update("DELETE FROM bodies WHERE body = ?", body);
    }
  }

  /** Stores a document's tree under a new sequence and counts it. */
  void save(String id, @Nullable DocRow old, RevisionTree tree) throws SQLException {
    var winner = tree.winner();
    if (old != null) {
      sql().update("DELETE FROM docs WHERE seq = ?", old.seq());
      count(old.winner().deleted(), -1);
    }
    count(winner.deleted(), 1);
    touchesDesign |= id.startsWith(DocumentIds.DESIGN);
    ahead.remove(id);
    insert(++updateSeq, id, tree);
  }

  /** Stores a tree in place: nothing of it changed that anybody can see. */
  void saveQuietly(DocRow old, RevisionTree tree) throws SQLException {
    sql().update("DELETE FROM docs WHERE seq = ?", old.seq());
    insert(old.seq(), old.id(), tree);
  }

  void remove(DocRow old) throws SQLException {
    sql().update("DELETE FROM docs WHERE seq = ?", old.seq());
    count(old.winner().deleted(), -1);
    touchesDesign |= old.id().startsWith(DocumentIds.DESIGN);
  }

  private void insert(long seq, String id, RevisionTree tree) throws SQLException {
    var winner = tree.winner();
    docs.add(
        seq,
        id,
        winner.rev().toString(),
        winner.deleted() ? 1 : 0,
        winner.body(),
        tree.innerBodies(),
        tree.nodes().size() == 1 ? null : RevisionTreeText.write(tree));
  }

  private void count(boolean deleted, int documents) {
    if (deleted) {
      deletedCount += documents;
    } else {
      docCount += documents;
    }
  }

  /** Writes the counters, if they changed; the state to have after the commit. */
  StoreState finish() throws SQLException {
    sql();
    var after =
        new StoreState(
            before.uuid(),
            before.started(),
            updateSeq,
            purgeSeq,
            lastBody,
            docCount,
            deletedCount,
            revsLimit);
    if (!after.equals(before)) {
      after.save(sql);
    }
    return after;
  }
}
