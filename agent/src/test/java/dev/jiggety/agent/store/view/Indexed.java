package dev.jiggety.agent.store.view;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.AllDocsQuery;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.DocumentWrite;
import dev.jiggety.agent.store.Revision;
import dev.jiggety.agent.store.StoredDocument;
import dev.jiggety.agent.store.WriteOutcome.Stored;
import dev.jiggety.agent.store.collation.Collation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * A database with one index on it. Documents have members {@code keys} and {@code n}; view 0 has a
 * row for each of the keys, with {@code n} as value and their sum as reduction; view 1 has one row
 * for a document, by its id, without reduction.
 */
final class Indexed implements AutoCloseable {
  static final String SIGNATURE = "0123456789abcdef0123456789abcdef";

  /** The sum of whole numbers. */
  static final Reduce SUM =
      new Reduce() {
        @Override
        public JsonElement reduce(List<ViewRow> rows) {
          return new JsonPrimitive(rows.stream().mapToLong(row -> row.value().getAsLong()).sum());
        }

        @Override
        public JsonElement rereduce(List<JsonElement> reductions) {
          return new JsonPrimitive(reductions.stream().mapToLong(JsonElement::getAsLong).sum());
        }
      };

  final Databases databases;
  final ViewIndexes indexes;
  final Path folder;

  Indexed(Path folder) {
    this.folder = folder;
    databases = Databases.open(folder, Databases.Options.defaults());
    indexes = ViewIndexes.open(databases);
  }

  DocumentStore store() {
    return databases.findOrCreate("db");
  }

  ViewIndex index() {
    return index(Indexed::map);
  }

  ViewIndex index(Mapper mapper) {
    return indexes.find(store(), definition(SIGNATURE, mapper));
  }

  static IndexDefinition definition(String signature, Mapper mapper) {
    var views =
        List.of(
            new IndexDefinition.View("keys", SUM), new IndexDefinition.View("ids", Reduce.NONE));
    return new IndexDefinition("_design/d", signature, views, false, mapper);
  }

  static void map(List<StoredDocument> documents, Mapper.Emitter emitter) {
    for (var i = 0; i < documents.size(); i++) {
      var body = documents.get(i).body();
      emitter.emit(i, 1, new JsonPrimitive(documents.get(i).id()), JsonNull.INSTANCE);
      for (var key : body.getAsJsonArray("keys")) {
        emitter.emit(i, 0, key, body.get("n"));
      }
    }
  }

  Revision put(String id, int n, JsonElement... keys) {
    var body = new JsonObject();
    var list = new JsonArray();
    Stream.of(keys).forEach(list::add);
    body.add("keys", list);
    body.addProperty("n", n);
    var parent = store().get(id).filter(document -> !document.deleted()).map(StoredDocument::rev);
    return ((Stored) store().put(id, body, parent)).rev();
  }

  /** New documents {@code doc0}, {@code doc1} …, each with its number as {@code n}. */
  void fill(int from, int to, IntFunction<String> keys) {
    var writes = new ArrayList<DocumentWrite>();
    for (var i = from; i < to; i++) {
      var body = new JsonObject();
      body.add("keys", json(keys.apply(i)));
      body.addProperty("n", i);
      writes.add(DocumentWrite.edit("doc" + i, body, Optional.empty()));
    }
    store().bulk(writes, true);
  }

  void delete(String id) {
    var known = store().get(id).filter(document -> !document.deleted());
    known.ifPresent(document -> store().delete(id, document.rev()));
  }

  /** What view 0 should be: the plainest way to have it. */
  List<ViewRow> model() {
    var rows = new ArrayList<ViewRow>();
    try (var documents = store().allDocs(AllDocsQuery.all().withDocs())) {
      while (documents.hasNext()) {
        var document = Optional.ofNullable(documents.next().document()).orElseThrow();
        for (var key : document.body().getAsJsonArray("keys")) {
          rows.add(new ViewRow(document.id(), key, document.body().get("n")));
        }
      }
    }
    Comparator<ViewRow> byKey = (a, b) -> Collation.compare(a.key(), b.key());
    rows.sort(byKey.thenComparing(ViewRow::id)); // stable: of one document as emitted
    return rows;
  }

  static List<ViewRow> rows(ViewIndex index, ViewQuery query) {
    var list = new ArrayList<ViewRow>();
    try (var rows = index.rows(0, query)) {
      rows.forEachRemaining(list::add);
    }
    return list;
  }

  static JsonElement json(String text) {
    return com.google.gson.JsonParser.parseString(text);
  }

  /** The index files of the database. */
  List<Path> files() {
    var views = databases.viewFolder("db");
    if (!Files.exists(views)) {
      return List.of();
    }
    try (var list = Files.list(views)) {
      return list.filter(file -> file.toString().endsWith(".sqlite")).toList();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    indexes.close();
    databases.close();
  }
}
