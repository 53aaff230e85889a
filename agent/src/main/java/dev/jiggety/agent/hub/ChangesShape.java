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
 * @param filter what else is left out; null = nothing
 */
record ChangesShape(
    boolean allLeaves,
    @Nullable DocumentForm form,
    @Nullable List<String> docIds,
    @Nullable ChangesFilter filter) {

  ChangesShape {
    docIds = docIds == null ? null : List.copyOf(docIds);
  }

  ChangesQuery query(long since, long limit, boolean descending) {
    return new ChangesQuery(
        since,
        limit,
        descending,
        form != null,
        docIds,
        !allLeaves,
        filter == null ? null : filter.revisions());
  }

  /** Appends a row. */
  void append(StringBuilder text, DocumentStore store, Change change) {
    append(text, store, change, true);
  }

  /** Appends a row, with or without its sequence. */
  void append(StringBuilder text, DocumentStore store, Change change, boolean withSeq) {
    text.append("{\"seq\":");
    if (withSeq) {
      JsonText.quote(text, Sequences.write(store, change.seq()));
    } else {
      text.append("null");
    }
    JsonText.quote(text.append(",\"id\":"), change.id());
    text.append(",\"changes\":[");
    var comma = "{\"rev\":";
    for (var leaf : change.leaves()) {
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
