package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Incident;
import dev.jiggety.model.Incident.Acknowledgement;
import dev.jiggety.model.Incident.Entry;
import dev.jiggety.model.Incident.Kind;
import dev.jiggety.model.Incident.Suppression;
import dev.jiggety.model.Incident.Witness;
import dev.jiggety.model.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code incident:<id>} documents in the database of incidents; see docs/documents/incident.md. */
public final class IncidentDocument implements DocumentType<Incident> {
  /** The one instance; it has no state. */
  public static final IncidentDocument TYPE = new IncidentDocument();

  private IncidentDocument() {}

  @Override
  public String type() {
    return "incident";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(Incident incident) {
    return Ids.incident(incident.id());
  }

  @Override
  public JsonObject write(Incident incident) {
    JsonObject json = Documents.envelope(id(incident), type(), schema());
    json.addProperty("kind", incident.kind().label());
    json.addProperty("subject", incident.subject());
    json.addProperty("began", incident.began().toEpochMilli());
    json.addProperty("detected", incident.detected().toEpochMilli());
    time(json, "ended", incident.ended());
    time(json, "resolved", incident.resolved());
    json.addProperty("text", incident.text());
    json.add("witnesses", witnesses(incident.witnesses()));
    Suppression suppressed = incident.suppressed();
    if (suppressed != null) {
      JsonObject because = new JsonObject();
      because.addProperty("reason", suppressed.reason().label());
      because.addProperty("text", suppressed.text());
      json.add("suppressed", because);
    }
    Acknowledgement acknowledged = incident.acknowledged();
    if (acknowledged != null) {
      JsonObject said = new JsonObject();
      said.addProperty("by", acknowledged.by());
      said.addProperty("at", acknowledged.at().toEpochMilli());
      said.addProperty("text", acknowledged.text());
      json.add("acknowledged", said);
    }
    json.add("trail", trail(incident.trail()));
    json.addProperty("epoch", incident.epoch());
    return json;
  }

  private static void time(JsonObject json, String name, @Nullable Instant time) {
    if (time != null) {
      json.addProperty(name, time.toEpochMilli());
    }
  }

  private static JsonArray witnesses(List<Witness> witnesses) {
    JsonArray array = new JsonArray();
    for (Witness witness : witnesses) {
      JsonObject one = new JsonObject();
      one.addProperty("node", witness.node());
      one.addProperty("verdict", witness.verdict().label());
      one.addProperty("at", witness.at().toEpochMilli());
      if (witness.failure() != null) {
        one.add("error", SampleJson.write(witness.failure()));
      }
      one.addProperty("batch", witness.batch());
      array.add(one);
    }
    return array;
  }

  private static JsonArray trail(List<Entry> trail) {
    JsonArray array = new JsonArray();
    for (Entry entry : trail) {
      JsonObject one = new JsonObject();
      one.addProperty("at", entry.at().toEpochMilli());
      one.addProperty("event", entry.event());
      one.addProperty("by", entry.by());
      one.addProperty("text", entry.text());
      array.add(one);
    }
    return array;
  }

  @Override
  public Incident read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(document, "", problems);
    String id = Documents.open(fields, this, "incident:");
    if (!fields.has("kind")) {
      fields.report("kind", "is missing");
    }
    Incident incident =
        new Incident(
            id,
            fields.oneOf("kind", Kind.DOWN, Kind.values(), Kind::label),
            fields.text("subject"),
            Instant.ofEpochMilli(fields.required("began")),
            Instant.ofEpochMilli(fields.required("detected")),
            time(fields, "ended"),
            time(fields, "resolved"),
            fields.text("text", ""),
            fields.objects("witnesses").stream().map(IncidentDocument::witness).toList(),
            fields.has("suppressed") ? suppression(fields.object("suppressed")) : null,
            fields.has("acknowledged") ? acknowledgement(fields.object("acknowledged")) : null,
            fields.objects("trail").stream().map(IncidentDocument::entry).toList(),
            fields.number("epoch", 0));
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return incident;
  }

  private static @Nullable Instant time(Fields fields, String name) {
    return fields.has(name) ? Instant.ofEpochMilli(fields.number(name, 0)) : null;
  }

  private static Witness witness(Fields fields) {
    return new Witness(
        fields.text("node"),
        fields.oneOf("verdict", Verdict.UNKNOWN, Verdict.values(), Verdict::label),
        Instant.ofEpochMilli(fields.number("at", 0)),
        fields.has("error") ? SampleJson.failure(fields.object("error")) : null,
        fields.text("batch", ""));
  }

  private static Suppression suppression(Fields fields) {
    return new Suppression(
        fields.oneOf(
            "reason",
            Suppression.Reason.MUTED,
            Suppression.Reason.values(),
            Suppression.Reason::label),
        fields.text("text", ""));
  }

  private static Acknowledgement acknowledgement(Fields fields) {
    return new Acknowledgement(
        fields.text("by"), Instant.ofEpochMilli(fields.number("at", 0)), fields.text("text", ""));
  }

  private static Entry entry(Fields fields) {
    return new Entry(
        Instant.ofEpochMilli(fields.number("at", 0)),
        fields.text("event"),
        fields.text("by", ""),
        fields.text("text", ""));
  }
}
