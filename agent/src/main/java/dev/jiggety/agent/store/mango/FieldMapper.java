package dev.jiggety.agent.store.mango;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.jiggety.agent.store.DocumentForm;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.StoredDocument;
import dev.jiggety.agent.store.view.Mapper;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fills indexes: a document that has all fields of one has a row in it, whose key is the array of
 * their values.
 */
final class FieldMapper implements Mapper {
  private record Index(List<FieldPath> paths, @Nullable Selector partial) {}

  private final DocumentStore store;
  private final List<Index> indexes = new ArrayList<>();

  FieldMapper(DocumentStore store, List<MangoIndex> indexes) {
    this.store = store;
    for (var index : indexes) {
      this.indexes.add(new Index(paths(index), index.partial().orElse(null)));
    }
  }

  private static List<FieldPath> paths(MangoIndex index) {
    var paths = new ArrayList<FieldPath>();
    for (var column : index.columns()) {
      try {
        paths.add(FieldPath.parse(column));
      } catch (SelectorException e) {
        throw new IllegalArgumentException(e); // an index is made of names that were parsed before
      }
    }
    return List.copyOf(paths);
  }

  @Override
  public void map(List<StoredDocument> documents, Emitter emitter) {
    for (var i = 0; i < documents.size(); i++) {
      var document = documents.get(i);
      if (!document.deleted()) {
        map(i, store.toJson(document, DocumentForm.PLAIN), emitter);
      }
    }
  }

  private void map(int position, JsonObject document, Emitter emitter) {
    for (var view = 0; view < indexes.size(); view++) {
      var index = indexes.get(view);
      var partial = index.partial();
      var key = partial == null || partial.matches(document) ? key(index, document) : null;
      if (key != null) {
        emitter.emit(position, view, key, JsonNull.INSTANCE);
      }
    }
  }

  /** Null where a field is missing. */
  private static @Nullable JsonArray key(Index index, JsonObject document) {
    var key = new JsonArray(index.paths().size());
    for (var path : index.paths()) {
      var value = path.find(document);
      if (value == null) {
        return null;
      }
      key.add(value);
    }
    return key;
  }
}
