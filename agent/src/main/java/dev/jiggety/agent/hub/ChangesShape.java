package dev.jiggety.agent.hub;

import dev.jiggety.agent.store.Change;
import dev.jiggety.agent.store.ChangesQuery;
import dev.jiggety.agent.store.DocumentForm;
import dev.jiggety.agent.store.DocumentStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a feed's rows look like. Two feeds of the same shape at the same place get the very same
 * bytes, which is why this is a value.
 *
 * @param allLeaves {@code style=all_docs}: every leaf, not the winner alone
 * @param form of the documents, with {@code include_docs}; else null
 * @param docIds these documents alone; null = all
 */
record ChangesShape(boolean allLeaves, @Nullable DocumentForm form, @Nullable List<String> docIds) {

  ChangesShape {
    docIds = docIds == null ? null : List.copyOf(docIds);
  }

  ChangesQuery query(long since, long limit, boolean descending) {
    return new ChangesQuery(since, limit, descending, form != null, docIds);
  }

  /** Appends a row. */
  void append(StringBuilder text, DocumentStore store, Change change) {
    JsonText.quote(text.append("{\"seq\":"), Sequences.write(store, change.seq()));
    JsonText.quote(text.append(",\"id\":"), change.id());
    text.append(",\"changes\":[");
    var leaves = allLeaves ? change.leaves() : List.of(change.winner());
    var comma = "{\"rev\":";
    for (var leaf : leaves) {
      JsonText.quote(text.append(comma), leaf.toString()).append('}');
      comma = ",{\"rev\":";
    }
    text.append(']');
    if (change.deleted()) {
      text.append(",\"deleted\":true");
    }
    var document = change.document();
    if (form != null && document != null) {
      DocumentText.append(text.append(",\"doc\":"), store, document, form);
    }
    text.append('}');
  }
}
