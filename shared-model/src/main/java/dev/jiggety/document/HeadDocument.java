package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.base.Durations;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Head;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** The one {@code head} document in the configuration; see docs/documents/head.md. */
public final class HeadDocument implements DocumentType<Head> {
  /** The one instance; it has no state. */
  public static final HeadDocument TYPE = new HeadDocument();

  private HeadDocument() {}

  @Override
  public String type() {
    return "head";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(Head head) {
    return Ids.head();
  }

  @Override
  public JsonObject write(Head head) {
    JsonObject json = Documents.envelope(id(head), type(), schema());
    json.addProperty("version", head.version());
    json.addProperty("seq", head.seq());
    json.addProperty("epoch", head.epoch());
    json.add("active", GenerationFields.write(head.active()));
    if (head.candidate() != null) {
      json.add("candidate", GenerationFields.write(head.candidate()));
    }
    if (head.previous() != null) {
      json.add("previous", GenerationFields.write(head.previous()));
    }
    json.addProperty("phase", head.phase().label());
    if (head.reach() != null) {
      json.add("reach", write(head.reach()));
    }
    if (head.confirmWithin() != null) {
      json.addProperty("confirmWithin", Durations.format(head.confirmWithin()));
    }
    json.addProperty("expires", head.expires().toEpochMilli());
    if (head.reportWithin().isPositive()) {
      json.addProperty("reportWithin", Durations.format(head.reportWithin()));
    }
    return json;
  }

  @Override
  public Head read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(document, "", problems);
    Documents.open(fields, this, Ids.head());
    Head head =
        new Head(
            fields.required("version"),
            fields.required("seq"),
            fields.required("epoch"),
            GenerationFields.read(fields.object("active")),
            GenerationFields.readOptional(fields, "candidate"),
            GenerationFields.readOptional(fields, "previous"),
            phase(fields),
            fields.has("reach") ? reach(fields.object("reach")) : null,
            fields.duration("confirmWithin", null),
            Instant.ofEpochMilli(fields.required("expires")),
            Objects.requireNonNullElse(fields.duration("reportWithin", null), Duration.ZERO));
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return head;
  }

  private static Head.Phase phase(Fields fields) {
    if (!fields.has("phase")) {
      fields.report("phase", "is missing");
    }
    return fields.oneOf("phase", Head.Phase.STEADY, Head.Phase.values(), Head.Phase::label);
  }

  private static JsonObject write(Head.Reach reach) {
    JsonObject json = new JsonObject();
    json.addProperty("wave", reach.wave());
    if (reach.everybody()) {
      json.addProperty("everybody", true);
    }
    if (!reach.nodes().isEmpty()) {
      JsonArray nodes = new JsonArray();
      reach.nodes().forEach(nodes::add);
      json.add("nodes", nodes);
    }
    return json;
  }

  private static Head.Reach reach(Fields reach) {
    return new Head.Reach(
        reach.smallNumber("wave", 0),
        reach.flag("everybody", false),
        new TreeSet<>(reach.texts("nodes")));
  }
}
