package dev.jiggety.agent.store.mango;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Random;

/** Documents and selectors over so few fields and values that they often meet. */
public final class RandomSelectors {
  private static final List<String> FIELDS = List.of("a", "b", "c", "a.b", "c.0", "a.b.c", "_id");
  private static final List<String> COMPARISONS =
      List.of("$eq", "$ne", "$lt", "$lte", "$gt", "$gte");
  private static final List<String> TYPES =
      List.of("null", "boolean", "number", "string", "array", "object");
  private static final List<String> TEXTS = List.of("", "a", "A", "aa", "b", "B", "é", "1");

  private final Random random;

  public RandomSelectors(Random random) {
    this.random = random;
  }

  /** A document. */
  public JsonObject document(String id) {
    var document = object(2);
    document.addProperty("_id", id);
    document.addProperty("_rev", "1-x");
    return document;
  }

  /** A selector. */
  public JsonObject selector() {
    return random.nextInt(30) == 0 ? new JsonObject() : conditions(3, false);
  }

  private JsonObject conditions(int depth, boolean below) {
    var selector = new JsonObject();
    var count = 1 + random.nextInt(2);
    for (var i = 0; i < count; i++) {
      if (depth > 0 && random.nextInt(3) == 0) {
        combination(selector, depth - 1, below);
      } else {
        selector.add(pick(FIELDS), condition(depth - 1));
      }
    }
    return selector;
  }

  private void combination(JsonObject selector, int depth, boolean below) {
    switch (random.nextInt(below ? 3 : 4)) {
      case 0 -> selector.add("$not", conditions(depth, below));
      case 1 -> selector.add("$and", list(depth, below));
      case 2 -> selector.add("$or", list(depth, below));
      default -> selector.add("$nor", list(depth, below));
    }
  }

  private JsonArray list(int depth, boolean below) {
    var list = new JsonArray();
    var count = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(2);
    for (var i = 0; i < count; i++) {
      list.add(conditions(depth, below));
    }
    return list;
  }

  private JsonElement condition(int depth) {
    var operators = new JsonObject();
    switch (random.nextInt(depth > 0 ? 13 : 10)) {
      case 0 -> {
        return value(1);
      }
      case 1, 2, 3 -> operators.add(pick(COMPARISONS), value(1));
      case 4 -> {
        operators.add(random.nextBoolean() ? "$gt" : "$gte", value(1));
        operators.add(random.nextBoolean() ? "$lt" : "$lte", value(1));
      }
      case 5 -> operators.addProperty("$exists", random.nextBoolean());
      case 6 -> operators.add(random.nextBoolean() ? "$in" : "$nin", array(1));
      case 7 -> operators.addProperty("$type", pick(TYPES));
      case 8 -> operators.addProperty("$beginsWith", pick(TEXTS));
      case 9 -> operators.addProperty("$size", random.nextInt(3));
      case 10 -> operators.add("$not", element(depth));
      default ->
          operators.add(
              pick(List.of("$elemMatch", "$allMatch", "$keyMapMatch")),
              random.nextBoolean() ? element(depth) : conditions(depth - 1, true));
    }
    return operators;
  }

  /** A condition on an element itself. */
  private JsonObject element(int depth) {
    return condition(depth - 1) instanceof JsonObject object ? object : new JsonObject();
  }

  private JsonElement value(int depth) {
    return switch (random.nextInt(depth > 0 ? 10 : 7)) {
      case 0 -> JsonNull.INSTANCE;
      case 1 -> new JsonPrimitive(random.nextBoolean());
      case 2, 3, 4 -> new JsonPrimitive(random.nextInt(4));
      case 5, 6 -> new JsonPrimitive(pick(TEXTS));
      case 7 -> array(depth - 1);
      default -> object(depth - 1);
    };
  }

  private JsonArray array(int depth) {
    var array = new JsonArray();
    var count = random.nextInt(3);
    for (var i = 0; i < count; i++) {
      array.add(value(depth));
    }
    return array;
  }

  private JsonObject object(int depth) {
    var object = new JsonObject();
    for (var name : List.of("a", "b", "c")) {
      if (random.nextInt(3) > 0) {
        object.add(name, value(depth));
      }
    }
    return object;
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
