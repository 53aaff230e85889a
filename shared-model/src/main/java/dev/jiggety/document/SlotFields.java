package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.model.SlotReport;
import dev.jiggety.model.SlotReport.Health;
import dev.jiggety.model.SlotReport.Shadow;
import dev.jiggety.model.SlotReport.Stage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a node says of its two slots, as a part of its document; the name is that of the node. */
final class SlotFields {
  private SlotFields() {}

  static JsonObject write(SlotReport report) {
    JsonObject json = new JsonObject();
    json.addProperty("number", report.number());
    json.add("running", GenerationFields.write(report.running()));
    if (report.standby() != null) {
      json.add("standby", GenerationFields.write(report.standby()));
    }
    json.addProperty("stage", report.stage().label());
    if (report.error() != null) {
      json.addProperty("error", report.error());
    }
    if (report.planned() != SlotReport.NOT_ASKED) {
      json.addProperty("planned", report.planned());
    }
    if (!report.shadow().isEmpty()) {
      JsonArray shadow = new JsonArray();
      report.shadow().forEach(test -> shadow.add(write(test)));
      json.add("shadow", shadow);
    }
    json.add("health", write(report.health()));
    return json;
  }

  static SlotReport read(Fields slots, String node) {
    if (!slots.has("stage")) {
      slots.report("stage", "is missing");
    }
    return new SlotReport(
        node,
        slots.required("number"),
        GenerationFields.read(slots.object("running")),
        GenerationFields.readOptional(slots, "standby"),
        slots.oneOf("stage", Stage.NONE, Stage.values(), Stage::label),
        slots.textOrNull("error"),
        slots.smallNumber("planned", SlotReport.NOT_ASKED),
        slots.objects("shadow").stream().map(SlotFields::shadow).toList(),
        health(slots.object("health")));
  }

  private static JsonObject write(Shadow shadow) {
    JsonObject json = new JsonObject();
    json.addProperty("test", shadow.testId());
    json.addProperty("oldPassed", shadow.oldPassed());
    json.addProperty("oldFailed", shadow.oldFailed());
    json.addProperty("newPassed", shadow.newPassed());
    json.addProperty("newFailed", shadow.newFailed());
    return json;
  }

  private static Shadow shadow(Fields shadow) {
    return new Shadow(
        shadow.text("test"),
        shadow.smallNumber("oldPassed", 0),
        shadow.smallNumber("oldFailed", 0),
        shadow.smallNumber("newPassed", 0),
        shadow.smallNumber("newFailed", 0));
  }

  private static JsonObject write(Health health) {
    JsonObject json = new JsonObject();
    json.addProperty("alive", health.alive());
    json.addProperty("crashes", health.crashes());
    millis(json, "latenessMs", health.lateness());
    millis(json, "latenessBeforeMs", health.latenessBefore());
    return json;
  }

  /** A node that does not say that it is alive is not. */
  private static Health health(Fields health) {
    return new Health(
        health.flag("alive", false),
        health.smallNumber("crashes", 0),
        millis(health, "latenessMs"),
        millis(health, "latenessBeforeMs"));
  }

  static void millis(JsonObject json, String name, @Nullable Duration value) {
    if (value != null) {
      json.addProperty(name, value.toMillis());
    }
  }

  static @Nullable Duration millis(Fields fields, String name) {
    return fields.has(name) ? Duration.ofMillis(fields.number(name, 0)) : null;
  }
}
