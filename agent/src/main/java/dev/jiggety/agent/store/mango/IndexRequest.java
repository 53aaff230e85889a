package dev.jiggety.agent.store.mango;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An index that is to be made (CouchDB's POST "/{db}/_index").
 *
 * @param designId {@code _design/…}
 * @param index what was asked for, as it came
 * @param partial the normal form of its partial filter selector; empty = none
 * @param partitioned what was asked for; null = nothing
 */
public record IndexRequest(
    String designId,
    String name,
    JsonObject index,
    List<SortField> fields,
    JsonObject partial,
    @Nullable Boolean partitioned) {

  public IndexRequest {
    fields = List.copyOf(fields);
  }

  /**
   * Reads a request.
   *
   * @throws SelectorException where it is none, or wants what this hub has not
   */
  public static IndexRequest parse(JsonObject json) throws SelectorException {
    var options = new Options(json);
    var index = options.required("index");
    var type = options.text("type");
    var name = options.text("name");
    var design = options.text("ddoc");
    options.positive("w", 1);
    var partitioned = options.get("partitioned") == null ? null : options.flag("partitioned", true);
    options.finish();
    checkType(type == null ? "json" : type);
    if (!(index instanceof JsonObject definition)) {
      throw new SelectorException("invalid_index", "JSON indexes must be an object, not: " + index);
    }
    var parts = new Options(definition);
    var fields = SortField.parse(parts.required("fields"));
    var filter = parts.get("partial_filter_selector");
    parts.finish();
    if (fields.isEmpty()) {
      throw new SelectorException(
          "invalid_sort_json", "An index needs at least one field: name some in `fields`");
    }
    var generated = generatedName(json);
    return new IndexRequest(
        designId(design == null ? generated : design),
        name == null ? generated : name,
        definition,
        fields,
        filter == null ? new JsonObject() : Options.selector(filter).toJson(),
        partitioned);
  }

  /** Refuses what a database cannot have. */
  public void check(boolean partitions) throws SelectorException {
    if (!partitions && Boolean.TRUE.equals(partitioned)) {
      throw new SelectorException(
          "bad_request", "`partitioned: true` cannot be used in a non-partitioned database");
    }
  }

  private static void checkType(String type) throws SelectorException {
    switch (type) {
      case "json" -> {}
      case "text", "nouveau" ->
          throw new SelectorException(
              "not_implemented",
              "This hub has no indexes of type " + type + ", only json; Apache CouchDB has them");
      default -> throw new SelectorException("invalid_index", "Invalid type for index: " + type);
    }
  }

  static String designId(String name) {
    return name.startsWith("_design/") ? name : "_design/" + name;
  }

  /** The same for the same request, so that it makes one index, however often it comes. */
  private static String generatedName(JsonObject json) {
    try {
      var sha = MessageDigest.getInstance("SHA-1");
      return HexFormat.of().formatHex(sha.digest(json.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  /** The view that keeps it in its design document. */
  JsonElement view() {
    var map = new JsonObject();
    map.add("fields", SortField.toObject(fields));
    map.add("partial_filter_selector", partial);
    var options = new JsonObject();
    options.add("def", index);
    var view = new JsonObject();
    view.add("map", map);
    view.addProperty("reduce", "_count");
    view.add("options", options);
    return view;
  }
}
