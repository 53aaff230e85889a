package dev.jiggety.agent.store;

import com.google.gson.JsonObject;
import dev.jiggety.agent.store.DocumentWriter.Prepared;
import dev.jiggety.agent.store.WriteOutcome.Rejected;
import dev.jiggety.agent.store.sql.Sql;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The store on SQLite. Its session (file handles, memory, a thread) can be put to rest while nobody
 * uses it; the next call opens it again.
 */
final class SqliteDocumentStore implements DocumentStore {

  private final String name;
  private final Path file;
  private final StoreOptions options;
  private final DocumentWriter documentWriter;
  private final Notifier notifier;
  private final SessionKeeper sessions;

  /**
   * A store.
   *
   * @param afterCommit told of each commit that changed documents; quick, and throws nothing
   */
  SqliteDocumentStore(String name, Path file, StoreOptions options, Runnable afterCommit) {
    this.name = name;
    this.file = file;
    this.options = options;
    this.documentWriter = new DocumentWriter();
    this.notifier = new Notifier(name);
    this.sessions =
        new SessionKeeper(
            file,
            options,
            seq -> {
              notifier.changed(seq);
              afterCommit.run();
            });
  }

  static DocumentStore open(Path file, StoreOptions options) {
    var fileName = file.getFileName().toString();
    var dot = fileName.lastIndexOf('.');
    var name = dot > 0 ? fileName.substring(0, dot) : fileName;
    var store = new SqliteDocumentStore(name, file, options, () -> {});
    store.wake();
    try {
      AttachmentSpool.sweep(file);
    } catch (IOException e) {
      store.close();
      throw SqlFaults.of(file, e);
    }
    return store;
  }

  /** Opens the session now, so that a fault shows now. */
  void wake() {
    sessions.use(StoreSession::report);
  }

  private <T> T read(PagedRows.Query<T> query) {
    return sessions.use(session -> session.read(query));
  }

  private <T extends @Nullable Object> T write(Writer.Work<T> work) {
    return sessions.use(session -> session.writer().write(work));
  }

  private StoreState state() {
    return sessions.use(session -> session.writer().state());
  }

  private final PagedRows.Reading reading =
      new PagedRows.Reading() {
        @Override
        public <R> R read(PagedRows.Query<R> query) {
          return SqliteDocumentStore.this.read(query);
        }
      };

  @Override
  public String name() {
    return name;
  }

  @Override
  public String uuid() {
    return state().uuid();
  }

  @Override
  public OpenReport openReport() {
    return sessions.report();
  }

  @Override
  public long designVersion() {
    return sessions.use(session -> session.writer().designVersion());
  }

  @Override
  public StoreInfo info() {
    var state = state();
    return read(sql -> {
      var pageBytes = sql.number("PRAGMA page_size");
      var pages = sql.number("PRAGMA page_count");
      var free = sql.number("PRAGMA freelist_count");
      return new StoreInfo(
          state.docCount(),
          state.deletedCount(),
          state.updateSeq(),
          state.purgeSeq(),
          pages * pageBytes,
          (pages - free) * pageBytes,
          state.started());
    });
  }

  @Override
  public Optional<StoredDocument> get(String id) {
    return read(sql -> DocumentReader.winner(sql, id));
  }

  @Override
  public Optional<StoredDocument> get(String id, Revision rev) {
    return documents(id, tree -> tree.node(rev).stream().toList()).stream().findFirst();
  }

  @Override
  public List<StoredDocument> leaves(String id) {
    return documents(id, RevisionTree::leaves);
  }

  @Override
  public List<StoredDocument> latest(String id, Revision rev) {
    return documents(id, tree -> tree.latest(rev));
  }

  private List<StoredDocument> documents(
      String id, Function<RevisionTree, List<RevisionTree.Node>> choice) {
    return read(sql -> {
      var row = DocumentReader.find(sql, id);
      return row.isEmpty()
          ? List.of()
          : DocumentReader.documents(sql, row.get(), choice.apply(row.get().tree().get()));
    });
  }

  @Override
  public Optional<RevisionTree> tree(String id) {
    return read(sql -> DocumentReader.find(sql, id).map(row -> row.tree().get()));
  }

  @Override
  public AllDocsRows allDocs(AllDocsQuery query) {
    return new PagedDocs(reading, query);
  }

  @Override
  public ChangeRows changes(ChangesQuery query) {
    return new PagedChanges(reading, query, state().updateSeq());
  }

  @Override
  public Map<String, MissingRevisions> revsDiff(Map<String, List<Revision>> revisions) {
    return read(sql -> DocumentReader.revsDiff(sql, revisions));
  }

