package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.Assertion.Target;
import java.util.ArrayList;
import java.util.List;

/**
 * The list {@code assert} of a test: items like {@code {"on": "header", "name": "content-type",
 * "op": "contains", "value": "html"}}, with {@code "not": true} to turn one round.
 */
final class AssertionFields {
  private static final String LIST = "assert";

  private AssertionFields() {}

  static List<Assertion> read(Fields test, boolean strictly) {
    List<Assertion> assertions = new ArrayList<>();
    for (Fields item : test.objects(LIST)) {
      if (!item.has("on")) {
        item.report("on", "is missing: what the assertion looks at, like status or body");
      }
      if (!item.has("op")) {
        item.report("op", "is missing: how it is compared, like equals or contains");
      }
      assertions.add(
          new Assertion(
              item.oneOf("on", Target.STATUS, Target.values(), Target::label),
              item.text("name", ""),
              item.oneOf("op", Operator.EQUALS, Operator.values(), Operator::label),
              item.flag("not", false),
              value(item)));
      if (strictly) {
        item.refuseUnknown();
      }
    }
    return assertions;
  }

  /** A schema may stand there as the object that it is; everything else is a text or a number. */
  private static String value(Fields item) {
    if (item.raw().get("value") instanceof JsonObject schema) {
      item.has("value");
      return CanonicalJson.write(schema);
    }
    String value = item.scalar("value");
    if (Target.SCHEMA.label().equals(item.text("on", ""))) {
      try {
        JsonScanner schema = new JsonScanner(value);
        schema.skipValue();
        schema.end();
      } catch (JsonScanner.MalformedException e) {
        item.report("value", "is not JSON: " + e.getMessage());
      }
    }
    return value;
  }

  static void write(JsonObject test, List<Assertion> assertions) {
    if (assertions.isEmpty()) {
      return;
    }
    JsonArray list = new JsonArray();
    for (Assertion assertion : assertions) {
      JsonObject item = new JsonObject();
      item.addProperty("on", assertion.target().label());
      if (!assertion.name().isEmpty()) {
        item.addProperty("name", assertion.name());
      }
      if (assertion.negated()) {
        item.addProperty("not", true);
      }
      item.addProperty("op", assertion.operator().label());
      if (!assertion.expected().isEmpty()) {
        item.addProperty("value", assertion.expected());
      }
      list.add(item);
    }
    test.add(LIST, list);
  }
}
