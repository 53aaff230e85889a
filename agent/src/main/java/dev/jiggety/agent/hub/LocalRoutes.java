package dev.jiggety.agent.hub;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.AllDocsQuery;
import dev.jiggety.agent.store.DocumentIds;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.Revision;
import dev.jiggety.agent.store.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Documents that are never replicated: checkpoints (CouchDB "Local (non-replicating) Documents").
 */
final class LocalRoutes {
  private static final int PAGE = 500;

  private final HubConfig.Limits limits;

  LocalRoutes(HubConfig.Limits limits) {
    this.limits = limits;
  }

  void get(Exchange exchange, DocumentStore store, String id) {
    exchange.json(200, store.local(id).orElseThrow(CouchError::missing));
  }

  void put(Exchange exchange, DocumentStore store, String id) {
    var body = exchange.body().document();
    if (body.toString().length() > limits.documentBytes()) {
      throw CouchError.documentTooLarge(id);
    }
    var outcome = store.putLocal(id, body, revision(exchange, body));
    if (!(outcome instanceof WriteOutcome.Stored stored)) {
      throw CouchError.of(outcome);
    }
    exchange
        .setHeader("Location", exchange.location(store.name()) + "/" + id)
        .json(201, JsonText.ok(id, stored.rev()));
  }

  private static Optional<Revision> revision(Exchange exchange, JsonObject body) {
    return body.get("_rev") instanceof JsonPrimitive rev && rev.isString()
        ? Optional.of(Query.toRevision(rev.getAsString()))
        : DocumentRoutes.named(exchange, exchange.query().revision("rev"));
  }

  void delete(Exchange exchange, DocumentStore store, String id) {
    if (!store.deleteLocal(id)) {
      throw CouchError.missing();
    }
    exchange.json(200, JsonText.ok(id, new Revision(0, "0")));
  }

  // -- all of them -----------------------------------------------------------------------------

  /** {@code /db/_local_docs}: all but the hub's own. */
  void list(Exchange exchange, DocumentStore store) {
    exchange.json(200, list(store, AllDocsRoutes.query(exchange)));
  }

  /** {@code /db/_local_docs/queries}. */
  void queries(Exchange exchange, DocumentStore store) {
    var results = new JsonArray();
    AllDocsRoutes.queries(exchange).forEach(query -> results.add(list(store, query)));
    var json = new JsonObject();
    json.add("results", results);
    exchange.json(200, json);
  }

  private static JsonObject list(DocumentStore store, Query query) {
    var asked = new AllDocsParameters(query, null, null).asked();
    var rows = new JsonArray();
    if (asked.keys() != null) {
      asked.keys().forEach(key -> rows.add(row(store, key, asked)));
    } else {
      var found = all(store);
      (asked.descending() ? found.reversed() : found)
          .stream()
              .filter(document -> isIn(asked, id(document)))
              .skip(asked.skip())
              .limit(asked.limit())
              .forEach(document -> rows.add(row(document, asked)));
    }
    var json = new JsonObject();
    json.add("total_rows", JsonNull.INSTANCE);
    json.add("offset", JsonNull.INSTANCE);
    json.add("rows", rows);
    return json;
  }

  private static List<JsonObject> all(DocumentStore store) {
    var all = new ArrayList<JsonObject>();
    var read = 0L;
    for (var page = store.locals(0, PAGE); !page.isEmpty(); page = store.locals(read, PAGE)) {
      page.stream().filter(document -> !Rights.isReserved(id(document))).forEach(all::add);
      read += page.size();
    }
    return all;
  }

  private static String id(JsonObject document) {
    return document.get("_id").getAsString();
  }

  /** Whether the id is in the range; the store orders local documents as it does the others. */
  private static boolean isIn(AllDocsQuery asked, String id) {
    return (asked.startKey() == null
            || !AllDocsParameters.isBefore(id, asked.startKey(), asked.descending()))
        && (asked.endKey() == null
            || AllDocsParameters.isBefore(id, asked.endKey(), asked.descending())
            || (asked.inclusiveEnd() && id.equals(asked.endKey())));
  }

  private static JsonObject row(DocumentStore store, String key, AllDocsQuery asked) {
    var document =
        key.startsWith(DocumentIds.LOCAL) && !Rights.isReserved(key)
            ? store.local(key)
            : Optional.<JsonObject>empty();
    return document.map(found -> row(found, asked)).orElseGet(() -> notFound(key));
  }

  private static JsonObject notFound(String key) {
    var row = new JsonObject();
    row.addProperty("key", key);
    row.addProperty("error", "not_found");
    return row;
  }

  private static JsonObject row(JsonObject document, AllDocsQuery asked) {
    var value = new JsonObject();
    value.add("rev", document.get("_rev"));
    var row = new JsonObject();
    row.add("id", document.get("_id"));
    row.add("key", document.get("_id"));
    row.add("value", value);
    if (asked.includeDocs()) {
      row.add("doc", document);
    }
    return row;
  }
}
