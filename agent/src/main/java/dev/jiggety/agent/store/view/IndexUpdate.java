package dev.jiggety.agent.store.view;

import com.google.gson.JsonElement;
import dev.jiggety.agent.store.ChangeRows;
import dev.jiggety.agent.store.ChangesQuery;
import dev.jiggety.agent.store.DocumentIds;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.StoreException;
import dev.jiggety.agent.store.StoredDocument;
import dev.jiggety.agent.store.collation.Collation;
import dev.jiggety.agent.store.sql.Sql;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One walk over the changes that an index does not have yet. Each batch of them is one transaction
 * together with the sequence that it leads to. For one thread.
 */
final class IndexUpdate {
  private static final System.Logger LOG = System.getLogger(IndexUpdate.class.getName());

  /** Documents in a transaction; more of them change each node of a tree fewer times. */
  private static final int BATCH_DOCUMENTS = 4_096;

  /** A batch ends early when its bodies are longer than this, in characters. */
  private static final long BATCH_CHARACTERS = 8_000_000;

  /** Documents between two looks whether the index is to be closed. */
  private static final int MAPPED_AT_ONCE = 256;

  /** Walks in one update: see {@link #run}. */
  private static final int MOST_WALKS = 5;

  private final DocumentStore store;
  private final IndexDefinition definition;
  private final IndexFile file;
  private final Runnable checkpoint;
  private boolean failing;

  /**
   * An update.
   *
   * @param checkpoint called between batches; what it throws ends the update
   */
  IndexUpdate(
      DocumentStore store, IndexDefinition definition, IndexFile file, Runnable checkpoint) {
    this.store = store;
    this.definition = definition;
    this.file = file;
    this.checkpoint = checkpoint;
  }

  /**
   * Walks to the store's sequence of now.
   *
   * <p>A document that is changed while a walk is on its way may leave the part that is still to be
   * read for one behind its end; so the walk is repeated until nothing came after it, or a few
   * times where writers never rest.
   */
  void run(long purgeSeq) throws SQLException {
    var end = store.info().updateSeq();
    for (var walk = 0; walk < MOST_WALKS && file.state().seq() < end; walk++) {
      walk(purgeSeq);
      end = store.info().updateSeq();
    }
  }

  private void walk(long purgeSeq) throws SQLException {
    var fresh = file.state().seq() == 0;
    try (var rows = store.changes(ChangesQuery.since(file.state().seq()).withDocs())) {
      var more = true;
      while (more) {
        checkpoint.run();
        var batch = nextBatch(rows);
        more = rows.hasNext();
        var next = new IndexState(rows.lastSeq(), purgeSeq);
        var mapped = map(batch);
        checkpoint.run(); // what was mapped while all was being closed is not to be trusted
        file.write(sql -> {
          write(sql, batch, mapped, fresh);
          return next;
        });
      }
    }
  }

  /** At least one change, if there are any. */
  private static List<StoredDocument> nextBatch(ChangeRows rows) {
    var batch = new ArrayList<StoredDocument>();
    var characters = 0L;
    while (batch.size() < BATCH_DOCUMENTS && characters < BATCH_CHARACTERS && rows.hasNext()) {
      var document = rows.next().document();
      if (document != null) {
        batch.add(document);
        characters += document.bodyText().length();
      }
    }
    return batch;
  }

  // -- mapping ---------------------------------------------------------------------------------

  /** One row, not yet in its tree. */
  private record Emitted(int view, JsonElement key, JsonElement value) {}

  /** The rows of each document of a batch; null where it has none. */
  private @Nullable List<Emitted>[] map(List<StoredDocument> batch) {
    var wanted = new ArrayList<StoredDocument>(batch.size());
    var places = new int[batch.size()];
    for (var i = 0; i < batch.size(); i++) {
      var document = batch.get(i);
      if (!document.deleted()
          && (definition.includeDesign() || !document.id().startsWith(DocumentIds.DESIGN))) {
        places[wanted.size()] = i;
        wanted.add(document);
      }
    }
    var rows = new Rows(batch.size(), places);
    for (var from = 0; from < wanted.size(); from += MAPPED_AT_ONCE) {
      checkpoint.run();
      var part = wanted.subList(from, Math.min(from + MAPPED_AT_ONCE, wanted.size()));
      rows.first = from;
      try {
        definition.mapper().map(part, rows);
      } catch (StoreException e) {
        throw e;
      } catch (RuntimeException e) {
        mapSingly(part, rows);
      }
    }
    return rows.byDocument;
  }

