package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.model.HubReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@code hub:<name>} documents in the status database; see docs/documents/hub.md. */
public final class HubDocument implements DocumentType<HubReport> {
  /** The one instance; it has no state. */
  public static final HubDocument TYPE = new HubDocument();

  private HubDocument() {}

  @Override
  public String type() {
    return "hub";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(HubReport hub) {
    return Ids.hub(hub.name());
  }

  @Override
  public JsonObject write(HubReport hub) {
    JsonObject json = Documents.envelope(id(hub), type(), schema());
    json.addProperty("version", hub.version());
    json.addProperty("startedAt", hub.startedAt().toEpochMilli());
    json.addProperty("heartbeatAt", hub.heartbeatAt().toEpochMilli());
    json.addProperty("databases", hub.databases());
    json.addProperty("bytes", hub.bytes());
    json.addProperty("feeds", hub.feeds());
    json.add("vitals", VitalsFields.write(hub.vitals()));
    if (hub.refusedLogins() > 0) {
      json.addProperty("refusedLogins", hub.refusedLogins());
    }
    if (!hub.access().isEmpty()) {
      JsonArray access = new JsonArray();
      hub.access().forEach(event -> access.add(AccessEvents.write(event)));
      json.add("access", access);
    }
    return json;
  }

  @Override
  public HubReport read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(document, "", problems);
    String name = Documents.open(fields, this, "hub:");
    HubReport hub =
        new HubReport(
            name,
            fields.text("version", ""),
            Instant.ofEpochMilli(fields.number("startedAt", 0)),
            Instant.ofEpochMilli(fields.number("heartbeatAt", 0)),
            fields.smallNumber("databases", 0),
            fields.number("bytes", 0),
            fields.smallNumber("feeds", 0),
            VitalsFields.read(fields.object("vitals")),
            fields.number("refusedLogins", 0),
            fields.objects("access").stream().map(AccessEvents::read).toList());
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return hub;
  }
}
