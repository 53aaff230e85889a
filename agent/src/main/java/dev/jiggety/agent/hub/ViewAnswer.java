package dev.jiggety.agent.hub;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.Revision;
import dev.jiggety.agent.store.StoredDocument;
import dev.jiggety.agent.store.view.ReduceException;
import dev.jiggety.agent.store.view.ViewIndex;
import dev.jiggety.agent.store.view.ViewQuery;
import dev.jiggety.agent.store.view.ViewRow;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The answer to one query of a view as JSON text, in CouchDB's form; written as it is read. */
final class ViewAnswer {
  private final DocumentStore store;
  private final ViewIndex index;
  private final int view;
  private final ViewParameters asked;
  private final long updateSeq;

  /**
   * An answer.
   *
   * @param updateSeq the store's sequence that the index has reached
   */
  ViewAnswer(DocumentStore store, ViewIndex index, int view, ViewParameters asked, long updateSeq) {
    this.store = store;
    this.index = index;
    this.view = view;
    this.asked = asked;
    this.updateSeq = updateSeq;
  }

  void write(JsonStream json) throws IOException {
    if (asked.reduced()) {
      begin(json, "");
      appendGroups(json);
    } else if (asked.keys() == null) {
      try (var rows = index.rows(view, asked.range())) {
        begin(json, numbers(rows.totalRows(), rows.offset()));
        appendRows(json, rows, Long.MAX_VALUE, "");
      }
    } else {
      appendKeys(json, asked.keys());
    }
    json.text().append("\r\n]}");
  }

  private void begin(JsonStream json, String numbers) {
    json.text().append('{').append(numbers);
    if (asked.updateSeq()) {
      json.text().append("\"update_seq\":\"");
      json.text().append(Sequences.write(store, updateSeq)).append("\",");
    }
    json.text().append("\"rows\":[\r\n");
  }

  /** "The total_rows and offset fields are not available" without sorting. */
  private String numbers(long totalRows, long offset) {
    return asked.sorted() ? "\"total_rows\":" + totalRows + ",\"offset\":" + offset + "," : "";
  }

  // -- rows --------------------------------------------------------------------------------------

  /** Appends rows; returns what is to stand before the next one. */
  private String appendRows(JsonStream json, Iterator<ViewRow> rows, long most, String separator)
      throws IOException {
    var before = separator;
    for (var left = most; left > 0 && rows.hasNext(); left--) {
      append(json.text().append(before), rows.next());
      before = ",\r\n";
      json.step();
    }
    return before;
  }

  /** Rows of each key in turn; skip and limit are counted over all of them. */
  private void appendKeys(JsonStream json, List<JsonElement> wanted) throws IOException {
    var range = asked.range();
    var keys = range.descending() ? wanted.reversed() : wanted;
    var skip = range.skip();
    var left = range.limit();
    var begun = false;
    var total = 0L;
    var offset = 0L;
    var separator = "";
    for (var key : keys) {
      try (var rows = index.rows(view, only(key))) {
        if (!begun) {
          total = rows.totalRows();
          offset = rows.offset();
        }
        if (!begun && rows.hasNext()) {
          begun = true;
          begin(json, numbers(total, Math.min(total, offset + Math.min(skip, total))));
        }
        for (; skip > 0 && rows.hasNext(); skip--) {
          rows.next();
        }
        for (; left > 0 && rows.hasNext(); left--) {
          separator = appendRows(json, rows, 1, separator);
        }
      }
      if (begun && left == 0) {
        break;
      }
    }
    if (!begun) {
      if (keys.isEmpty()) {
        try (var none = index.rows(view, ViewQuery.all())) {
          total = none.totalRows();
        }
      }
      begin(json, numbers(total, offset));
    }
  }

  private ViewQuery only(JsonElement key) {
    var range = asked.range();
    return new ViewQuery(
        key,
        range.startDocId(),
        key,
        range.endDocId(),
        range.inclusiveEnd(),
        range.descending(),
        0,
        Long.MAX_VALUE);
  }

  private void append(StringBuilder text, ViewRow row) {
    JsonText.quote(text.append("{\"id\":"), row.id());
    text.append(",\"key\":").append(row.key()).append(",\"value\":").append(row.value());
    if (asked.includeDocs()) {
      text.append(",\"doc\":");
      var document = document(row);
      if (document.isEmpty()) {
        text.append("null");
      } else {
        DocumentText.append(text, store, document.get(), asked.form());
      }
    }
    text.append('}');
  }

  /**
   * The document of a row, or the one that its value names by {@code _id} and {@code _rev}
   * (docs.couchdb.org/en/stable/ddocs/views/joins.html#linked-documents).
   */
  private Optional<StoredDocument> document(ViewRow row) {
    var link = row.value() instanceof JsonObject value ? value : new JsonObject();
    var id = link.has("_id") ? string(link.get("_id")) : row.id();
    if (id == null) {
      return Optional.empty();
    }
    var rev = link.has("_rev") ? string(link.get("_rev")) : null;
    if (rev == null) {
      return store.get(id).filter(document -> !document.deleted());
    }
    try {
      return store.get(id, Revision.parse(rev));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // the map function wrote something else there
    }
  }

  private static @Nullable String string(JsonElement value) {
    return value instanceof JsonPrimitive text && text.isString() ? text.getAsString() : null;
  }

  // -- reductions --------------------------------------------------------------------------------

  private void appendGroups(JsonStream json) throws IOException {
    var separator = "";
    try {
      var keys = asked.keys();
      if (keys == null) {
        var groups = index.groups(view, asked.range(), asked.groupLevel());
        while (groups.hasNext()) {
          append(json, separator, groups.next());
          separator = ",\r\n";
        }
        return;
      }
      var skip = asked.range().skip();
      var left = asked.range().limit();
      for (var key : keys) { // descending or not
        var groups = index.groups(view, only(key), asked.groupLevel());
        for (; left > 0 && groups.hasNext(); ) {
          var group = groups.next();
          if (skip > 0) {
            skip--;
          } else {
            left--;
            append(json, separator, group);
            separator = ",\r\n";
          }
        }
      }
    } catch (ReduceException e) {
      // CouchDB's way to say so; the answer as a whole is a success.
      var error = new JsonObject();
      error.add("key", JsonNull.INSTANCE);
      error.addProperty("error", e.error());
      error.addProperty("reason", e.getMessage());
      json.text().append(separator).append(error);
    }
  }

  private static void append(JsonStream json, String separator, ViewIndex.Group group)
      throws IOException {
    json.text().append(separator).append("{\"key\":").append(group.key());
    json.text().append(",\"value\":").append(group.value()).append('}');
    json.step();
  }
}
