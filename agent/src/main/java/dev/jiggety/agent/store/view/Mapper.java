package dev.jiggety.agent.store.view;

import com.google.gson.JsonElement;
import dev.jiggety.agent.store.StoredDocument;
import java.util.List;

/** What the rows of a document are. Deterministic; a document that makes trouble has no rows. */
@FunctionalInterface
public interface Mapper {

  /** Tells the emitter the rows of each document. */
  void map(List<StoredDocument> documents, Emitter emitter);

  /** Takes rows. */
  @FunctionalInterface
  interface Emitter {
    /**
     * One row.
     *
     * @param document index of the document in the list
     * @param view index of the view in its definition
     */
    void emit(int document, int view, JsonElement key, JsonElement value);
  }
}
