package dev.jiggety.agent.store;

import dev.jiggety.agent.store.WriteOutcome.Conflict;
import dev.jiggety.agent.store.WriteOutcome.Rejected;
import dev.jiggety.agent.store.WriteOutcome.Stored;
import dev.jiggety.agent.store.sql.Sql;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks a {@link WriteGuard} about writes before they go to the writer's thread. What it decides for
 * an edit still holds there: an edit passes the writer only if the revision that was shown to the
 * guard is a leaf, and whatever is a conflict here does not get to the writer at all.
 */
final class Gate {

  private static final System.Logger LOG = System.getLogger(Gate.class.getName());

  private final PagedRows.Reading reading;
  private final WriteGuard guard;
  private final boolean newEdits;

  Gate(PagedRows.Reading reading, WriteGuard guard, boolean newEdits) {
    this.reading = reading;
    this.guard = guard;
    this.newEdits = newEdits;
  }

  /** What is to be done with a write. */
  private sealed interface Finding {
    record Ask(@Nullable StoredDocument previous) implements Finding {}

    record Decided(WriteOutcome outcome) implements Finding {}
  }

  /** What becomes of the write; empty where it may go on. */
  Optional<WriteOutcome> decide(DocumentWrite write) {
    if (write.id().startsWith(DocumentIds.LOCAL) || write.id().startsWith(DocumentIds.DESIGN)) {
      return Optional.empty();
    }
    Finding finding =
        reading.read(sql -> {
          var row = DocumentReader.find(sql, write.id()).orElse(null);
          return newEdits
              ? (row == null ? ofNew(write) : ofEdit(sql, write, row))
              : ofReplicated(sql, write, row);
        });
    return switch (finding) {
      case Finding.Ask(var previous) -> ask(write, previous);
      case Finding.Decided(var outcome) -> Optional.of(outcome);
    };
  }

  private static Finding ofNew(DocumentWrite write) {
    return write.parent().isPresent() ? conflict(write) : new Finding.Ask(null);
  }

  private static Finding ofEdit(Sql sql, DocumentWrite write, DocRow row) throws SQLException {
    if (write.parent().isEmpty()) {
      // Whoever brings a deleted document back need not have seen it: for the guard it is new.
      return row.winner().deleted() ? new Finding.Ask(null) : conflict(write);
    }
    var tree = row.tree().get();
    var parent = write.parent().filter(tree::isLeaf).flatMap(tree::node);
    return parent.isEmpty()
        ? conflict(write)
        : new Finding.Ask(DocumentReader.document(sql, row, parent.get()).orElse(null));
  }

  private static Finding ofReplicated(Sql sql, DocumentWrite write, @Nullable DocRow row)
      throws SQLException {
    if (row == null) {
      return new Finding.Ask(null);
    }
    var tree = row.tree().get();
    var rev = write.history().getFirst();
    if (tree.contains(rev)) {
      return new Finding.Decided(new Stored(write.id(), rev, false));
    }
    var ancestor = tree.nearestWithBody(write.history());
    return new Finding.Ask(
        ancestor.isEmpty() ? null : DocumentReader.document(sql, row, ancestor.get()).orElse(null));
  }

  private static Finding conflict(DocumentWrite write) {
    return new Finding.Decided(new Conflict(write.id()));
  }

  private Optional<WriteOutcome> ask(DocumentWrite write, @Nullable StoredDocument previous) {
    try {
      return guard
          .check(write, previous)
          .map(refusal -> new Rejected(write.id(), refusal.error(), refusal.reason()));
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING, "the guard failed on document " + write.id() + ", so it is refused", e);
      return Optional.of(
          new Rejected(write.id(), "forbidden", "the validation failed: " + e.getMessage()));
    }
  }
}
