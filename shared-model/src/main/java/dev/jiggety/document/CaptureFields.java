package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Capture;
import java.util.ArrayList;
import java.util.List;

/**
 * The list {@code capture} of a request: items like {@code {"name": "token", "from": "json",
 * "expression": "$.token", "secret": true}}.
 */
final class CaptureFields {
  private static final String LIST = "capture";

  private CaptureFields() {}

  static List<Capture> read(Fields request, boolean strictly) {
    List<Capture> captures = new ArrayList<>();
    for (Fields item : request.objects(LIST)) {
      if (!item.has("from")) {
        item.report("from", "is missing: header, body, json, xpath or css");
      }
      captures.add(
          new Capture(
              item.text("name"),
              item.oneOf("from", Target.BODY, Target.values(), Target::label),
              item.text("expression"),
              item.flag("secret", false)));
      if (strictly) {
        item.refuseUnknown();
      }
    }
    return captures;
  }

  static void write(JsonObject request, List<Capture> captures) {
    if (captures.isEmpty()) {
      return;
    }
    JsonArray list = new JsonArray();
    for (Capture capture : captures) {
      JsonObject item = new JsonObject();
      item.addProperty("name", capture.name());
      item.addProperty("from", capture.target().label());
      item.addProperty("expression", capture.expression());
      if (capture.secret()) {
        item.addProperty("secret", true);
      }
      list.add(item);
    }
    request.add(LIST, list);
  }
}
