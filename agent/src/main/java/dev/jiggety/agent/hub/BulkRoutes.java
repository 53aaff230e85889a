package dev.jiggety.agent.hub;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.DocumentWrite;
import dev.jiggety.agent.store.MissingRevisions;
import dev.jiggety.agent.store.Revision;
import dev.jiggety.agent.store.WriteOutcome;
import dev.jiggety.document.JsonScanner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Many documents at once (CouchDB "Bulk API", "Replication protocol"). */
final class BulkRoutes {
  private static final int MOST_PURGED_DOCUMENTS = 100;
  private static final int MOST_PURGED_REVISIONS = 1_000;

  /** Bodies below this are read at once. */
  private static final int SHORT = 8 << 20;

  private final Writes writes;

  BulkRoutes(Writes writes) {
    this.writes = writes;
  }

  /** {@code POST /db}: one document, with or without an id. */
  void post(Exchange exchange, DocumentStore store) {
    exchange.body().requireJson();
    var write = writes.check(exchange.user(), store, exchange.body().document());
    DocumentRoutes.written(exchange, store, writes.store(exchange.user(), store, write, true), 201);
  }

  // -- _bulk_docs ------------------------------------------------------------------------------

  /** One document of a batch: to be written, or refused already. */
  private sealed interface Item {
    record Write(DocumentWrite write) implements Item {}

    record Refused(String id, CouchError error) implements Item {}
  }

  /** A batch, in order; nothing of it is stored before all of it was read. */
  private static final class Batch {
    final List<Item> items = new ArrayList<>();
    boolean hasDocs;
    boolean newEdits = true;
  }

  void docs(Exchange exchange, DocumentStore store) {
    exchange.body().requireJson();
    var batch = exchange.body().read(body -> readBatch(body, exchange.user(), store));
    if (!batch.hasDocs) {
      throw CouchError.badRequest("POST body must include `docs` parameter.");
    }
    var writable = new ArrayList<DocumentWrite>();
    for (var item : batch.items) {
      if (item instanceof Item.Write(DocumentWrite write)) {
        if (!batch.newEdits && write.history().isEmpty()) {
          throw CouchError.badRequest(
              "When `new_edits: false`, the document needs `_rev` or `_revisions` specified");
        }
        writable.add(write);
      }
    }
    var outcomes = writes.store(exchange.user(), store, writable, batch.newEdits).iterator();
    var rows = new JsonArray();
    for (var item : batch.items) {
      switch (item) {
        case Item.Refused(String id, CouchError error) -> rows.add(errorRow(id, null, error));
        case Item.Write(DocumentWrite write) ->
            addRow(rows, write, outcomes.next(), batch.newEdits);
      }
    }
    exchange.json(201, rows);
  }

  private static void addRow(
      JsonArray rows, DocumentWrite write, WriteOutcome outcome, boolean newEdits) {
    if (!(outcome instanceof WriteOutcome.Stored(String id, Revision rev, boolean changed))) {
      var rev = newEdits || write.history().isEmpty() ? null : write.history().getFirst();
      rows.add(errorRow(outcome.id(), rev, CouchError.of(outcome)));
    } else if (newEdits) {
      rows.add(JsonText.ok(id, rev));
    }
  }

  private static JsonObject errorRow(
      String id, @org.jspecify.annotations.Nullable Revision rev, CouchError error) {
    var row = new JsonObject();
    row.addProperty("id", id);
    if (rev != null) {
      row.addProperty("rev", rev.toString());
    }
    row.addProperty("error", error.error());
    row.addProperty("reason", error.reason());
    return row;
  }

  private Batch readBatch(InputStream body, UserContext user, DocumentStore store)
      throws IOException {
    var head = body.readNBytes(SHORT);
    if (head.length < SHORT && !store.name().startsWith("_")) {
      var text = new String(head, StandardCharsets.UTF_8);
      // Of bytes that are no UTF-8 the decoder makes this character; the reader tells them apart.
      if (text.contains("\"new_edits\":false") && text.indexOf('\uFFFD') < 0) {
        var batch = scanBatch(text, user, store);
        if (batch.isPresent()) {
          return batch.get();
        }
      }
    }
    var whole = new SequenceInputStream(new ByteArrayInputStream(head), body);
    try (var reader = JsonText.reader(whole)) {
      return readBatch(reader, user, store);
    }
  }

  /**
   * What a replicator sends, read without making trees of the documents; empty where it is to be
   * read in the ordinary way.
   */
  private Optional<Batch> scanBatch(String text, UserContext user, DocumentStore store) {
    var documents = new ArrayList<String>();
    var replicated = false;
    try {
      var in = new JsonScanner(text);
      in.beginObject();
      for (var name = in.nextName(); name != null; name = in.nextName()) {
        var from = in.position();
        if (name.equals("docs")) {
          in.beginArray();
          while (in.nextElement()) {
            var document = in.position();
            in.skipValue();
            documents.add(in.since(document));
          }
        } else {
          in.skipValue();
          replicated |= name.equals("new_edits") && in.since(from).equals("false");
        }
      }
      in.end();
    } catch (JsonScanner.MalformedException e) {
      return Optional.empty();
    }
    if (!replicated || documents.isEmpty()) {
      return Optional.empty();
    }
    var batch = new Batch();
    batch.hasDocs = true;
    batch.newEdits = false;
    documents.forEach(document -> batch.items.add(replicated(document, user, store)));
    return Optional.of(batch);
  }

