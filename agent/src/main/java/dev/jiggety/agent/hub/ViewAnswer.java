package dev.jiggety.agent.hub;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.Revision;
import dev.jiggety.agent.store.StoreException;
import dev.jiggety.agent.store.StoredDocument;
import dev.jiggety.agent.store.view.ReduceException;
import dev.jiggety.agent.store.view.ViewIndex;
import dev.jiggety.agent.store.view.ViewQuery;
import dev.jiggety.agent.store.view.ViewRow;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The answer to one query of a view as JSON text, in CouchDB's form; written as it is read. */
final class ViewAnswer {
  private static final System.Logger LOG = System.getLogger(ViewAnswer.class.getName());

  /** Groups that a list function can have; they are in memory at once. */
  private static final int MOST_LISTED = 100_000;

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

  /** Brings the index up to date if that was to be done behind the answer's back. */
  void afterwards() {
    if (asked.updateLater()) {
      Thread.ofVirtual().name("hub-view-update-" + store.name()).start(this::update);
    }
  }

  private void update() {
    try {
      index.update();
    } catch (StoreException e) {
      LOG.log(Level.DEBUG, "an update that nobody waits for ended early", e);
    }
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
        try (var none = index.rows(view, ViewQuery.all().in(range.partition()))) {
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
        Long.MAX_VALUE,
        range.partition());
  }

  private void append(StringBuilder text, ViewRow row) {
    JsonText.quote(text.append("{\"id\":"), row.id());
    JsonText.append(text.append(",\"key\":"), row.key());
    JsonText.append(text.append(",\"value\":"), row.value());
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

  // -- for list functions ------------------------------------------------------------------------

  /**
   * The rows one by one.
   *
   * @param head what list functions get before them
   */
  record Listing(JsonObject head, Iterator<JsonObject> rows) {}

  /** Reductions are made now, for they may need functions, which the rows then must not. */
  Listing listing() {
    var head = new JsonObject();
    if (asked.updateSeq()) {
      head.addProperty("update_seq", Sequences.write(store, updateSeq));
    }
    if (asked.reduced()) {
      return new Listing(head, listGroups().iterator());
    }
    var range = asked.range();
    var wanted = asked.keys();
    var keys = wanted == null ? null : range.descending() ? wanted.reversed() : wanted;
    var first =
        keys == null
            ? range
            : keys.isEmpty() ? ViewQuery.all().in(range.partition()) : only(keys.getFirst());
    var rows = index.rows(view, first);
    head.addProperty("total_rows", rows.totalRows());
    head.addProperty("offset", rows.offset());
    Iterator<ViewRow> all =
        keys == null
            ? rows
            : new Joined<>(keys.iterator(), key -> index.rows(view, only(key)), range);
    return new Listing(head, new Mapped<>(all, this::json));
  }

  private JsonObject json(ViewRow row) {
    var json = new JsonObject();
    json.addProperty("id", row.id());
    json.add("key", row.key());
    json.add("value", row.value());
    if (asked.includeDocs()) {
      var document = document(row);
      json.add(
          "doc",
          document.isEmpty() ? JsonNull.INSTANCE : store.toJson(document.get(), asked.form()));
    }
    return json;
  }

  private List<JsonObject> listGroups() {
    var list = new ArrayList<JsonObject>();
    try {
      for (var groups = groups(); groups.hasNext(); ) {
        var group = groups.next();
        var json = new JsonObject();
        json.add("key", group.key());
        json.add("value", group.value());
        list.add(json);
        if (list.size() > MOST_LISTED) {
          throw new CouchError(
              413, "too_large", "A list takes at most " + MOST_LISTED + " groups; set a limit");
        }
      }
      return list;
    } catch (ReduceException e) {
      throw error(e);
    }
  }

  /** Others in their place. */
  private record Mapped<F, T>(Iterator<F> from, Function<F, T> mapping) implements Iterator<T> {
    @Override
    public boolean hasNext() {
      return from.hasNext();
    }

    @Override
    public T next() {
      return mapping.apply(from.next());
    }
  }

  // -- reductions --------------------------------------------------------------------------------

  private void appendGroups(JsonStream json) throws IOException {
    var separator = "";
    try {
      for (var groups = groups(); groups.hasNext(); ) {
        append(json, separator, groups.next());
        separator = ",\r\n";
      }
    } catch (ReduceException e) {
      if (!e.error().equals("reduce_overflow_error")) {
        throw error(e);
      }
      // CouchDB's way to say so; the answer as a whole is a success.
      var error = new JsonObject();
      error.add("key", JsonNull.INSTANCE);
      error.addProperty("error", e.error());
      error.addProperty("reason", e.getMessage());
      json.text().append(separator).append(error);
    }
  }

  private static CouchError error(ReduceException e) {
    return new CouchError(500, e.error(), String.valueOf(e.getMessage()));
  }

  private Iterator<ViewIndex.Group> groups() {
    var keys = asked.keys();
    if (keys == null) {
      return index.groups(view, asked.range(), asked.groupLevel());
    }
    // In the order of the keys, descending or not.
    return new Joined<>(
        keys.iterator(), key -> index.groups(view, only(key), asked.groupLevel()), asked.range());
  }

  private static void append(JsonStream json, String separator, ViewIndex.Group group)
      throws IOException {
    JsonText.append(json.text().append(separator).append("{\"key\":"), group.key());
    JsonText.append(json.text().append(",\"value\":"), group.value()).append('}');
    json.step();
  }
}
