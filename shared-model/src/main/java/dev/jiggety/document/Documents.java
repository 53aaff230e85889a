package dev.jiggety.document;

import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import java.util.List;

/** What all documents share: id, type and schema. */
final class Documents {
  private Documents() {}

  static JsonObject envelope(String id, String type, int schema) {
    JsonObject json = new JsonObject();
    json.addProperty("_id", id);
    json.addProperty("type", type);
    json.addProperty("schema", schema);
    return json;
  }

  /**
   * Checks type and schema and gives the id without its prefix.
   *
   * @throws DocumentException at once when it is no such document, since nothing else would fit
   */
  static String open(Fields fields, DocumentType<?> type, String idPrefix) {
    String id = fields.text("_id");
    String found = fields.text("type", "");
    int schema = fields.smallNumber("schema", 0);
    if (!found.equals(type.type()) || !id.startsWith(idPrefix)) {
      throw wrong(
          "type", "expected a " + type.type() + ", found " + id + " of type \"" + found + "\"");
    }
    if (schema < 1 || schema > type.schema()) {
      throw wrong(
          "schema",
          id
              + " has schema "
              + schema
              + ", this version reads 1 to "
              + type.schema()
              + "; update Jiggety");
    }
    return id.substring(idPrefix.length());
  }

  private static DocumentException wrong(String place, String message) {
    return new DocumentException(List.of(new Problem(place, message)));
  }
}
