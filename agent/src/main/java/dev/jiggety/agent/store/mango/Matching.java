package dev.jiggety.agent.store.mango;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.collation.Collation;
import dev.jiggety.agent.store.mango.Condition.And;
import dev.jiggety.agent.store.mango.Condition.Compare;
import dev.jiggety.agent.store.mango.Condition.Elements;
import dev.jiggety.agent.store.mango.Condition.Exists;
import dev.jiggety.agent.store.mango.Condition.Field;
import dev.jiggety.agent.store.mango.Condition.In;
import dev.jiggety.agent.store.mango.Condition.Or;
import java.util.Comparator;

/** Holds values against conditions (CouchDB's mango_selector, match). */
final class Matching {
  /** The order of values, but for {@code _id}. */
  static final Comparator<JsonElement> COLLATION = Collation::compare;

  private Matching() {}

  /** CouchDB fails over what it has left in a selector; the elements around it do not match. */
  private static final class Unanswerable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unanswerable() {
      super("$nor among elements", null, false, false);
    }
  }

  static boolean matches(Condition condition, JsonElement value) {
    return matches(condition, value, COLLATION);
  }

  private static boolean matches(
      Condition condition, JsonElement value, Comparator<JsonElement> order) {
    return switch (condition) {
      case Condition.Everything() -> true;
      case And(var all) -> all.stream().allMatch(one -> matches(one, value, order));
      case Or(var any) -> any.isEmpty() || any.stream().anyMatch(one -> matches(one, value, order));
      case Condition.Not(var inner) -> !matches(inner, value, order);
      case Condition.Nor nor -> throw new Unanswerable();
      case Field field -> matchesField(field, value, order);
      case Compare(var operator, var other) -> operator.holds(order.compare(value, other));
      case In(var values, var negated) -> isIn(values, value, order) != negated;
      case Exists(var wanted) -> wanted;
      case Condition.Type(var type) -> type.equals(type(value));
      case Condition.Mod(var divisor, var remainder) ->
          Terms.isInteger(value) && value.getAsBigInteger().remainder(divisor).equals(remainder);
      case Condition.Regex(var regex) -> isText(value) && regex.find(value.getAsString());
      case Condition.BeginsWith(var prefix) ->
          isText(value) && value.getAsString().startsWith(prefix);
      case Condition.Size(var size) ->
          value instanceof JsonArray array
              && java.math.BigInteger.valueOf(array.size()).equals(size);
      case Condition.All(var values) -> value instanceof JsonArray array && hasAll(array, values);
      case Elements elements -> matchesElements(elements, value, order);
    };
  }

  /** A field that is not there matches nothing but the wish that it be missing. */
  private static boolean matchesField(
      Field field, JsonElement value, Comparator<JsonElement> order) {
    if (field.isItself()) {
      return matches(field.condition(), value, order);
    }
    var found = field.path().find(value);
    if (found == null) {
      return field.condition() instanceof Exists(var wanted)
          && !wanted
          && field.path().isMissing(value);
    }
    var isId = field.name().equals("_id");
    return matches(field.condition(), found, isId ? Terms::compare : order);
  }

  private static boolean isIn(JsonArray values, JsonElement value, Comparator<JsonElement> order) {
    for (var wanted : values) {
      if (value instanceof JsonArray elements) {
        for (var element : elements) {
          if (order.compare(element, wanted) == 0) {
            return true;
          }
        }
      } else if (order.compare(value, wanted) == 0) {
        return true;
      }
    }
    return false;
  }

  /** All of them among the elements; or the one that is wanted is the array itself. */
  private static boolean hasAll(JsonArray elements, JsonArray wanted) {
    if (wanted.isEmpty()) {
      return false;
    }
    if (wanted.size() == 1
        && wanted.get(0) instanceof JsonArray itself
        && Terms.compare(itself, elements) == 0) {
      return true;
    }
    for (var one : wanted) {
      if (elements.asList().stream().noneMatch(element -> Terms.same(one, element))) {
        return false;
      }
    }
    return true;
  }

  private static boolean matchesElements(
      Elements elements, JsonElement value, Comparator<JsonElement> order) {
    var inner = elements.condition();
    try {
      return switch (elements.which()) {
        case ANY ->
            value instanceof JsonArray array
                && array.asList().stream().anyMatch(one -> matches(inner, one, order));
        case ALL ->
            value instanceof JsonArray array
                && !array.isEmpty()
                && array.asList().stream().allMatch(one -> matches(inner, one, order));
        case ANY_NAME ->
            value instanceof JsonObject object
                && object.keySet().stream()
                    .anyMatch(name -> matches(inner, new JsonPrimitive(name), order));
      };
    } catch (Unanswerable e) {
      return false;
    }
  }

  private static boolean isText(JsonElement value) {
    return value instanceof JsonPrimitive text && text.isString();
  }

  private static String type(JsonElement value) {
    return switch (value) {
      case JsonNull ignored -> "null";
      case JsonObject ignored -> "object";
      case JsonArray ignored -> "array";
      case JsonPrimitive primitive ->
          primitive.isString() ? "string" : primitive.isNumber() ? "number" : "boolean";
      default -> throw new IllegalArgumentException("no JSON: " + value);
    };
  }
}
