package dev.jiggety.document;

import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.model.AccessEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Events of access as JSON: in the {@code hub:} document, and a line each in the hub's own record;
 * see docs/documents/hub.md.
 */
public final class AccessEvents {
  private AccessEvents() {}

  /** As JSON. */
  public static JsonObject write(AccessEvent event) {
    JsonObject json = new JsonObject();
    json.addProperty("at", event.at().toEpochMilli());
    json.addProperty("kind", event.kind().label());
    if (!event.who().isEmpty()) {
      json.addProperty("who", event.who());
    }
    if (!event.from().isEmpty()) {
      json.addProperty("from", event.from());
    }
    json.addProperty("what", event.what());
    return json;
  }

  /**
   * Reads one.
   *
   * @throws DocumentException when it is none
   */
  public static AccessEvent read(JsonObject json) {
    List<Problem> problems = new ArrayList<>();
    AccessEvent event = read(new Fields(json, "", problems));
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return event;
  }

  static AccessEvent read(Fields fields) {
    return new AccessEvent(
        Instant.ofEpochMilli(fields.required("at")),
        fields.oneOf(
            "kind", AccessEvent.Kind.REFUSED, AccessEvent.Kind.values(), AccessEvent.Kind::label),
        fields.text("who", ""),
        fields.text("from", ""),
        fields.text("what", ""));
  }
}
