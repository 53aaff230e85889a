package dev.jiggety.agent.store.mango;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.view.IndexDefinition;
import dev.jiggety.agent.store.view.Reduce;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Indexes in design documents, in CouchDB's form of them: the language is {@code query}, each view
 * has the fields of an index for its map. A design document that was replicated from CouchDB works
 * here, and the other way round. Pure.
 */
public final class DesignIndexes {
  private static final System.Logger LOG = System.getLogger(DesignIndexes.class.getName());
  private static final String LANGUAGE = "query";

  private DesignIndexes() {}

  /** Whether a design document holds indexes. */
  static boolean isIndexes(JsonObject design) {
    return design.get("language") instanceof JsonPrimitive language
        && language.getAsString().equals(LANGUAGE);
  }

  // -- reading -----------------------------------------------------------------------------------

  /** The indexes of a design document; a view that is none is left out. */
  static List<MangoIndex> read(String id, JsonObject design, boolean partitions) {
    var partitioned = partitions && isPartitioned(design);
    var indexes = new ArrayList<MangoIndex>();
    if (isIndexes(design) && design.get("views") instanceof JsonObject views) {
      for (var view : views.entrySet()) {
        try {
          read(id, view.getKey(), indexes.size(), view.getValue(), partitioned)
              .ifPresent(indexes::add);
        } catch (SelectorException e) {
          LOG.log(Level.DEBUG, "{0}: {1} is no index: {2}", id, view.getKey(), e.reason());
        }
      }
    }
    return indexes;
  }

  /** In a database with partitions indexes are kept by these, unless they say no. */
  private static boolean isPartitioned(JsonObject design) {
    return !(design.get("options") instanceof JsonObject options
        && options.get("partitioned") instanceof JsonPrimitive flag
        && flag.isBoolean()
        && !flag.getAsBoolean());
  }

  private static Optional<MangoIndex> read(
      String id, String name, int position, JsonElement view, boolean partitioned)
      throws SelectorException {
    if (!(view instanceof JsonObject object
        && object.get("map") instanceof JsonObject map
        && map.get("fields") instanceof JsonObject members
        && !members.isEmpty())) {
      return Optional.empty();
    }
    var fields = new ArrayList<SortField>();
    for (var field : members.entrySet()) {
      var descending =
          field.getValue() instanceof JsonPrimitive text && text.getAsString().equals("desc");
      fields.add(new SortField(FieldPath.parse(field.getKey()).text(), descending));
    }
    return Optional.of(new MangoIndex(id, name, position, fields, partial(map), partitioned));
  }

  private static Optional<Selector> partial(JsonObject map) throws SelectorException {
    // Indexes of old versions have the selector under its old name.
    for (var name : List.of("partial_filter_selector", "selector")) {
      if (map.get(name) instanceof JsonObject selector && !selector.isEmpty()) {
        return Optional.of(Selector.parse(selector));
      }
    }
    return Optional.empty();
  }

  /** How the indexes of a design document are filled. */
  static IndexDefinition definition(DocumentStore store, String id, List<MangoIndex> indexes) {
    var views =
        indexes.stream().map(index -> new IndexDefinition.View(index.name(), Reduce.NONE)).toList();
    var partitioned = indexes.getFirst().partitioned();
    return new IndexDefinition(
        id, signature(indexes), views, false, partitioned, new FieldMapper(store, indexes));
  }

  /** Another one where other rows are made. */
  static String signature(List<MangoIndex> indexes) {
    var text = new StringBuilder("mango ").append(IndexDefinition.FORMAT);
    for (var index : indexes) {
      text.append(index.partitioned() ? " partitioned" : "");
      text.append('\n').append(FindRequest.strings(index.columns()));
      index.partial().ifPresent(filter -> text.append(' ').append(filter));
    }
    try {
      var md5 = MessageDigest.getInstance("MD5");
      return HexFormat.of().formatHex(md5.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  // -- changing ----------------------------------------------------------------------------------

  /**
   * The design document with one more index; one of that name is replaced.
   *
   * @param design null where there is none yet
   * @return equal to {@code design} where the index is there already
   * @throws SelectorException where the design document is one of another language
   */
  public static JsonObject add(@Nullable JsonObject design, IndexRequest request)
      throws SelectorException {
    var changed = new JsonObject();
    if (design == null) {
      changed.addProperty("language", LANGUAGE);
    } else {
      checkLanguage(design);
      changed = design.deepCopy();
    }
    var views = changed.get("views") instanceof JsonObject known ? known : new JsonObject();
    views.add(request.name(), request.view());
    changed.add("views", views);
    if (design == null && request.partitioned() != null) {
      var options = new JsonObject();
      options.addProperty("partitioned", request.partitioned());
      changed.add("options", options);
    }
    return changed;
  }

  private static void checkLanguage(JsonObject design) throws SelectorException {
    if (!isIndexes(design)) {
      throw new SelectorException(
          "invalid_ddoc_lang",
          "Existing design doc has an invalid language: "
              + design.get("language")
              + "; name another `ddoc`");
    }
  }

  /**
   * The design document without an index.
   *
   * @param name null = without any
   * @return null where nothing is left of it
   */
  public static @Nullable JsonObject remove(JsonObject design, @Nullable String name) {
    var changed = design.deepCopy();
    if (name != null && changed.get("views") instanceof JsonObject views) {
      views.remove(name);
      if (!views.isEmpty()) {
        return changed;
      }
    }
    changed.remove("views");
    changed.remove("_id");
    changed.remove("_rev");
    return changed.size() == 1 ? null : design(design, changed);
  }

  private static JsonObject design(JsonObject before, JsonObject changed) {
    for (var name : List.of("_id", "_rev")) {
      if (before.has(name)) {
        changed.add(name, before.get(name));
      }
    }
    return changed;
  }
}
