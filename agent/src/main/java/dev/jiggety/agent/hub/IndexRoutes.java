package dev.jiggety.agent.hub;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.DocumentForm;
import dev.jiggety.agent.store.DocumentIds;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.mango.DesignIndexes;
import dev.jiggety.agent.store.mango.IndexCatalog;
import dev.jiggety.agent.store.mango.IndexRequest;
import dev.jiggety.agent.store.mango.MangoIndex;
import dev.jiggety.agent.store.mango.SelectorException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Indexes for queries (CouchDB "/{db}/_index"). They are kept in design documents, so to make or
 * delete one needs the right to write these.
 */
final class IndexRoutes {
  private static final int ATTEMPTS = 5;
  private static final String JSON_TYPE = "json";

  private final IndexCatalog catalog;
  private final Writes writes;
  private final Partitions partitions;

  IndexRoutes(IndexCatalog catalog, Writes writes, Partitions partitions) {
    this.catalog = catalog;
    this.writes = writes;
    this.partitions = partitions;
  }

  void list(Exchange exchange, DocumentStore store) {
    var all = catalog.list(store);
    var query = exchange.query();
    var skip = query.number("skip", 0);
    var limit = query.number("limit", all.size());
    if (limit < 1) {
      throw new CouchError(
          400, "invalid_list_index_params", "Index parameter ranges: limit >= 1, skip >= 0");
    }
    var indexes = new JsonArray();
    all.stream().skip(skip).limit(limit).map(MangoIndex::toJson).forEach(indexes::add);
    var json = new JsonObject();
    json.addProperty("total_rows", all.size());
    json.add("indexes", indexes);
    exchange.json(200, json);
  }

  void create(Exchange exchange, DocumentStore store) {
    exchange.body().requireJson();
    IndexRequest request;
    boolean created;
    try {
      request = IndexRequest.parse(exchange.body().object());
      request.check(partitions.has(store));
      created =
          change(exchange, store, request.designId(), known -> DesignIndexes.add(known, request));
    } catch (SelectorException e) {
      throw FindRoutes.error(e);
    }
    var json = new JsonObject();
    json.addProperty("result", created ? "created" : "exists");
    json.addProperty("id", request.designId());
    json.addProperty("name", request.name());
    exchange.json(200, json);
  }

  /** Answers what is below {@code _index}: {@code {ddoc}/json/{name}} and {@code _bulk_delete}. */
  void part(Exchange exchange, DocumentStore store) {
    var path = exchange.path().subList(2, exchange.path().size());
    if (path.equals(List.of("_bulk_delete"))) {
      requireMethod(exchange, "POST");
      deleteMany(exchange, store);
      return;
    }
    var whole = path.getFirst().equals("_design") ? path.subList(1, path.size()) : path;
    if (whole.size() != 3) {
      throw CouchError.missing();
    }
    requireMethod(exchange, "DELETE");
    var id = designId(whole.get(0));
    var name = whole.get(2);
    if (!whole.get(1).equals(JSON_TYPE) || !has(store, id, name)) {
      throw CouchError.missing();
    }
    delete(exchange, store, id, name);
    exchange.json(200, JsonText.ok());
  }

  private static void requireMethod(Exchange exchange, String method) {
    if (!exchange.method().equals(method)) {
      throw CouchError.methodNotAllowed(method);
    }
  }

  private void deleteMany(Exchange exchange, DocumentStore store) {
    exchange.body().requireJson();
    if (!(exchange.body().object().get("docids") instanceof JsonArray ids)) {
      throw new CouchError(
          400, "invalid_bulk_docs", "Bulk Delete requires an array of ids in `docids`");
    }
    var success = new JsonArray();
    var failures = new JsonArray();
    for (var id : ids) {
      var answer = new JsonObject();
      answer.add("id", id);
      var error = deleteAll(exchange, store, id);
      if (error == null) {
        answer.addProperty("ok", true);
        success.add(answer);
      } else {
        answer.addProperty("error", error);
        failures.add(answer);
      }
    }
    var json = new JsonObject();
    json.add("success", success);
    json.add("fail", failures);
    exchange.json(200, json);
  }

  /** Deletes the indexes of a design document. Returns the error, null for none. */
  private @Nullable String deleteAll(Exchange exchange, DocumentStore store, JsonElement json) {
    var id = json instanceof JsonPrimitive text ? designId(text.getAsString()) : "";
    if (!has(store, id, null)) {
      return "not_found";
    }
    try {
      delete(exchange, store, id, null);
      return null;
    } catch (CouchError e) {
      return e.error();
    }
  }

  private boolean has(DocumentStore store, String id, @Nullable String name) {
    return catalog.list(store).stream()
        .anyMatch(
            index -> id.equals(index.designId()) && (name == null || name.equals(index.name())));
  }

  private void delete(Exchange exchange, DocumentStore store, String id, @Nullable String name) {
    try {
      change(
          exchange, store, id, known -> known == null ? null : DesignIndexes.remove(known, name));
    } catch (SelectorException e) {
      throw FindRoutes.error(e);
    }
  }

  private static String designId(String name) {
    return name.startsWith(DocumentIds.DESIGN) ? name : DocumentIds.DESIGN + name;
  }

  /** Makes another design document of one; null = none. */
  @FunctionalInterface
  private interface Edit {
    @Nullable JsonObject apply(@Nullable JsonObject design) throws SelectorException;
  }

  /** Changes a design document; once more, when another one was quicker. False = as it was. */
  private boolean change(Exchange exchange, DocumentStore store, String id, Edit edit)
      throws SelectorException {
    for (var attempt = 1; ; attempt++) {
      try {
        return tryChange(exchange.user(), store, id, edit);
      } catch (CouchError e) {
        if (e.status() != 409 || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private boolean tryChange(UserContext user, DocumentStore store, String id, Edit edit)
      throws SelectorException {
    var stored = store.get(id).filter(document -> !document.deleted());
    var known = stored.map(document -> store.toJson(document, DocumentForm.PLAIN)).orElse(null);
    var changed = edit.apply(known);
    if (Objects.equals(changed, known)) {
      return false;
    }
    var written = changed == null ? tombstone() : changed;
    written.addProperty("_id", id);
    stored.ifPresent(document -> written.addProperty("_rev", document.rev().toString()));
    writes.store(user, store, writes.check(user, store, written), true);
    return true;
  }

  private static JsonObject tombstone() {
    var json = new JsonObject();
    json.addProperty("_deleted", true);
    return json;
  }
}
