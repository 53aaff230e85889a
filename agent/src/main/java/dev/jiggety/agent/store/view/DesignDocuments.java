package dev.jiggety.agent.store.view;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.AllDocsQuery;
import dev.jiggety.agent.store.DocumentIds;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.StoredDocument;
import dev.jiggety.agent.store.script.ScriptException;
import dev.jiggety.agent.store.script.Scripts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the views of design documents
 * (docs.couchdb.org/en/stable/api/ddoc/common.html#structure-of-the-design-document). Those that
 * were compiled last are kept. Thread-safe.
 */
public final class DesignDocuments {
  private static final int MOST_KEPT = 128;

  private final Scripts scripts;
  private final Predicate<DocumentStore> hasPartitions;
  private final Map<String, IndexDefinition> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, IndexDefinition> eldest) {
          return size() > MOST_KEPT;
        }
      };

  /**
   * Compiles in this sandbox, which belongs to the caller.
   *
   * @param hasPartitions whether a database has them, which never changes
   */
  public DesignDocuments(Scripts scripts, Predicate<DocumentStore> hasPartitions) {
    this.scripts = scripts;
    this.hasPartitions = hasPartitions;
  }

  /**
   * The index of a design document in JavaScript.
   *
   * @throws DesignException where its functions are none, or want what this store has not
   */
  public IndexDefinition definition(DocumentStore store, StoredDocument design)
      throws DesignException {
    var name = store.uuid() + " " + design.id() + " " + design.rev();
    synchronized (kept) {
      var known = kept.get(name);
      if (known != null) {
        return known;
      }
    }
    var made = compile(store, design.id(), DesignDocument.read(design.body()));
    synchronized (kept) {
      kept.put(name, made);
    }
    return made;
  }

  private IndexDefinition compile(DocumentStore store, String id, DesignDocument design)
      throws DesignException {
    refuseUnknown(design);
    var functions = new LinkedHashMap<String, List<Integer>>();
    var views = new ArrayList<IndexDefinition.View>();
    for (var view : design.views()) {
      functions.computeIfAbsent(view.map(), absent -> new ArrayList<>()).add(views.size());
      views.add(new IndexDefinition.View(view.name(), reduce(view)));
    }
    var maps = maps(design, List.copyOf(functions.keySet()));
    var viewsOf =
        functions.values().stream()
            .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new);
    var partitioned = design.partitioned(hasPartitions.test(store));
    return new IndexDefinition(
        id,
        design.signature(partitioned),
        views,
        design.option("include_design"),
        partitioned,
        new JavaScriptMapper(store, maps, viewsOf, design.option("local_seq")));
  }

  private static void refuseUnknown(DesignDocument design) throws DesignException {
    if (!design.language().equals(DesignDocument.JAVASCRIPT)) {
      throw new DesignException(DesignException.LANGUAGE, design.language());
    }
    for (var view : design.views()) {
      if (view.options().has("collation")) {
        throw new DesignException(
            DesignException.NOT_IMPLEMENTED, "options.collation of the view '" + view.name() + "'");
      }
    }
  }

  private Scripts.MapFunctions maps(DesignDocument design, List<String> sources)
      throws DesignException {
    if (sources.isEmpty()) {
      return (documents, emitter) -> {};
    }
    try {
      return scripts.maps(sources, design.lib());
    } catch (ScriptException all) {
      // Which one? Their names are ours to know.
      for (var view : design.views()) {
        try {
          scripts.maps(List.of(view.map()), design.lib());
        } catch (ScriptException e) {
          throw compilation("map", view.name(), e);
        }
      }
      throw compilation("map", design.views().getFirst().name(), all);
    }
  }

  private Reduce reduce(DesignDocument.View view) throws DesignException {
    var source = view.reduce();
    if (source == null) {
      return Reduce.NONE;
    }
    if (source.startsWith("_")) {
      return BuiltinReduces.find(source)
          .orElseThrow(() ->
              new DesignException(
                  DesignException.INVALID, "`" + source + "` is not a supported reduce function."));
    }
    try {
      return new JavaScriptReduce(scripts.reduce(source));
    } catch (ScriptException e) {
      throw compilation("reduce", view.name(), e);
    }
  }

  private static DesignException compilation(String kind, String view, ScriptException e) {
    return new DesignException(
        DesignException.COMPILATION,
        "Compilation of the "
            + kind
            + " function in the '"
            + view
            + "' view failed: "
            + e.reason());
  }

  /** The signatures of all indexes in JavaScript that a database's design documents have now. */
  public Set<String> signatures(DocumentStore store) {
    var signatures = new HashSet<String>();
    var partitions = hasPartitions.test(store);
    var query =
        new AllDocsQuery(
            DocumentIds.DESIGN, "_design0", false, null, false, 0, Long.MAX_VALUE, true);
    try (var rows = store.allDocs(query)) {
      while (rows.hasNext()) {
        var document = rows.next().document();
        if (document != null) {
          var design = DesignDocument.read(document.body());
          signatures.add(design.signature(design.partitioned(partitions)));
        }
      }
    }
    return signatures;
  }

  // -- before it is written ----------------------------------------------------------------------

  /**
   * Refuses a design document that CouchDB would not store.
   *
   * @throws DesignException {@link DesignException#INVALID} or {@link DesignException#COMPILATION}
   */
  public void check(JsonObject design) throws DesignException {
    for (var name : List.of("language", "validate_doc_update")) {
      require(design, name, "string");
    }
    for (var name : List.of("options", "filters", "lists", "shows", "updates", "views")) {
      require(design, name, "object");
    }
    require(design, "rewrites", "string or array");
    for (var group : List.of("filters", "lists", "shows", "updates")) {
      if (design.get(group) instanceof JsonObject functions) {
        for (var name : functions.keySet()) {
          require(functions, name, group + ".", "object or string");
        }
      }
    }
    if (design.get("views") instanceof JsonObject views) {
      checkViews(design, views);
    }
  }

  private void checkViews(JsonObject design, JsonObject views) throws DesignException {
    var read = DesignDocument.read(design);
    for (var name : views.keySet()) {
      require(views, name, "views.", "object");
      if (!name.equals("lib") && views.get(name) instanceof JsonObject view) {
        var inQuery = read.language().equals("query");
        require(view, "map", "views." + name + ".", inQuery ? "object" : "string");
        require(view, "reduce", "views." + name + ".", "string");
        if (!view.has("map")) {
          throw new DesignException(
              DesignException.INVALID, "View `" + name + "` must contain map function");
        }
      }
    }
    if (read.language().equals(DesignDocument.JAVASCRIPT)) {
      for (var view : read.views()) {
        maps(read, List.of(view.map()));
        reduce(view);
      }
    }
  }

  private static void require(JsonObject object, String name, String types) throws DesignException {
    require(object, name, "", types);
  }

  private static void require(JsonObject object, String name, String path, String types)
      throws DesignException {
    var value = object.get(name);
    if (value != null && !types.contains(type(value))) {
      throw new DesignException(
          DesignException.INVALID, "`" + path + name + "` field must have " + types + " type");
    }
  }

  private static String type(@Nullable JsonElement value) {
    return switch (value) {
      case JsonObject object -> "object";
      case JsonArray array -> "array";
      case JsonPrimitive text when text.isString() -> "string";
      case null, default -> "another";
    };
  }
}
