package dev.jiggety.agent.judge;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import dev.harrel.jsonschema.Evaluator;
import dev.harrel.jsonschema.EvaluatorFactory;
import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.GsonNode;
import dev.jiggety.model.rules.BoundedText;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * JSON schemas, draft 2020-12 unless a schema says another. No schema is loaded from elsewhere.
 * Where the library would work without bound on a hostile body, other code stands in.
 */
final class Schemas {
  private static final String PATTERN_PROPERTIES = "patternProperties";

  private Schemas() {}

  /** Empty when the body is as the schema says; else where it is not, and why. */
  static Optional<String> check(String schema, JsonElement body) {
    Validator.Result result = factory(true).validate(tree(schema), body);
    if (result.isValid()) {
      return Optional.empty();
    }
    return Optional.of(
        result.getErrors().stream()
            .filter(error -> error.getError() != null)
            .findFirst()
            .map(error -> place(error.getInstanceLocation()) + error.getError())
            .orElse("something else"));
  }

  /** What is wrong with a schema; empty when it can be used. */
  static Optional<String> problem(String schema) {
    try {
      JsonElement tree = JsonBody.parse(schema).tree();
      if (schema.contains("\"" + PATTERN_PROPERTIES + "\"")) {
        return Optional.of(
            "patternProperties cannot be used; write propertyNames with a pattern instead");
      }
      factory(false).validate(tree, JsonNull.INSTANCE);
      return Optional.empty();
    } catch (JsonBody.NotJsonException e) {
      return Optional.of("is no JSON");
    } catch (RuntimeException e) {
      return Optional.of("is no JSON schema: " + e.getMessage());
    }
  }

  private static JsonElement tree(String schema) {
    return JsonBody.expected(schema);
  }

  private static String place(String pointer) {
    return (pointer.isEmpty() ? "" : pointer + ": ");
  }

  private static ValidatorFactory factory(boolean known) {
    return new ValidatorFactory()
        .withJsonNodeFactory(new GsonNode.Factory())
        .withDisabledSchemaValidation(known)
        .withEvaluatorFactory(bounded());
  }

  private static EvaluatorFactory bounded() {
    return (context, keyword, value) -> {
      if (keyword.equals("pattern") && value.isString()) {
        return Optional.of(pattern(value.asString()));
      }
      return keyword.equals("uniqueItems") && value.isBoolean()
          ? Optional.of(unique(value.asBoolean()))
          : Optional.empty();
    };
  }

  private static Evaluator pattern(String expression) {
    return (context, node) ->
        !node.isString() || BoundedText.find(expression, node.asString())
            ? Evaluator.Result.success()
            : Evaluator.Result.failure("does not match " + expression);
  }

  private static Evaluator unique(boolean wanted) {
    return (context, node) -> {
      if (wanted && node.isArray()) {
        Set<String> seen = new HashSet<>();
        for (JsonNode item : node.asArray()) {
          if (!seen.add(canonical(item))) {
            return Evaluator.Result.failure("holds an item twice");
          }
        }
      }
      return Evaluator.Result.success();
    };
  }

  /** The same text for equal values. */
  private static String canonical(JsonNode node) {
    StringBuilder text = new StringBuilder();
    canonical(node, text);
    return text.toString();
  }

  private static void canonical(JsonNode node, StringBuilder text) {
    if (node.isArray()) {
      text.append('[');
      node.asArray().forEach(item -> canonical(item, text));
      text.append(']');
    } else if (node.isObject()) {
      text.append('{');
      new java.util.TreeMap<>(node.asObject())
          .forEach((name, value) -> {
            text.append(name.length()).append(':').append(name);
            canonical(value, text);
          });
      text.append('}');
    } else if (node.isNumber() || node.isInteger()) {
      text.append('n').append(node.asNumber().stripTrailingZeros()).append(' ');
    } else {
      String plain = node.isString() ? node.asString() : node.toPrintableString();
      text.append(node.getNodeType()).append(plain.length()).append(':').append(plain);
    }
  }
}
