package dev.jiggety.agent.store.mango;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;

/** A field of a sort or an index, with its direction. */
record SortField(String name, boolean descending) {

  /** Reads the fields of a sort or an index; all must have one direction, as in CouchDB. */
  static List<SortField> parse(JsonElement json) throws SelectorException {
    if (!(json instanceof JsonArray array)) {
      throw new SelectorException(
          "invalid_sort_json", "Sort must be an array of sort specs, not: " + json);
    }
    var fields = new ArrayList<SortField>();
    for (var element : array) {
      fields.add(field(element));
    }
    if (fields.stream().map(SortField::descending).distinct().count() > 1) {
      throw new SelectorException(
          "unsupported_mixed_sort",
          "Sorts currently only support a single direction for all fields.");
    }
    return List.copyOf(fields);
  }

  private static SortField field(JsonElement json) throws SelectorException {
    if (json instanceof JsonPrimitive text && text.isString() && !text.getAsString().isEmpty()) {
      return checked(text.getAsString(), false);
    }
    if (json instanceof JsonObject object && object.size() == 1) {
      var only = object.entrySet().iterator().next();
      var direction = only.getValue() instanceof JsonPrimitive text ? text.getAsString() : "";
      if (direction.equals("asc") || direction.equals("desc")) {
        return checked(only.getKey(), direction.equals("desc"));
      }
    }
    throw new SelectorException("invalid_sort_field", "Invalid sort field: " + json);
  }

  private static SortField checked(String name, boolean descending) throws SelectorException {
    return new SortField(FieldPath.parse(name).text(), descending);
  }

  String direction() {
    return descending ? "desc" : "asc";
  }

  /** As an object with a member for each field, as CouchDB keeps them in design documents. */
  static JsonObject toObject(List<SortField> fields) {
    var object = new JsonObject();
    fields.forEach(field -> object.addProperty(field.name, field.direction()));
    return object;
  }

  /** As an array of objects with one member each, as CouchDB shows them. */
  static JsonArray toArray(List<SortField> fields) {
    var array = new JsonArray();
    fields.forEach(field -> array.add(toObject(List.of(field))));
    return array;
  }
}
