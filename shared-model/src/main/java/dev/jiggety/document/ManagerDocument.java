package dev.jiggety.document;

import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.model.ManagerReport;
import dev.jiggety.model.ManagerReport.Stand;
import dev.jiggety.model.ManagerReport.UnderWay;
import dev.jiggety.model.RolloutState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@code manager:<name>} documents in the status database; see docs/documents/manager.md. */
public final class ManagerDocument implements DocumentType<ManagerReport> {
  /** The one instance; it has no state. */
  public static final ManagerDocument TYPE = new ManagerDocument();

  private ManagerDocument() {}

  @Override
  public String type() {
    return "manager";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(ManagerReport manager) {
    return Ids.manager(manager.name());
  }

  @Override
  public JsonObject write(ManagerReport manager) {
    JsonObject json = Documents.envelope(id(manager), type(), schema());
    json.addProperty("version", manager.version());
    json.addProperty("startedAt", manager.startedAt().toEpochMilli());
    json.addProperty("heartbeatAt", manager.heartbeatAt().toEpochMilli());
    json.addProperty("stand", manager.stand().label());
    json.addProperty("since", manager.since().toEpochMilli());
    if (!manager.reason().isEmpty()) {
      json.addProperty("reason", manager.reason());
    }
    json.addProperty("epoch", manager.epoch());
    json.addProperty("release", manager.release());
    json.addProperty("waiting", manager.waiting());
    if (manager.underWay() != null) {
      JsonObject underWay = new JsonObject();
      underWay.addProperty("rollout", manager.underWay().rollout());
      underWay.addProperty("state", manager.underWay().state().label());
      json.add("underWay", underWay);
    }
    json.add("vitals", VitalsFields.write(manager.vitals()));
    return json;
  }

  @Override
  public ManagerReport read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(document, "", problems);
    String name = Documents.open(fields, this, "manager:");
    ManagerReport manager =
        new ManagerReport(
            name,
            fields.text("version", ""),
            Instant.ofEpochMilli(fields.number("startedAt", 0)),
            Instant.ofEpochMilli(fields.number("heartbeatAt", 0)),
            fields.oneOf("stand", Stand.PASSIVE, Stand.values(), Stand::label),
            Instant.ofEpochMilli(fields.number("since", 0)),
            fields.text("reason", ""),
            fields.number("epoch", 0),
            fields.number("release", 0),
            fields.smallNumber("waiting", 0),
            fields.has("underWay") ? underWay(fields.object("underWay")) : null,
            VitalsFields.read(fields.object("vitals")));
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return manager;
  }

  private static UnderWay underWay(Fields fields) {
    return new UnderWay(
        fields.text("rollout"),
        fields.oneOf("state", RolloutState.CHECKING, RolloutState.values(), RolloutState::label));
  }
}
