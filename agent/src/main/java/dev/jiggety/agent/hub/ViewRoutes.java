package dev.jiggety.agent.hub;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.agent.store.DocumentIds;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.StoreException;
import dev.jiggety.agent.store.StoredDocument;
import dev.jiggety.agent.store.mango.IndexCatalog;
import dev.jiggety.agent.store.view.DesignDocuments;
import dev.jiggety.agent.store.view.DesignException;
import dev.jiggety.agent.store.view.IndexDefinition;
import dev.jiggety.agent.store.view.Reduce;
import dev.jiggety.agent.store.view.ViewIndexes;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Queries of views, and the care for their indexes (CouchDB "/{db}/_design/{ddoc}/_view"). */
final class ViewRoutes {
  private static final System.Logger LOG = System.getLogger(ViewRoutes.class.getName());
  private static final String QUERIES = "/queries";

  private final DesignDocuments designs;
  private final IndexCatalog queries;
  private final ViewIndexes indexes;

  ViewRoutes(DesignDocuments designs, IndexCatalog queries, ViewIndexes indexes) {
    this.designs = designs;
    this.queries = queries;
    this.indexes = indexes;
  }

  /** Answers {@code _view/NAME} and {@code _view/NAME/queries}. */
  void view(Exchange exchange, DocumentStore store, String id, String name) {
    var definition = definition(store, design(store, id));
    if (name.endsWith(QUERIES) && !has(definition, name)) {
      queries(exchange, store, definition, name.substring(0, name.length() - QUERIES.length()));
      return;
    }
    view(exchange, store, definition, name, null);
  }

  /** Answers {@code _partition/PARTITION/_design/NAME/_view/NAME}. */
  void partition(
      Exchange exchange, DocumentStore store, Partitions.Range range, List<String> rest) {
    if (rest.size() < 4 || !rest.get(2).equals("_view")) {
      throw CouchError.missing();
    }
    var definition = definition(store, design(store, DocumentIds.DESIGN + rest.get(1)));
    var name = String.join("/", rest.subList(3, rest.size()));
    view(exchange, store, definition, name, range.partition());
  }

  private void view(
      Exchange exchange,
      DocumentStore store,
      IndexDefinition definition,
      String name,
      @Nullable String partition) {
    var body = new JsonObject();
    if (exchange.method().equals("POST")) {
      exchange.body().requireJson();
      body = exchange.body().object();
      if (body.has("queries")) {
        throw CouchError.badRequest(
            "The `queries` parameter is no longer supported at this endpoint");
      }
      if (body.has("keys") && !body.get("keys").isJsonArray()) {
        throw CouchError.badRequest("`keys` member must be an array.");
      }
    }
    var view = find(definition, name);
    var given = ViewParameters.given(body, exchange.query());
    var answer = answer(store, definition, view, read(definition, view, given, partition));
    exchange.setHeader("Cache-Control", "must-revalidate").stream(
        Exchange.JSON,
        true,
        out -> {
          var json = new JsonStream(out);
          answer.write(json);
          json.text().append('\n');
          json.flush();
        });
    answer.afterwards();
  }

  private void queries(
      Exchange exchange, DocumentStore store, IndexDefinition definition, String name) {
    if (!exchange.method().equals("POST")) {
      throw CouchError.methodNotAllowed("POST");
    }
    exchange.body().requireJson();
    var view = find(definition, name);
    var answers = new ArrayList<ViewAnswer>();
    for (var query : queries(exchange.body().object())) {
      var given = ViewParameters.given(new JsonObject(), exchange.query());
      for (var group : List.of("group", "group_level", "keys")) {
        given.remove(group); // each query has its own
      }
      query.entrySet().forEach(member -> given.add(member.getKey(), member.getValue()));
      answers.add(answer(store, definition, view, read(definition, view, given, null)));
    }
    exchange.setHeader("Cache-Control", "must-revalidate").stream(
        Exchange.JSON,
        true,
        out -> {
          var json = new JsonStream(out);
          json.text().append("{\"results\":[");
          var separator = "\r\n";
          for (var answer : answers) {
            json.text().append(separator);
            answer.write(json);
            separator = ",\r\n";
          }
          json.text().append("\r\n]}\n");
          json.flush();
        });
    answers.forEach(ViewAnswer::afterwards);
  }

  private static List<JsonObject> queries(JsonObject body) {
    if (!body.has("queries")) {
      throw CouchError.badRequest("POST body must include `queries` parameter.");
    }
    if (!(body.get("queries") instanceof JsonArray array)) {
      throw CouchError.badRequest("`queries` member must be an array.");
    }
    var queries = new ArrayList<JsonObject>();
    for (var query : array) {
      if (!(query instanceof JsonObject object)) {
        throw CouchError.badRequest("`queries` must be an array of objects.");
      }
      queries.add(object);
    }
    return queries;
  }

