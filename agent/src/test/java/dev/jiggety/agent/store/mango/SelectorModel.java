package dev.jiggety.agent.store.mango;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.collation.Collation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Selectors evaluated straight from their JSON, slowly: a negation is carried down as a flag to the
 * single condition, where it turns the answer round for a field that exists.
 */
final class SelectorModel {
  private SelectorModel() {}

  static boolean matches(JsonObject selector, JsonObject document) {
    return selector.isEmpty() || holds(selector, List.of(), document, true);
  }

  private static boolean holds(
      JsonElement selector, List<String> path, JsonElement root, boolean wanted) {
    if (!(selector instanceof JsonObject object) || object.isEmpty()) {
      return leaf("$eq", selector, path, root, wanted);
    }
    var all = new ArrayList<Boolean>();
    for (var member : object.entrySet()) {
      all.add(member(member, path, root, wanted));
    }
    return all.size() == 1 ? all.getFirst() : combine(all, wanted);
  }

  private static boolean member(
      Map.Entry<String, JsonElement> member, List<String> path, JsonElement root, boolean wanted) {
    var name = member.getKey();
    var value = member.getValue();
    return switch (name) {
      case "$and" -> combine(list(value, path, root, wanted), wanted);
      case "$or" -> combine(list(value, path, root, wanted), !wanted);
      case "$nor" -> combine(list(value, path, root, !wanted), wanted);
      case "$not" -> holds(value, path, root, !wanted);
      default ->
          name.startsWith("$")
              ? leaf(name, value, path, root, wanted)
              : holds(value, join(path, name), root, wanted);
    };
  }

  private static boolean combine(List<Boolean> answers, boolean all) {
    return answers.isEmpty() || (all ? !answers.contains(false) : answers.contains(true));
  }

  private static List<Boolean> list(
      JsonElement selectors, List<String> path, JsonElement root, boolean wanted) {
    var answers = new ArrayList<Boolean>();
    for (var selector : selectors.getAsJsonArray()) {
      answers.add(holds(selector, path, root, wanted));
    }
    return answers;
  }

  private static List<String> join(List<String> path, String name) {
    var longer = new ArrayList<>(path);
    longer.addAll(List.of(name.split("\\.", -1)));
    return longer;
  }

  private static boolean leaf(
      String operator, JsonElement argument, List<String> path, JsonElement root, boolean wanted) {
    var at = root;
    for (var name : path) {
      switch (at) {
        case JsonObject object when object.has(name) -> at = object.get(name);
        case JsonObject object -> {
          return operator.equals("$exists") && argument.getAsBoolean() != wanted;
        }
        case JsonArray array
            when IntStream.range(0, array.size()).mapToObj(i -> "" + i).toList().contains(name) ->
            at = array.get(Integer.parseInt(name));
        default -> {
          return false;
        }
      }
    }
    var ids = path.equals(List.of("_id"));
    return test(operator, at, argument, ids) == wanted;
  }

  private static boolean test(
      String operator, JsonElement value, JsonElement argument, boolean ids) {
    var order = compare(value, argument, ids);
    return switch (operator) {
      case "$eq" -> order == 0;
      case "$ne" -> order != 0;
      case "$lt" -> order < 0;
      case "$lte" -> order <= 0;
      case "$gt" -> order > 0;
      case "$gte" -> order >= 0;
      case "$exists" -> argument.getAsBoolean();
      case "$in" -> in(value, argument.getAsJsonArray(), ids);
      case "$nin" -> !in(value, argument.getAsJsonArray(), ids);
      case "$size" -> value instanceof JsonArray array && array.size() == argument.getAsInt();
      case "$type" -> type(value).equals(argument.getAsString());
      case "$beginsWith" ->
          type(value).equals("string") && value.getAsString().startsWith(argument.getAsString());
      case "$elemMatch" ->
          value instanceof JsonArray array && among(array.asList(), argument).contains(true);
      case "$allMatch" ->
          value instanceof JsonArray array
              && !array.isEmpty()
              && !among(array.asList(), argument).contains(false);
      case "$keyMapMatch" ->
          value instanceof JsonObject object
              && among(
                      object.keySet().stream().<JsonElement>map(JsonPrimitive::new).toList(),
                      argument)
                  .contains(true);
      default -> throw new AssertionError(operator);
    };
  }

  private static int compare(JsonElement value, JsonElement argument, boolean ids) {
    if (!ids) {
      return Collation.compare(value, argument);
    }
    // Erlang puts strings behind all else; the ids of the tests are of ASCII.
    return type(argument).equals("string")
        ? value.getAsString().compareTo(argument.getAsString())
        : 1;
  }

  private static boolean in(JsonElement value, JsonArray arguments, boolean ids) {
    var values = value instanceof JsonArray array ? array.asList() : List.of(value);
    return arguments.asList().stream()
        .anyMatch(one -> values.stream().anyMatch(own -> compare(own, one, ids) == 0));
  }

  /** Below elements a negation is plain logic. */
  private static List<Boolean> among(List<JsonElement> elements, JsonElement selector) {
    return elements.stream().map(element -> plain(selector, List.of(), element)).toList();
  }

  private static boolean plain(JsonElement selector, List<String> path, JsonElement root) {
    if (!(selector instanceof JsonObject object) || object.isEmpty()) {
      return leaf("$eq", selector, path, root, true);
    }
    return object.entrySet().stream()
        .allMatch(member -> {
          var value = member.getValue();
          return switch (member.getKey()) {
            case "$and" ->
                value.getAsJsonArray().asList().stream().allMatch(s -> plain(s, path, root));
            case "$or" ->
                value.getAsJsonArray().isEmpty()
                    || value.getAsJsonArray().asList().stream().anyMatch(s -> plain(s, path, root));
            case "$not" -> !plain(value, path, root);
            default ->
                member.getKey().startsWith("$")
                    ? leaf(member.getKey(), value, path, root, true)
                    : plain(value, join(path, member.getKey()), root);
          };
        });
  }

  private static String type(JsonElement value) {
    if (value.isJsonNull()) {
      return "null";
    }
    if (value instanceof JsonPrimitive primitive) {
      return primitive.isString() ? "string" : primitive.isBoolean() ? "boolean" : "number";
    }
    return value.isJsonArray() ? "array" : "object";
  }
}
