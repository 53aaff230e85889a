package dev.jiggety.agent.store;

import dev.jiggety.agent.store.WriteOutcome.Conflict;
import dev.jiggety.agent.store.WriteOutcome.Rejected;
import dev.jiggety.agent.store.WriteOutcome.Stored;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings documents into their trees: CouchDB's rules for edits and for replicated revisions. */
final class DocumentWriter {

  /** A write with what can be worked out before the transaction. */
  record Prepared(DocumentWrite write, String canonicalBody) {

    static Prepared edit(DocumentWrite write) {
      return new Prepared(write, write.canonicalBody());
    }

    static Prepared replicated(DocumentWrite write) {
      return new Prepared(write, "");
    }
  }

  /** An edit: extends a leaf, or is a conflict. */
  WriteOutcome edit(WriteTransaction transaction, Prepared prepared) throws SQLException {
    var write = prepared.write;
    var row = transaction.find(write.id()).orElse(null);
    var tree = row == null ? RevisionTree.EMPTY : row.tree().get();
    var parent = write.parent();
    if (parent.isPresent() && !tree.isLeaf(parent.get())) {
      return new Conflict(write.id());
    }
    if (parent.isEmpty() && row != null) {
      if (!row.winner().deleted()) {
        return new Conflict(write.id());
      }
      // A deleted document that comes back grows out of its tombstone.
      parent = Optional.of(row.winner().rev());
    }
    var replaced = parent.flatMap(tree::node);
    var previous =
        row == null || replaced.isEmpty()
            ? null
            : transaction.document(row, replaced.get()).orElse(null);
    try {
      var generation = parent.map(Revision::generation).orElse(0) + 1;
      var attachments =
          AttachmentTable.store(transaction.otherTables(), write, previous, generation);
      var rev = RevisionIds.next(parent, write.deleted(), prepared.canonicalBody, attachments);
      var history = parent.isPresent() ? List.of(rev, parent.get()) : List.of(rev);
      return store(transaction, write, row, tree, history, attachments);
    } catch (InvalidDocumentException e) {
      return new Rejected(write.id(), e.error(), e.reason());
    }
  }

  /** A revision that was made elsewhere, with its history. */
  WriteOutcome replicated(WriteTransaction transaction, Prepared prepared) throws SQLException {
    var write = prepared.write;
    var rev = write.history().getFirst();
    var row = transaction.find(write.id()).orElse(null);
    var tree = row == null ? RevisionTree.EMPTY : row.tree().get();
    if (tree.contains(rev)) {
      return new Stored(write.id(), rev, false);
    }
    var ancestor = row == null ? null : tree.nearestWithBody(write.history()).orElse(null);
    var previous =
        row == null || ancestor == null ? null : transaction.document(row, ancestor).orElse(null);
    try {
      var attachments =
          AttachmentTable.store(transaction.otherTables(), write, previous, rev.generation());
      return store(transaction, write, row, tree, write.history(), attachments);
    } catch (InvalidDocumentException e) {
      return new Rejected(write.id(), e.error(), e.reason());
    }
  }

  private static WriteOutcome store(
      WriteTransaction transaction,
      DocumentWrite write,
      @Nullable DocRow row,
      RevisionTree tree,
      List<Revision> history,
      List<StoredAttachment> attachments)
      throws SQLException {
    var rev = history.getFirst();
    if (tree.contains(rev)) {
      return new Stored(write.id(), rev, false);
    }
    var body = transaction.addBody(write.bodyText(), AttachmentList.write(attachments));
    var grown = tree.add(history, write.deleted(), body);
    var stemmed = grown.stem(transaction.revsLimit());
    if (stemmed.nodes().size() < grown.nodes().size()) {
      transaction.dropBodies(grown, stemmed);
    }
    transaction.save(write.id(), row, stemmed);
    return new Stored(write.id(), rev, true);
  }

  /** All of them in one transaction, answers in order. */
  List<WriteOutcome> all(WriteTransaction transaction, List<Prepared> writes, boolean newEdits)
      throws SQLException {
    var outcomes = new ArrayList<WriteOutcome>(writes.size());
    transaction.lookAhead(writes.stream().map(prepared -> prepared.write.id()).toList());
    for (var prepared : writes) {
      if (prepared.write.id().startsWith(DocumentIds.LOCAL)) {
        outcomes.add(local(transaction, prepared.write));
      } else {
        outcomes.add(newEdits ? edit(transaction, prepared) : replicated(transaction, prepared));
      }
    }
    return outcomes;
  }

  private static WriteOutcome local(WriteTransaction transaction, DocumentWrite write)
      throws SQLException {
    var key = LocalTable.key(write.id());
    if (write.deleted()) {
      var found = LocalTable.delete(transaction.sql(), key);
      return new Stored(write.id(), new Revision(0, "0"), found);
    }
    return LocalTable.put(transaction.sql(), key, write.bodyText(), write.parent());
  }
}