  private Item replicated(String document, UserContext user, DocumentStore store) {
    var write = DocumentWrite.fromText(document);
    try {
      writes.checkReplicated(user, store, write);
      return new Item.Write(write);
    } catch (CouchError e) {
      return refused(write.id(), e);
    }
  }

  private Batch readBatch(JsonReader reader, UserContext user, DocumentStore store)
      throws IOException {
    if (reader.peek() != JsonToken.BEGIN_OBJECT) {
      throw CouchError.badRequest("Request body must be a JSON object");
    }
    var batch = new Batch();
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.nextName()) {
        case "docs" -> readDocs(reader, batch, user, store);
        case "new_edits" -> {
          if (reader.peek() != JsonToken.BOOLEAN) {
            throw CouchError.badRequest("`new_edits` parameter must be a boolean.");
          }
          batch.newEdits = reader.nextBoolean();
        }
        default -> reader.skipValue();
      }
    }
    reader.endObject();
    if (reader.peek() != JsonToken.END_DOCUMENT) {
      throw CouchError.malformedJson();
    }
    return batch;
  }

  private void readDocs(JsonReader reader, Batch batch, UserContext user, DocumentStore store)
      throws IOException {
    if (reader.peek() != JsonToken.BEGIN_ARRAY) {
      throw CouchError.badRequest("`docs` parameter must be an array.");
    }
    batch.hasDocs = true;
    reader.beginArray();
    while (reader.hasNext()) {
      if (!(JsonText.next(reader) instanceof JsonObject document)) {
        throw CouchError.badRequest("Document must be a JSON object");
      }
      batch.items.add(item(document, user, store));
    }
    reader.endArray();
  }

  /** What this user may not write is a row of the answer; what nobody may refuses the batch. */
  private Item item(JsonObject document, UserContext user, DocumentStore store) {
    try {
      return new Item.Write(writes.check(user, store, document));
    } catch (CouchError e) {
      return refused(document.get("_id").getAsString(), e);
    }
  }

  private static Item refused(String id, CouchError error) {
    if (error.status() == 401 || error.status() == 403 || Writes.isOfDesign(error)) {
      return new Item.Refused(id, error);
    }
    throw error;
  }

  // -- _revs_diff ------------------------------------------------------------------------------

  void revsDiff(Exchange exchange, DocumentStore store) {
    var json = new JsonObject();
    missing(exchange, store)
        .forEach((id, answer) -> {
          var row = new JsonObject();
          row.add("missing", JsonText.revisions(answer.missing()));
          if (!answer.possibleAncestors().isEmpty()) {
            row.add("possible_ancestors", JsonText.revisions(answer.possibleAncestors()));
          }
          json.add(id, row);
        });
    exchange.json(200, json);
  }

  void missingRevs(Exchange exchange, DocumentStore store) {
    var rows = new JsonObject();
    missing(exchange, store)
        .forEach((id, answer) -> rows.add(id, JsonText.revisions(answer.missing())));
    var json = new JsonObject();
    json.add("missing_revs", rows);
    exchange.json(200, json);
  }

  private static Map<String, MissingRevisions> missing(Exchange exchange, DocumentStore store) {
    return store.revsDiff(revisions(exchange));
  }

  /** {@code {"id":["rev",…],…}}. */
  private static Map<String, List<Revision>> revisions(Exchange exchange) {
    exchange.body().requireJson();
    var asked = new LinkedHashMap<String, List<Revision>>();
    for (var member : exchange.body().object().entrySet()) {
      var revs = Query.strings(member.getKey(), member.getValue());
      asked.put(member.getKey(), revs.stream().map(Query::toRevision).toList());
    }
    return asked;
  }

  // -- _purge ----------------------------------------------------------------------------------

  void purge(Exchange exchange, DocumentStore store) {
    var asked = revisions(exchange);
    if (asked.size() > MOST_PURGED_DOCUMENTS) {
      throw CouchError.badRequest("Exceeded maximum number of documents.");
    }
    if (asked.values().stream().mapToInt(List::size).sum() > MOST_PURGED_REVISIONS) {
      throw CouchError.badRequest("Exceeded maximum number of revisions.");
    }
    var purged = store.purge(asked);
    var rows = new JsonObject();
    asked
        .keySet()
        .forEach(id -> rows.add(id, JsonText.revisions(purged.getOrDefault(id, List.of()))));
    var json = new JsonObject();
    json.add("purge_seq", JsonNull.INSTANCE);
    json.add("purged", rows);
    exchange.json(201, json);
  }
}