  private static ViewParameters read(
      IndexDefinition definition, int view, JsonObject given, @Nullable String partition) {
    var asked = ViewParameters.read(given, reducible(definition, view));
    if (definition.partitioned() && partition == null) {
      throw CouchError.queryParse("`partition` parameter is mandatory for queries to this view.");
    }
    if (!definition.partitioned() && partition != null) {
      throw CouchError.queryParse("`partition` parameter is not supported in this design doc");
    }
    return asked.in(partition);
  }

  private ViewAnswer answer(
      DocumentStore store, IndexDefinition definition, int view, ViewParameters asked) {
    var index = indexes.find(store, definition);
    var seq = asked.update() ? index.update() : index.info().updateSeq();
    return new ViewAnswer(store, index, view, asked, seq);
  }

  /**
   * The rows of a view one by one, for a list function.
   *
   * @param body of the request, with {@code keys} or nothing
   */
  ViewAnswer rows(DocumentStore store, String designId, String name, JsonObject body, Query query) {
    var definition = definition(store, design(store, designId));
    var view = find(definition, name);
    var given = ViewParameters.given(body, query);
    return answer(store, definition, view, read(definition, view, given, null));
  }

  // -- design documents --------------------------------------------------------------------------

  private static StoredDocument design(DocumentStore store, String id) {
    var design = store.get(id).orElseThrow(CouchError::missing);
    if (design.deleted()) {
      throw CouchError.deleted();
    }
    return design;
  }

  private IndexDefinition definition(DocumentStore store, StoredDocument design) {
    try {
      return designs.definition(store, design);
    } catch (DesignException e) {
      throw error(e);
    }
  }

  /** The answer for a design document that cannot be used. */
  static CouchError error(DesignException e) {
    return switch (e.error()) {
      case DesignException.NOT_IMPLEMENTED -> CouchError.notImplemented(e.reason());
      case DesignException.LANGUAGE ->
          CouchError.notImplemented("a view in the language '" + e.reason() + "'");
      default -> new CouchError(400, e.error(), e.reason());
    };
  }

  private static boolean has(IndexDefinition definition, String name) {
    return definition.views().stream().anyMatch(view -> view.name().equals(name));
  }

  private static int find(IndexDefinition definition, String name) {
    for (var view = 0; view < definition.views().size(); view++) {
      if (definition.views().get(view).name().equals(name)) {
        return view;
      }
    }
    throw CouchError.notFound("missing_named_view");
  }

  private static boolean reducible(IndexDefinition definition, int view) {
    return !definition.views().get(view).reduce().equals(Reduce.NONE);
  }

  // -- care ------------------------------------------------------------------------------------

  /** Answers {@code _design/NAME/_info}. */
  void info(Exchange exchange, DocumentStore store, String id, String rest) {
    if (!rest.isEmpty()) {
      throw CouchError.missing();
    }
    var definition = definition(store, design(store, id));
    var info = indexes.find(store, definition).info();
    var pending = new JsonObject();
    for (var name : List.of("minimum", "preferred", "total")) {
      pending.addProperty(name, store.info().updateSeq() - info.updateSeq());
    }
    var sizes = new JsonObject();
    sizes.addProperty("file", info.fileBytes());
    sizes.addProperty("external", info.activeBytes());
    sizes.addProperty("active", info.activeBytes());
    var index = new JsonObject();
    index.add("updates_pending", pending);
    index.addProperty("waiting_commit", false);
    index.addProperty("waiting_clients", 0);
    index.addProperty("updater_running", info.updating());
    index.addProperty("update_seq", info.updateSeq());
    index.add("sizes", sizes);
    index.addProperty("signature", definition.signature());
    index.addProperty("purge_seq", store.info().purgeSeq());
    index.addProperty("language", "javascript");
    index.addProperty("compact_running", false);
    var json = new JsonObject();
    json.addProperty("name", id.substring(DocumentIds.DESIGN.length()));
    json.add("view_index", index);
    exchange.json(200, json);
  }

  /** Answers {@code _view_cleanup}. */
  void cleanUp(Exchange exchange, DocumentStore store) {
    exchange.body().requireJson();
    cleanUp(store);
    exchange.json(202, JsonText.ok());
  }

  /** Deletes indexes whose design documents are gone. */
  void cleanUp(DocumentStore store) {
    var signatures = new HashSet<>(designs.signatures(store));
    signatures.addAll(queries.signatures(store));
    indexes.cleanUp(store, signatures);
  }

  /** Answers {@code _compact/NAME} at once; the work goes on behind. */
  void compact(Exchange exchange, DocumentStore store) {
    exchange.body().requireJson();
    var id = DocumentIds.DESIGN + exchange.path().getLast();
    var index = indexes.find(store, definition(store, design(store, id)));
    Thread.ofVirtual()
        .name("hub-compact-" + store.name())
        .start(() -> {
          try {
            index.compact();
          } catch (StoreException e) {
            LOG.log(Level.WARNING, "compaction of " + id + " ended early", e);
          }
        });
    exchange.json(202, JsonText.ok());
  }
}
