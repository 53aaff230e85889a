package dev.jiggety.jsonpath;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.jsonpath.JsonPath.Limits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds in one document. Null stands for what RFC 9535 calls Nothing. */
final class Finder {
  private final JsonElement root;
  private final Limits limits;

  Finder(JsonElement root, Limits limits) {
    this.root = root;
    this.limits = limits;
  }

  List<JsonElement> find(Query query, JsonElement current) {
    List<JsonElement> nodes = List.of(query.absolute() ? root : current);
    for (Query.Segment segment : query.segments()) {
      List<JsonElement> next = new ArrayList<>();
      for (JsonElement node : nodes) {
        if (segment.descendant()) {
          descend(segment, node, next);
        } else {
          children(segment, node, next);
        }
      }
      nodes = next;
    }
    return nodes;
  }

  private void descend(Query.Segment segment, JsonElement node, List<JsonElement> found) {
    children(segment, node, found);
    if (node instanceof JsonObject object) {
      object.asMap().values().forEach(child -> descend(segment, child, found));
    } else if (node instanceof JsonArray array) {
      array.forEach(child -> descend(segment, child, found));
    }
  }

  private void children(Query.Segment segment, JsonElement node, List<JsonElement> found) {
    limits.step();
    for (Selector selector : segment.selectors()) {
      switch (selector) {
        case Selector.Name name -> {
          if (node instanceof JsonObject object && object.has(name.name())) {
            found.add(object.get(name.name()));
          }
        }
        case Selector.Wildcard _ -> each(node, found::add);
        case Selector.Index index -> {
          if (node instanceof JsonArray array) {
            long at = index.index() < 0 ? array.size() + index.index() : index.index();
            if (at >= 0 && at < array.size()) {
              found.add(array.get((int) at));
            }
          }
        }
        case Selector.Slice slice -> {
          if (node instanceof JsonArray array) {
            slice(slice, array, found);
          }
        }
        case Selector.Filter filter ->
            each(
                node,
                child -> {
                  if (holds(filter.condition(), child)) {
                    found.add(child);
                  }
                });
      }
    }
  }

  private void each(JsonElement node, java.util.function.Consumer<JsonElement> action) {
    if (node instanceof JsonObject object) {
      for (JsonElement child : object.asMap().values()) {
        limits.step();
        action.accept(child);
      }
    } else if (node instanceof JsonArray array) {
      for (JsonElement child : array) {
        limits.step();
        action.accept(child);
      }
    }
  }

  /** RFC 9535 §2.3.4.2. */
  private void slice(Selector.Slice slice, JsonArray array, List<JsonElement> found) {
    long size = array.size();
    long step = slice.step();
    if (step > 0) {
      long from = bounded(slice.start() == null ? 0 : slice.start(), size, 0, size);
      long to = bounded(slice.end() == null ? size : slice.end(), size, 0, size);
      for (long i = from; i < to; i += step) {
        limits.step();
        found.add(array.get((int) i));
      }
    } else if (step < 0) {
      long from = slice.start() == null ? size - 1 : bounded(slice.start(), size, -1, size - 1);
      long to = slice.end() == null ? -1 : bounded(slice.end(), size, -1, size - 1);
      for (long i = from; i > to; i += step) {
        limits.step();
        found.add(array.get((int) i));
      }
    }
  }

  private static long bounded(long index, long size, long least, long most) {
    return Math.clamp(index < 0 ? size + index : index, least, most);
  }

  private boolean holds(Condition condition, JsonElement current) {
    limits.step();
    return switch (condition) {
      case Condition.Or or -> or.any().stream().anyMatch(one -> holds(one, current));
      case Condition.And and -> and.all().stream().allMatch(one -> holds(one, current));
      case Condition.Not not -> !holds(not.condition(), current);
      case Condition.Exists exists -> !find(exists.query(), current).isEmpty();
      case Condition.Holds holds -> matches(holds.call(), current);
      case Condition.Compare compare ->
          compare(
              value(compare.left(), current), compare.operator(), value(compare.right(), current));
    };
  }

  private boolean matches(Operand.Call call, JsonElement current) {
    JsonElement text = value(call.arguments().getFirst(), current);
    JsonElement expression = value(call.arguments().getLast(), current);
    return Values.isText(text)
        && Values.isText(expression)
        && limits.matches(
            expression.getAsString(),
            text.getAsString(),
            call.function() == Operand.Function.MATCH);
  }

  private @Nullable JsonElement value(Operand operand, JsonElement current) {
    return switch (operand) {
      case Operand.Literal literal -> literal.value();
      case Query query -> only(find(query, current));
      case Operand.Call call -> {
        Operand argument = call.arguments().getFirst();
        yield switch (call.function()) {
          case LENGTH -> Values.length(value(argument, current));
          case COUNT -> new JsonPrimitive(find((Query) argument, current).size());
          case VALUE -> only(find((Query) argument, current));
          case MATCH, SEARCH -> null;
        };
      }
    };
  }

  private static @Nullable JsonElement only(List<JsonElement> nodes) {
    return nodes.size() == 1 ? nodes.getFirst() : null;
  }

  private boolean compare(
      @Nullable JsonElement left, String operator, @Nullable JsonElement right) {
    return switch (operator) {
      case "==" -> Values.equal(left, right, limits);
      case "!=" -> !Values.equal(left, right, limits);
      case "<" -> Values.less(left, right);
      case ">" -> Values.less(right, left);
      case "<=" -> Values.less(left, right) || Values.equal(left, right, limits);
      default -> Values.less(right, left) || Values.equal(left, right, limits);
    };
  }
}
