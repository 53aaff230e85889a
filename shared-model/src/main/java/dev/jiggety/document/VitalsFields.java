package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.model.Vitals;
import java.util.List;

/** How a process and its machine are, as a part of the document of a node, a manager or a hub. */
final class VitalsFields {
  private VitalsFields() {}

  static JsonObject write(Vitals vitals) {
    JsonObject json = new JsonObject();
    if (vitals.diskFree() != null) {
      json.addProperty("diskFree", vitals.diskFree());
    }
    json.addProperty("memory", vitals.memory());
    if (!vitals.notices().isEmpty()) {
      JsonArray notices = new JsonArray();
      vitals.notices().forEach(notices::add);
      json.add("notices", notices);
    }
    return json;
  }

  static Vitals read(Fields fields) {
    return new Vitals(
        fields.has("diskFree") ? fields.number("diskFree", 0) : null,
        fields.number("memory", 0),
        List.copyOf(fields.texts("notices")));
  }
}
