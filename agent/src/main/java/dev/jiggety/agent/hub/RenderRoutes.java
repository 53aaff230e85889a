package dev.jiggety.agent.hub;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.DocumentForm;
import dev.jiggety.agent.store.DocumentIds;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.InvalidDocumentException;
import dev.jiggety.agent.store.StoreException;
import dev.jiggety.agent.store.script.ScriptException;
import dev.jiggety.agent.store.script.Scripts;
import dev.jiggety.agent.store.script.Scripts.RenderFunction;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Functions of design documents that make answers (CouchDB "/{db}/_design/{ddoc}/_show", "_list"
 * and "_update"): they see requests as {@link RenderRequest} shows them.
 */
final class RenderRoutes {
  private static final DocumentForm SHOWN =
      new DocumentForm(true, false, false, false, false, false);

  private final Scripts scripts;
  private final RenderRequest requests;
  private final ViewRoutes views;
  private final Writes writes;
  private final CompiledFunctions<RenderFunction> compiled = new CompiledFunctions<>();

  RenderRoutes(Scripts scripts, RenderRequest requests, ViewRoutes views, Writes writes) {
    this.scripts = scripts;
    this.requests = requests;
    this.views = views;
    this.writes = writes;
  }

  /** A call of a function. */
  @FunctionalInterface
  private interface Call<T> {
    T run() throws ScriptException;
  }

  /** Answers {@code _show/FUNCTION} and {@code _show/FUNCTION/DOCUMENT}. */
  void show(Exchange exchange, DocumentStore store, String designId, String rest) {
    var called = rest.split("/", 2);
    var id = called.length > 1 ? called[1] : null;
    var function = function(store, designId, "shows", called[0]);
    var request = requests.of(exchange, store, id, requests.body(exchange));
    var response = run(() -> function.show(document(store, id), request));
    RenderResponse.send(exchange, response, 200);
  }

  /** Answers {@code _list/FUNCTION/VIEW} and {@code _list/FUNCTION/DESIGN/VIEW}. */
  void list(Exchange exchange, DocumentStore store, String designId, String rest) {
    var called = rest.split("/", -1);
    if (called.length < 2 || called.length > 3) {
      throw CouchError.notFound("missing view name in list request");
    }
    var function = function(store, designId, "lists", called[0]);
    var viewDesign = called.length == 3 ? DocumentIds.DESIGN + called[1] : designId;
    var body = requests.body(exchange);
    var keys = body == null ? new JsonObject() : keys(body);
    var answer = views.rows(store, viewDesign, called[called.length - 1], keys, exchange.query());
    var listing = answer.listing();
    var rows = new Watched(listing.rows());
    var request = requests.of(exchange, store, null, body);
    JsonObject response;
    try {
      response = function.list(listing.head(), request, rows);
    } catch (ScriptException e) {
      if (rows.fault != null) {
        throw rows.fault;
      }
      throw fault(e);
    }
    RenderResponse.send(exchange, response, 200);
    answer.afterwards();
  }

  /** Rows asked for by a function, which hides from us why there are no more. */
  private static final class Watched implements Iterator<JsonObject> {
    private final Iterator<JsonObject> rows;
    private @Nullable StoreException fault;

    Watched(Iterator<JsonObject> rows) {
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      try {
        return rows.hasNext();
      } catch (StoreException e) {
        fault = e;
        throw e;
      }
    }

    @Override
    public JsonObject next() {
      try {
        return rows.next();
      } catch (StoreException e) {
        fault = e;
        throw e;
      }
    }
  }

  private static JsonObject keys(String body) {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    var json =
        JsonText.guard(() -> {
          try (var reader = JsonText.reader(new ByteArrayInputStream(bytes))) {
            return JsonText.whole(reader);
          }
        });
    var keys = new JsonObject();
    if (json instanceof JsonObject object && object.has("keys")) {
      if (!object.get("keys").isJsonArray()) {
        throw CouchError.badRequest("`keys` member must be an array.");
      }
      keys.add("keys", object.get("keys"));
    }
    return keys;
  }

  /** Answers {@code _update/FUNCTION} and {@code _update/FUNCTION/DOCUMENT}. */
  void update(Exchange exchange, DocumentStore store, String designId, String rest) {
    var called = rest.split("/", 2);
    var id = called.length > 1 ? called[1] : null;
    var function = function(store, designId, "updates", called[0]);
    var request = requests.of(exchange, store, id, requests.body(exchange));
    var updated = run(() -> function.update(document(store, id), request));
    var document = updated.document();
    if (document == null) {
      RenderResponse.send(exchange, updated.response(), 200);
      return;
    }
    if (!document.has("_id")) {
      throw new InvalidDocumentException(
          InvalidDocumentException.ILLEGAL_ID, "Document id must not be empty");
    }
    document.remove("_revisions"); // it was only shown
    var user = exchange.user();
    var stored = writes.store(user, store, writes.check(user, store, document), true);
    exchange.setHeader("X-Couch-Update-NewRev", stored.rev().toString());
    exchange.setHeader("X-Couch-Id", Uris.encode(stored.id()));
    RenderResponse.send(exchange, updated.response(), 201);
  }

  private static JsonElement document(DocumentStore store, @Nullable String id) {
    return Optional.ofNullable(id)
        .flatMap(store::get)
        .filter(document -> !document.deleted())
        .<JsonElement>map(document -> store.toJson(document, SHOWN))
        .orElse(JsonNull.INSTANCE);
  }

  private RenderFunction function(DocumentStore store, String designId, String group, String name) {
    var design = DocumentRoutes.winner(store, designId);
    return compiled.find(
        store,
        design,
        List.of(group, name),
        () -> {
          var json = store.toJson(design, DocumentForm.PLAIN);
          if (json.get(group) instanceof JsonObject functions
              && functions.get(name) instanceof JsonPrimitive source
              && source.isString()) {
            return run(() -> scripts.render(source.getAsString(), json));
          }
          throw CouchError.notFound(
              "missing " + group + " function " + name + " on design doc " + designId);
        });
  }

  private static <T> T run(Call<T> call) {
    try {
      return call.run();
    } catch (ScriptException e) {
      throw fault(e);
    }
  }

  private static CouchError fault(ScriptException e) {
    return e.kind() == ScriptException.Kind.RUNTIME
        ? new CouchError(500, "render_error", e.reason())
        : ChangesFilters.fault(e);
  }
}
