package dev.jiggety.agent.store.mango;

import com.google.gson.JsonElement;
import dev.jiggety.agent.store.mango.Condition.And;
import dev.jiggety.agent.store.mango.Condition.Compare;
import dev.jiggety.agent.store.mango.Condition.Exists;
import dev.jiggety.agent.store.mango.Condition.Field;
import dev.jiggety.agent.store.mango.Condition.Operator;
import dev.jiggety.agent.store.mango.Condition.Or;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a selector says of fields, as far as an index can make use of it. Pure. */
final class FieldUse {
  private FieldUse() {}

  /** The fields at the top of the selector, in its order. */
  static List<String> fields(Condition condition) {
    var fields = new ArrayList<String>();
    collect(condition, fields);
    return fields;
  }

  private static void collect(Condition condition, List<String> fields) {
    switch (condition) {
      case And(var all) -> all.forEach(one -> collect(one, fields));
      case Or(var any) -> any.forEach(one -> collect(one, fields));
      case Field field -> fields.add(field.name());
      default -> {}
    }
  }

  /** Those of the fields that a document may lack and still match. */
  static Set<String> notRequired(Condition condition, Set<String> fields) {
    return switch (condition) {
      case And(var all) -> {
        var left = fields;
        for (var one : all) {
          left = notRequired(one, left);
        }
        yield left;
      }
      case Or(var any) when !any.isEmpty() -> {
        var left = new HashSet<String>();
        any.forEach(one -> left.addAll(notRequired(one, fields)));
        yield left;
      }
      case Field(var name, var path, Exists(var wanted)) when !wanted -> fields;
      case Field field -> {
        var left = new HashSet<>(fields);
        left.remove(field.name());
        yield left;
      }
      default -> fields;
    };
  }

  /** Whether every match has one and the same value in the field. */
  static boolean isConstant(Condition condition, String field) {
    return switch (condition) {
      case And(var all) -> all.stream().anyMatch(one -> isConstant(one, field));
      case Field(var name, var path, Compare(var operator, var value)) ->
          name.equals(field) && operator == Operator.EQ;
      default -> false;
    };
  }

  /**
   * The range of each field that has one; where one is empty, that one alone.
   *
   * @return by name of the field
   */
  static SortedMap<String, Range> ranges(Condition condition) {
    var ranges = new TreeMap<String, Range>();
    narrow(condition, ranges);
    for (var range : ranges.entrySet()) {
      if (range.getValue().empty()) {
        return new TreeMap<>(Map.of(range.getKey(), range.getValue()));
      }
    }
    return ranges;
  }

  private static void narrow(Condition condition, Map<String, Range> ranges) {
    switch (condition) {
      case And(var all) -> all.forEach(one -> narrow(one, ranges));
      case Field(var name, var path, var inner) when Range.narrows(inner) -> {
        var range = ranges.getOrDefault(name, Range.ALL);
        ranges.put(name, range.and(inner, order(name)));
      }
      default -> {}
    }
  }

  /** The fields that have a range, by name. */
  static Set<String> indexable(Condition condition) {
    var ranges = new TreeMap<String, Range>();
    narrow(condition, ranges);
    return ranges.keySet();
  }

  /** The order in which the field is compared. */
  static Comparator<JsonElement> order(String field) {
    return field.equals("_id") ? Terms::compare : Matching.COLLATION;
  }
}
