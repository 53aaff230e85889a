package dev.jiggety.document;

import com.google.gson.JsonObject;
import dev.jiggety.model.Cause;
import java.util.List;
import java.util.TreeSet;

/** A cause as it stands in the story of a rollout: its kind, and what belongs to that. */
final class CauseFields {
  private CauseFields() {}

  static JsonObject write(Cause cause) {
    JsonObject json = new JsonObject();
    switch (cause) {
      case Cause.Planned planned -> {
        json.addProperty("kind", "planned");
        json.addProperty("text", planned.evidence());
      }
      case Cause.Operator operator -> {
        json.addProperty("kind", "operator");
        json.addProperty("act", operator.act().label());
        json.addProperty("by", operator.by());
        json.addProperty("text", operator.reason());
      }
      case Cause.Deadline deadline -> {
        json.addProperty("kind", "deadline");
        json.addProperty("text", deadline.evidence());
      }
      case Cause.Inconclusive inconclusive -> {
        json.addProperty("kind", "inconclusive");
        json.addProperty("text", inconclusive.evidence());
      }
      case Cause.AtFault fault -> {
        json.addProperty("kind", "at-fault");
        TestDocument.addTexts(json, "tests", fault.tests());
        TestDocument.addTexts(json, "nodes", List.of(fault.node()));
      }
      case Cause.NodesFailed failed -> {
        json.addProperty("kind", "nodes-failed");
        TestDocument.addTexts(json, "nodes", failed.nodes());
        json.addProperty("text", failed.error());
      }
      case Cause.NotApplied failed -> {
        json.addProperty("kind", "not-applied");
        json.addProperty("text", failed.error());
      }
      case Cause.Refused refused -> {
        json.addProperty("kind", "refused");
        TestDocument.addTexts(json, "patches", refused.patches());
        TestDocument.addTexts(json, "problems", refused.problems());
      }
      case Cause.Joined joined -> {
        json.addProperty("kind", "joined");
        json.addProperty("ride", joined.ride());
      }
    }
    return json;
  }

  static Cause read(Fields cause) {
    String kind = cause.text("kind");
    String text = cause.text("text", "");
    return switch (kind) {
      case "planned" -> new Cause.Planned(text);
      case "operator" ->
          new Cause.Operator(
              cause.oneOf("act", Cause.Act.ABORT, Cause.Act.values(), Cause.Act::label),
              cause.text("by"),
              text);
      case "deadline" -> new Cause.Deadline(text);
      case "inconclusive" -> new Cause.Inconclusive(text);
      case "at-fault" ->
          new Cause.AtFault(
              new TreeSet<>(cause.texts("tests")),
              cause.texts("nodes").stream().findFirst().orElse(""));
      case "nodes-failed" -> new Cause.NodesFailed(new TreeSet<>(cause.texts("nodes")), text);
      case "not-applied" -> new Cause.NotApplied(text);
      case "refused" ->
          new Cause.Refused(
              new TreeSet<>(cause.texts("patches")), List.copyOf(cause.texts("problems")));
      case "joined" -> new Cause.Joined(cause.text("ride"));
      default -> {
        cause.report("kind", "\"" + kind + "\" is no cause that this version knows");
        yield new Cause.Planned(text);
      }
    };
  }
}
