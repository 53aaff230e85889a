package dev.jiggety.agent.store.mango;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.mango.Condition.Compare;
import dev.jiggety.agent.store.mango.Condition.Field;
import dev.jiggety.agent.store.mango.Condition.Operator;
import dev.jiggety.agent.store.mango.Condition.Which;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a selector apart: implicit operators become explicit, and the name of a field moves down to
 * the conditions on it (CouchDB's mango_selector, norm_ops and norm_fields).
 */
final class SelectorParser {
  private static final FieldPath ITSELF = new FieldPath(Field.ITSELF, List.of());

  private SelectorParser() {}

  /** With every negation where it was written. */
  static Condition parse(JsonElement selector) throws SelectorException {
    return parse(selector, Field.ITSELF);
  }

  private static Condition parse(JsonElement selector, String field) throws SelectorException {
    if (!(selector instanceof JsonObject members) || members.isEmpty()) {
      return on(field, new Compare(Operator.EQ, selector));
    }
    if (members.size() == 1) {
      var member = members.entrySet().iterator().next();
      return parse(member.getKey(), member.getValue(), field);
    }
    var all = new ArrayList<Condition>();
    for (var member : members.entrySet()) {
      all.add(parse(member.getKey(), member.getValue(), field));
    }
    return new Condition.And(List.copyOf(all));
  }

  private static Condition parse(String name, JsonElement value, String field)
      throws SelectorException {
    if (!name.startsWith("$")) {
      return parse(value, field.isEmpty() ? name : field + "." + name);
    }
    return switch (name) {
      case "$and" -> new Condition.And(list(name, value, field));
      case "$or" -> new Condition.Or(list(name, value, field));
      case "$nor" -> new Condition.Nor(list(name, value, field));
      case "$not" -> new Condition.Not(parse(object(name, value), field));
      default -> on(field, terminal(name, value));
    };
  }

  private static Condition on(String field, Condition condition) throws SelectorException {
    var path = field.isEmpty() ? ITSELF : FieldPath.parse(field);
    return new Field(field, path, condition);
  }

  private static Condition terminal(String name, JsonElement value) throws SelectorException {
    return switch (name) {
      case "$lt" -> new Compare(Operator.LT, value);
      case "$lte" -> new Compare(Operator.LTE, value);
      case "$eq" -> new Compare(Operator.EQ, value);
      case "$ne" -> new Compare(Operator.NE, value);
      case "$gte" -> new Compare(Operator.GTE, value);
      case "$gt" -> new Compare(Operator.GT, value);
      case "$in" -> new Condition.In(array(name, value), false);
      case "$nin" -> new Condition.In(array(name, value), true);
      case "$all" -> new Condition.All(array(name, value));
      case "$elemMatch" -> new Condition.Elements(Which.ANY, parse(object(name, value)));
      case "$allMatch" -> new Condition.Elements(Which.ALL, parse(object(name, value)));
      case "$keyMapMatch" -> new Condition.Elements(Which.ANY_NAME, parse(object(name, value)));
      case "$exists" -> new Condition.Exists(flag(name, value));
      case "$type" -> new Condition.Type(text(name, value));
      case "$mod" -> mod(name, value);
      case "$regex" -> regex(name, value);
      case "$size" -> size(name, value);
      case "$beginsWith" -> beginsWith(name, value);
      case "$text" ->
          throw new SelectorException(
              "not_supported",
              "Unsupported operator: $text needs a text index, which this hub does not have; use"
                  + " $regex or $beginsWith, or Apache CouchDB with a search plugin");
      case "$where", "$geoWithin", "$geoIntersects", "$near", "$nearSphere" ->
          throw new SelectorException("not_supported", "Unsupported operator: " + name);
      default -> throw invalidOperator(name);
    };
  }

  private static SelectorException invalidOperator(String name) {
    return new SelectorException("invalid_operator", "Invalid operator: " + name);
  }

  private static SelectorException badArgument(String name, JsonElement value) {
    return new SelectorException("bad_arg", "Bad argument for operator " + name + ": " + value);
  }

  private static List<Condition> list(String name, JsonElement value, String field)
      throws SelectorException {
    var conditions = new ArrayList<Condition>();
    for (var element : array(name, value)) {
      conditions.add(parse(element, field));
    }
    return List.copyOf(conditions);
  }

  private static JsonArray array(String name, JsonElement value) throws SelectorException {
    if (value instanceof JsonArray array) {
      return array;
    }
    throw badArgument(name, value);
  }

  private static JsonObject object(String name, JsonElement value) throws SelectorException {
    if (value instanceof JsonObject object) {
      return object;
    }
    throw badArgument(name, value);
  }

  private static boolean flag(String name, JsonElement value) throws SelectorException {
    if (value instanceof JsonPrimitive flag && flag.isBoolean()) {
      return flag.getAsBoolean();
    }
    throw badArgument(name, value);
  }

  private static String text(String name, JsonElement value) throws SelectorException {
    var text = asText(value);
    if (text == null) {
      throw badArgument(name, value);
    }
    return text;
  }

  private static @Nullable String asText(JsonElement value) {
    return value instanceof JsonPrimitive text && text.isString() ? text.getAsString() : null;
  }

  private static Condition mod(String name, JsonElement value) throws SelectorException {
    var both = array(name, value);
    if (both.size() == 2 && Terms.isInteger(both.get(0)) && Terms.isInteger(both.get(1))) {
      var divisor = both.get(0).getAsBigInteger();
      if (divisor.signum() != 0) {
        return new Condition.Mod(divisor, both.get(1).getAsBigInteger());
      }
    }
    throw badArgument(name, value);
  }

  private static Condition size(String name, JsonElement value) throws SelectorException {
    if (Terms.isInteger(value) && value.getAsBigInteger().signum() >= 0) {
      return new Condition.Size(value.getAsBigInteger());
    }
    throw badArgument(name, value);
  }

  /** CouchDB does not know the operator with anything but a string. */
  private static Condition beginsWith(String name, JsonElement value) throws SelectorException {
    var prefix = asText(value);
    if (prefix == null) {
      throw invalidOperator(name);
    }
    return new Condition.BeginsWith(prefix);
  }

  private static Condition regex(String name, JsonElement value) throws SelectorException {
    try {
      return new Condition.Regex(BoundedRegex.compile(text(name, value)));
    } catch (IllegalArgumentException e) {
      throw badArgument(name, value);
    }
  }
}
