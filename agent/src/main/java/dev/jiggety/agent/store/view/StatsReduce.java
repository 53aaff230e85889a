package dev.jiggety.agent.store.view;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code _stats}: sum, count, minimum, maximum and sum of squares; of numbers, of objects with
 * figures like these, or of arrays of such, element by element and all of one length. Values that
 * are none of these fail the query with CouchDB's reason, JSON in the place of Erlang's terms.
 */
final class StatsReduce implements ValueReduce {

  private sealed interface Stats {}

  private record Figures(Number sum, Number count, Number min, Number max, Number squares)
      implements Stats {}

  private record Elements(List<Stats> stats) implements Stats {}

  @Override
  public JsonElement reduceValues(List<JsonElement> values) {
    var stats = read(values.getFirst());
    for (var value : values.subList(1, values.size())) {
      stats = merge(stats, read(value), value);
    }
    return json(stats);
  }

  @Override
  public JsonElement rereduce(List<JsonElement> reductions) {
    return reduceValues(reductions);
  }

  private static Stats read(JsonElement value) {
    return switch (value) {
      case JsonArray array -> new Elements(array.asList().stream().map(StatsReduce::read).toList());
      case JsonObject object ->
          new Figures(
              figure(object, "sum"),
              figure(object, "count"),
              figure(object, "min"),
              figure(object, "max"),
              figure(object, "sumsqr"));
      case JsonElement number when Numbers.isNumber(number) -> {
        var figure = Numbers.of(number);
        yield new Figures(figure, 1L, figure, figure, Numbers.square(figure));
      }
      default -> throw notNumeric(value);
    };
  }

  private static Number figure(JsonObject object, String name) {
    var value = object.get(name);
    if (value == null) {
      throw failure("user _stats input missing required field " + name + " (" + object + ")");
    }
    if (!Numbers.isNumber(value)) {
      throw failure("non-numeric _stats input received for " + name + ": " + value);
    }
    return Numbers.of(value);
  }

  private static Stats merge(Stats one, Stats other, JsonElement value) {
    if (one instanceof Figures left && other instanceof Figures right) {
      return new Figures(
          Numbers.add(left.sum, right.sum),
          Numbers.add(left.count, right.count),
          Numbers.compare(right.min, left.min) < 0 ? right.min : left.min,
          Numbers.compare(right.max, left.max) > 0 ? right.max : left.max,
          Numbers.add(left.squares, right.squares));
    }
    if (one instanceof Elements left
        && other instanceof Elements right
        && left.stats.size() == right.stats.size()) {
      var merged = new ArrayList<Stats>(left.stats.size());
      for (var i = 0; i < left.stats.size(); i++) {
        merged.add(merge(left.stats.get(i), right.stats.get(i), value));
      }
      return new Elements(merged);
    }
    throw notNumeric(value);
  }

  private static JsonElement json(Stats stats) {
    return switch (stats) {
      case Figures figures -> {
        var object = new JsonObject();
        object.add("sum", Numbers.json(figures.sum));
        object.add("count", Numbers.json(figures.count));
        object.add("min", Numbers.json(figures.min));
        object.add("max", Numbers.json(figures.max));
        object.add("sumsqr", Numbers.json(figures.squares));
        yield object;
      }
      case Elements elements -> {
        var array = new JsonArray(elements.stats.size());
        elements.stats.forEach(each -> array.add(json(each)));
        yield array;
      }
    };
  }

  private static ReduceException notNumeric(JsonElement value) {
    return failure(
        "The _stats function requires that map values be numbers or arrays of numbers, not '"
            + value
            + "'");
  }

  private static ReduceException failure(String reason) {
    return new ReduceException("invalid_value", reason);
  }
}