  /** A mapper that fails on one document must not take the others with it. */
  private void mapSingly(List<StoredDocument> part, Rows rows) {
    var first = rows.first;
    for (var i = 0; i < part.size(); i++) {
      rows.first = first + i;
      rows.forget(0);
      try {
        definition.mapper().map(List.of(part.get(i)), rows);
      } catch (StoreException e) {
        throw e;
      } catch (RuntimeException e) {
        rows.forget(0);
        failed(part.get(i).id(), e);
      }
    }
  }

  private void failed(String id, RuntimeException because) {
    if (!failing) {
      failing = true;
      LOG.log(
          Level.WARNING,
          store.name() + "/" + definition.designId() + ": no rows for " + id + " and its like",
          because);
    }
  }

  /** Collects rows by document. */
  private static final class Rows implements Mapper.Emitter {
    private final @Nullable List<Emitted>[] byDocument;
    private final int[] places;

    /** Where the documents that are being mapped begin among those that are to be mapped. */
    private int first;

    @SuppressWarnings({"unchecked", "rawtypes"})
    Rows(int documents, int[] places) {
      this.byDocument = new List[documents];
      this.places = places;
    }

    @Override
    public void emit(int document, int view, JsonElement key, JsonElement value) {
      var place = places[first + document];
      var list = byDocument[place];
      if (list == null) {
        list = new ArrayList<>(2);
        byDocument[place] = list;
      }
      list.add(new Emitted(view, key, value));
    }

    void forget(int document) {
      byDocument[places[first + document]] = null;
    }
  }

  // -- writing ---------------------------------------------------------------------------------

  private void write(
      Sql sql, List<StoredDocument> batch, @Nullable List<Emitted>[] mapped, boolean fresh)
      throws SQLException {
    var views = definition.views();
    var changes = new ArrayList<TreeMap<byte[], @Nullable ViewRow>>(views.size());
    views.forEach(view -> changes.add(new TreeMap<>(Arrays::compareUnsigned)));
    for (var i = 0; i < batch.size(); i++) {
      var id = batch.get(i).id();
      var old =
          fresh
              ? null
              : sql.first("SELECT keys FROM emitted WHERE id = ?", row -> row.getBytes(1), id);
      if (old != null) {
        EmittedKeys.read(old, (view, key) -> changes.get(view).put(key, null));
      }
      var emitted = mapped[i] == null ? List.<Emitted>of() : mapped[i];
      var keys = add(id, emitted, changes);
      if (keys.length > 0) {
        sql.update("INSERT OR REPLACE INTO emitted VALUES (?, ?)", id, keys);
      } else if (old != null) {
        sql.update("DELETE FROM emitted WHERE id = ?", id);
      }
    }
    for (var view = 0; view < views.size(); view++) {
      if (!changes.get(view).isEmpty()) {
        new ReductionTree(sql, IndexFile.table(view), views.get(view).reduce())
            .change(changes.get(view));
      }
    }
  }

  private byte[] add(
      String id, List<Emitted> emitted, List<TreeMap<byte[], @Nullable ViewRow>> changes) {
    var keys = new EmittedKeys();
    var idBytes = id.getBytes(StandardCharsets.UTF_8);
    for (var ordinal = 0; ordinal < emitted.size(); ordinal++) {
      var row = emitted.get(ordinal);
      var key = KeyRange.row(Collation.key(row.key()), idBytes, ordinal);
      changes.get(row.view()).put(key, new ViewRow(id, row.key(), row.value()));
      keys.add(row.view(), key);
    }
    return keys.toBytes();
  }
}
