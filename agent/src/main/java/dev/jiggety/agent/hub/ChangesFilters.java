package dev.jiggety.agent.hub;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.DocumentForm;
import dev.jiggety.agent.store.DocumentIds;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.RevisionFilter;
import dev.jiggety.agent.store.StoredDocument;
import dev.jiggety.agent.store.mango.Selector;
import dev.jiggety.agent.store.mango.SelectorException;
import dev.jiggety.agent.store.script.ScriptException;
import dev.jiggety.agent.store.script.Scripts;
import dev.jiggety.agent.store.script.Scripts.FilterFunction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The filters of {@code _changes} that look at documents (CouchDB "Changes Feeds: Filtering").
 * Functions are compiled once for each revision of their design document. Thread-safe.
 */
final class ChangesFilters {
  private static final DocumentForm SHOWN =
      new DocumentForm(true, false, false, false, false, false);

  private final Scripts scripts;
  private final Rights rights;
  private final CompiledFunctions<FilterFunction> compiled = new CompiledFunctions<>();

  ChangesFilters(Scripts scripts, Rights rights) {
    this.scripts = scripts;
    this.rights = rights;
  }

  /**
   * The filter that a request names; null for none and for {@code _doc_ids}.
   *
   * @param body of a POST; else null
   */
  @Nullable ChangesFilter of(Exchange exchange, DocumentStore store, @Nullable JsonObject body) {
    var name = exchange.query().text("filter").orElse("");
    return switch (name) {
      case "", "_doc_ids" -> null;
      case "_design" -> ChangesFilter.DESIGN;
      case "_selector" -> selector(store, body);
      case "_view" -> view(exchange, store);
      default -> {
        if (name.startsWith("_")) {
          throw CouchError.badRequest("unknown builtin filter name");
        }
        yield function(request(exchange, store), store, "filter", name, "filters");
      }
    };
  }

  private static ChangesFilter selector(DocumentStore store, @Nullable JsonObject body) {
    if (body == null) {
      throw CouchError.badRequest("Selector must be specified in POST payload");
    }
    var json = body.get("selector");
    if (json != null && !json.isJsonObject()) {
      throw CouchError.badRequest("Selector error: expected a JSON object");
    }
    var text = json == null ? new JsonObject() : json.getAsJsonObject();
    try {
      var selector = Selector.parse(text);
      return new ChangesFilter(
          text, false, revision -> selector.matches(store.toJson(revision, DocumentForm.PLAIN)));
    } catch (SelectorException e) {
      throw new CouchError(400, e.error(), e.reason());
    }
  }

  private ChangesFilter view(Exchange exchange, DocumentStore store) {
    var view = exchange.query().text("view").orElse("");
    if (view.isEmpty()) {
      throw CouchError.badRequest("`view` filter parameter is not provided.");
    }
    return function(request(exchange, store), store, "`view`", view, "views");
  }

  /**
   * A function for a replication that the hub runs itself.
   *
   * @param name {@code design/function}
   * @param group {@code filters} or {@code views}
   * @param query what the function sees as {@code req.query}
   * @throws CouchError where there is no such function, or it is none
   */
  RevisionFilter function(
      DocumentStore store, String name, String group, JsonObject query, UserContext user) {
    var path = List.of(store.name(), "_changes");
    var request = request("GET", path, query, user, store);
    return function(request, store, "filter", name, group).revisions();
  }

  private ChangesFilter function(
      JsonObject request, DocumentStore store, String parameter, String name, String group) {
    var slash = name.indexOf('/');
    if (slash < 1 || slash == name.length() - 1 || name.indexOf('/', slash + 1) >= 0) {
      var form = group.equals("views") ? "viewname" : "filtername";
      throw CouchError.badRequest(
          parameter
              + (group.equals("views") ? "" : " parameter")
              + " must be of the form `designname/"
              + form
              + "`");
    }
    var design = DocumentRoutes.winner(store, DocumentIds.DESIGN + name.substring(0, slash));
    var function = name.substring(slash + 1);
    var compiledFunction = compiled(store, design, group, function);
    var call =
        new ChangesFilter.Call(
            store.uuid(), design.id(), design.rev().toString(), group + "/" + function, request);
    return new ChangesFilter(call, true, calling(store, compiledFunction, request));
  }

  private FilterFunction compiled(
      DocumentStore store, StoredDocument design, String group, String name) {
    return compiled.find(
        store,
        design,
        List.of(group, name),
        () -> compile(store.toJson(design, DocumentForm.PLAIN), group, name));
  }

  private FilterFunction compile(JsonObject design, String group, String name) {
    var functions = member(design, group);
    var function = member(functions, name);
    try {
      if (group.equals("filters")) {
        return scripts.filter(text(function, name), design);
      }
      var lib = functions.getAsJsonObject().get("lib");
      return scripts.viewFilter(
          text(member(function, "map"), name),
          lib instanceof JsonObject object ? object : new JsonObject());
    } catch (ScriptException e) {
      throw fault(e);
    }
  }

  /** A member that must be there, as {@code couch_util:get_nested_json_value}. */
  private static JsonElement member(JsonElement object, String name) {
    var member = object instanceof JsonObject json ? json.get(name) : null;
    if (member == null) {
      throw CouchError.notFound("missing json key: " + name);
    }
    return member;
  }

  private static String text(JsonElement function, String name) {
    if (function instanceof JsonPrimitive text && text.isString()) {
      return text.getAsString();
    }
    throw CouchError.badRequest(name + " must be a string with a JavaScript function");
  }

  private RevisionFilter calling(DocumentStore store, FilterFunction function, JsonObject request) {
    return revision -> {
      var text = new StringBuilder();
      DocumentText.append(text, store, revision, SHOWN);
      try {
        return function.filter(List.of(text.toString()), request).getFirst();
      } catch (ScriptException e) {
        throw fault(e);
      }
    };
  }

  static CouchError fault(ScriptException e) {
    return switch (e.kind()) {
      case FORBIDDEN -> CouchError.forbidden(e.reason());
      case UNAUTHORIZED -> CouchError.unauthorized(e.reason());
      case COMPILATION -> new CouchError(500, "compilation_error", e.reason());
      case TIMEOUT, MEMORY -> new CouchError(500, "os_process_error", e.reason());
      case RUNTIME -> new CouchError(500, "unknown_error", e.reason());
    };
  }

  /**
   * CouchDB's request object, without what differs between two clients who want the same (headers,
   * address, number of the request): such feeds share their rows.
   */
  private JsonObject request(Exchange exchange, DocumentStore store) {
    return request(
        exchange.method(), exchange.path(), exchange.query().toJson(), exchange.user(), store);
  }

  private JsonObject request(
      String method, List<String> path, JsonObject query, UserContext who, DocumentStore store) {
    var request = new JsonObject();
    request.addProperty("method", method);
    request.add("path", JsonText.strings(path));
    request.add("query", query);
    var user = new JsonObject();
    user.addProperty("db", store.name());
    who.toJson().entrySet().forEach(e -> user.add(e.getKey(), e.getValue()));
    request.add("userCtx", user);
    request.add("secObj", rights.security(store).deepCopy());
    return request;
  }
}
