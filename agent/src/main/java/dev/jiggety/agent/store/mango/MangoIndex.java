package dev.jiggety.agent.store.mango;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An index that a query can use: one of a design document, or the documents by id.
 *
 * @param designId {@code _design/…}; null for the documents by id
 * @param name its name in the design document
 * @param position its place among the indexes of the design document
 * @param partial the documents that it is made of; empty = all that have its fields
 * @param partitioned whether it answers for one partition alone
 */
public record MangoIndex(
    @Nullable String designId,
    String name,
    int position,
    List<SortField> fields,
    Optional<Selector> partial,
    boolean partitioned) {

  /** The documents by id, which every database has. */
  static final MangoIndex ALL_DOCS =
      new MangoIndex(
          null, "_all_docs", 0, List.of(new SortField("_id", false)), Optional.empty(), false);

  public MangoIndex {
    fields = List.copyOf(fields);
  }

  boolean isSpecial() {
    return designId == null;
  }

  List<String> columns() {
    return fields.stream().map(SortField::name).toList();
  }

  /** Whether all that is asked for is in the index. */
  boolean covers(List<String> wanted) {
    var columns = columns();
    return !isSpecial()
        && wanted.stream().allMatch(field -> field.equals("_id") || columns.contains(field));
  }

  /** As {@code _index} and {@code _explain} show it. */
  public JsonObject toJson() {
    var json = new JsonObject();
    var design = designId;
    if (design == null) {
      json.add("ddoc", JsonNull.INSTANCE);
    } else {
      json.addProperty("ddoc", design);
    }
    json.addProperty("name", name);
    json.addProperty("type", isSpecial() ? "special" : "json");
    if (!isSpecial()) {
      json.addProperty("partitioned", partitioned);
    }
    var definition = new JsonObject();
    definition.add("fields", SortField.toArray(fields));
    partial.ifPresent(filter -> definition.add("partial_filter_selector", filter.toJson()));
    json.add("def", definition);
    return json;
  }
}
