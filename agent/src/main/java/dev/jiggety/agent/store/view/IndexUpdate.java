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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One walk over the changes that an index does not have yet. Each batch of them is one transaction
 * together with the sequence that it leads to. For one thread.
 */
final class IndexUpdate {
  private static final System.Logger LOG = System.getLogger(IndexUpdate.class.getName());

  /** Documents that are read and mapped at once. */
  private static final int PART_DOCUMENTS = 256;

  /** Characters of bodies after which a part ends early. */
  private static final long PART_CHARACTERS = 2_000_000;

  /** Documents in a transaction: more of them change each node of a tree fewer times. */
  private static final int BATCH_DOCUMENTS = 16_384;

  /**
   * Rows in a transaction, and characters of the bodies that they came from; they are in memory.
   */
  private static final int BATCH_ROWS = 50_000;

  private static final long BATCH_CHARACTERS = 8_000_000;

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
        var batch = new Batch();
        while (more && !batch.isFull()) {
          checkpoint.run();
          map(nextPart(rows, batch), batch);
          more = rows.hasNext();
        }
        var next = new IndexState(rows.lastSeq(), purgeSeq);
        checkpoint.run(); // what was mapped while all was being closed is not to be trusted
        file.write((sql, trees) -> {
          write(sql, trees, batch, fresh);
          return next;
        });
      }
    }
  }

  /** What is to be written in one transaction: changed documents, and the rows that they have. */
  private static final class Batch {
    private final Map<String, List<Emitted>> documents = new LinkedHashMap<>();
    private long rows;
    private long characters;

    boolean isFull() {
      return documents.size() >= BATCH_DOCUMENTS
          || rows >= BATCH_ROWS
          || characters >= BATCH_CHARACTERS;
    }
  }

  /** Takes the next changes into the batch, without rows; returns those that are to be mapped. */
  private List<StoredDocument> nextPart(ChangeRows rows, Batch batch) {
    var wanted = new ArrayList<StoredDocument>(PART_DOCUMENTS);
    var read = 0;
    var characters = 0L;
    while (read < PART_DOCUMENTS && characters < PART_CHARACTERS && rows.hasNext()) {
      var document = rows.next().document();
      if (document == null) {
        continue; // which a feed with documents has none of
      }
      read++;
      characters += document.bodyText().length();
      batch.documents.put(document.id(), List.of());
      if (!document.deleted()
          && (definition.includeDesign() || !document.id().startsWith(DocumentIds.DESIGN))) {
        wanted.add(document);
      }
    }
    batch.characters += characters;
    return wanted;
  }

  // -- mapping ---------------------------------------------------------------------------------

  /**
   * One row, not yet in its tree: its key's bytes are made early, as a bad key is its document's.
   */
  private static final class Emitted {
    private final int view;
    private final byte[] key;
    private final ViewRow row;

    Emitted(int view, ViewRow row, byte[] prefix) {
      this.view = view;
      this.key = KeyRange.concat(prefix, Collation.key(row.key()));
      this.row = row;
    }
  }

  private void map(List<StoredDocument> part, Batch batch) {
    if (part.isEmpty()) {
      return;
    }
    try {
      add(part, mapped(part), batch);
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      // One document must not take the others with it.
      part.forEach(document -> mapOne(document, batch));
    }
  }

  private void mapOne(StoredDocument document, Batch batch) {
    var alone = List.of(document);
    try {
      add(alone, mapped(alone), batch);
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      if (!failing) {
        failing = true;
        LOG.log(
            Level.WARNING,
            store.name() + "/" + definition.designId() + ": no rows for " + document.id(),
            e);
      }
    }
  }

  /** The rows of each of these documents. */
  private List<List<Emitted>> mapped(List<StoredDocument> part) {
    var rows = new ArrayList<List<Emitted>>(part.size());
    part.forEach(document -> rows.add(new ArrayList<>(1)));
    definition
        .mapper()
        .map(
            part,
            (document, view, key, value) ->
                rows.get(document).add(emitted(part.get(document).id(), view, key, value)));
    return rows;
  }

  private Emitted emitted(String id, int view, JsonElement key, JsonElement value) {
    return new Emitted(view, new ViewRow(id, key, value), definition.prefix(id));
  }

  private static void add(List<StoredDocument> part, List<List<Emitted>> mapped, Batch batch) {
    for (var i = 0; i < part.size(); i++) {
      batch.documents.put(part.get(i).id(), mapped.get(i));
      batch.rows += mapped.get(i).size();
    }
  }

  // -- writing ---------------------------------------------------------------------------------

  private static void write(Sql sql, List<ReductionTree> trees, Batch batch, boolean fresh)
      throws SQLException {
    var changes = new ArrayList<SortedMap<byte[], Optional<ViewRow>>>(trees.size());
    trees.forEach(tree -> changes.add(ReductionTree.changes()));
    for (var document : batch.documents.entrySet()) {
      var id = document.getKey();
      var old =
          fresh
              ? null
              : sql.first("SELECT keys FROM emitted WHERE id = ?", row -> row.getBytes(1), id);
      if (old != null) {
        EmittedKeys.read(old, (view, key) -> changes.get(view).put(key, Optional.empty()));
      }
      var keys = add(id, document.getValue(), changes);
      if (keys.length > 0) {
        sql.update("INSERT OR REPLACE INTO emitted VALUES (?, ?)", id, keys);
      } else if (old != null) {
        sql.update("DELETE FROM emitted WHERE id = ?", id);
      }
    }
    for (var view = 0; view < trees.size(); view++) {
      trees.get(view).change(changes.get(view));
    }
  }

  private static byte[] add(
      String id, List<Emitted> emitted, List<SortedMap<byte[], Optional<ViewRow>>> changes) {
    var keys = new EmittedKeys();
    var idBytes = id.getBytes(StandardCharsets.UTF_8);
    for (var ordinal = 0; ordinal < emitted.size(); ordinal++) {
      var next = emitted.get(ordinal);
      var key = KeyRange.row(next.key, idBytes, ordinal);
      changes.get(next.view).put(key, Optional.of(next.row));
      keys.add(next.view, key);
    }
    return keys.toBytes();
  }
}