  @Override
  public List<WriteOutcome> bulk(List<DocumentWrite> writes, boolean newEdits, WriteGuard guard) {
    var gate = guard.active() ? new Gate(reading, guard, newEdits) : null;
    var outcomes = new ArrayList<@Nullable WriteOutcome>(writes.size());
    var accepted = new ArrayList<Prepared>(writes.size());
    for (var write : writes) {
      var refused = refuse(write, newEdits);
      if (refused == null && gate != null) {
        refused = gate.decide(write).orElse(null);
      }
      outcomes.add(refused);
      if (refused == null) {
        accepted.add(newEdits ? Prepared.edit(write) : Prepared.replicated(write));
      }
    }
    if (!accepted.isEmpty()) {
      var answers =
          write(transaction -> documentWriter.all(transaction, accepted, newEdits)).iterator();
      outcomes.replaceAll(outcome -> outcome == null ? answers.next() : outcome);
    }
    var all = new ArrayList<WriteOutcome>(outcomes.size());
    outcomes.forEach(outcome -> {
      if (outcome != null) {
        all.add(outcome);
      }
    });
    return all;
  }

  private @Nullable WriteOutcome refuse(DocumentWrite write, boolean newEdits) {
    if (write.isLargerThan(options.maxDocumentBytes())) {
      return new Rejected(write.id(), InvalidDocumentException.TOO_LARGE, write.id());
    }
    if (!newEdits && !write.id().startsWith(DocumentIds.LOCAL)) {
      try {
        DocumentParser.checkHistory(write.history());
      } catch (InvalidDocumentException e) {
        return new Rejected(write.id(), e.error(), e.reason());
      }
    }
    return null;
  }

  @Override
  public Optional<JsonObject> local(String id) {
    var key = LocalTable.key(id);
    return read(sql -> LocalTable.get(sql, key));
  }

  @Override
  public WriteOutcome putLocal(String id, JsonObject body, Optional<Revision> rev) {
    var key = LocalTable.key(id);
    var json = DocumentWrite.edit(DocumentIds.LOCAL + key, body, rev).bodyText();
    return write(transaction -> LocalTable.put(transaction.sql(), key, json, rev));
  }

  @Override
  public boolean deleteLocal(String id) {
    var key = LocalTable.key(id);
    return write(transaction -> LocalTable.delete(transaction.sql(), key));
  }

  @Override
  public List<JsonObject> locals(long skip, int limit) {
    return read(sql -> LocalTable.list(sql, skip, limit));
  }

  @Override
  public Optional<InputStream> attachment(String digest) {
    var length = read(sql -> AttachmentTable.length(sql, digest));
    if (length < 0) {
      return Optional.empty();
    }
    return Optional.of(
        new AttachmentTable.Content(
            part -> read(sql -> AttachmentTable.part(sql, digest, part)), digest, length));
  }

  @Override
  public AttachmentSpool spool() {
    return new AttachmentSpool(file);
  }

  @Override
  public Subscription subscribe(StoreListener listener) {
    return notifier.subscribe(listener);
  }

  @Override
  public void compact() {
    untilDone(Compaction::dropBodies);
    write(transaction -> AttachmentTable.dropUnused(transaction.sql()));
    untilDone(Compaction::shrink);
    maintain(sql -> sql.run("PRAGMA wal_checkpoint(TRUNCATE)"));
  }

  private void untilDone(Writer.Work<Boolean> step) {
    var more = true;
    while (more) {
      more = write(step);
    }
  }

  @Override
  public int revsLimit() {
    return state().revsLimit();
  }

  @Override
  public void setRevsLimit(int generations) {
    if (generations < 1) {
      throw new IllegalArgumentException("revs_limit must be at least 1");
    }
    write(transaction -> {
      transaction.setRevsLimit(generations);
      return generations;
    });
  }

  @Override
  public Map<String, List<Revision>> purge(Map<String, List<Revision>> revisions) {
    var copy = new LinkedHashMap<>(revisions);
    return write(transaction -> Purge.purge(transaction, copy));
  }

  @Override
  public void backup(Path target) {
    Backup.refuseExisting(target);
    maintain(sql -> Backup.write(sql, target));
  }

  /** Something that wants a connection of its own. */
  @FunctionalInterface
  private interface Maintenance {
    void run(Sql sql) throws SQLException, IOException;
  }

  private void maintain(Maintenance work) {
    sessions.use(session -> {
      try (var sql = session.connect()) {
        work.run(sql);
        return session;
      } catch (SQLException e) {
        throw SqlFaults.of(file, e);
      } catch (IOException e) {
        throw SqlFaults.of(file, e);
      }
    });
  }

  /** Keeps the file open while it is used. */
  SessionKeeper sessions() {
    return sessions;
  }

  @Override
  public void close() {
    close("the store is closed");
  }

  void close(String because) {
    if (sessions.close(because)) {
      notifier.close();
    }
  }
}
