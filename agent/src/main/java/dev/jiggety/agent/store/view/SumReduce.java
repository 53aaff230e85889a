package dev.jiggety.agent.store.view;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code _sum}: of numbers; of arrays element by element, the shorter one as if it went on with
 * zeros, and a number as an array of one; of objects member by member, which may be arrays and
 * objects again. Objects cannot be mixed with the others. Where it cannot be done, the sum is an
 * object that says so, as in CouchDB, and so is every sum that this one is a part of.
 */
final class SumReduce implements ValueReduce {

  private static final String REASON =
      "The _sum function requires that map values be numbers, arrays of numbers, or objects. "
          + "Objects cannot be mixed with other data structures. Objects can be arbitrarily nested, "
          + "provided that the values for all fields are themselves numbers, arrays of numbers, or "
          + "objects.";

  private static final String ERROR = "builtin_reduce_error";

  /** The sum cannot be made; it is this object instead. */
  private static final class NoSum extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient JsonObject answer;

    private NoSum(JsonObject answer) {
      super(null, null, false, false);
      this.answer = answer;
    }

    private static NoSum causedBy(JsonElement value) {
      var answer = new JsonObject();
      answer.addProperty("error", ERROR);
      answer.addProperty("reason", REASON);
      answer.add("caused_by", value);
      return new NoSum(answer);
    }
  }

  /**
   * A sum in the making. What has been seen once is still as it came, so a member that stands alone
   * may be anything, as in CouchDB.
   */
  private sealed interface Sum {
    JsonElement json();
  }

  private record Once(JsonElement value) implements Sum {
    @Override
    public JsonElement json() {
      return value;
    }
  }

  private record Scalar(Number number) implements Sum {
    @Override
    public JsonElement json() {
      return Numbers.json(number);
    }
  }

  private record Vector(List<Sum> elements) implements Sum {
    @Override
    public JsonElement json() {
      var array = new JsonArray(elements.size());
      elements.forEach(element -> array.add(element.json()));
      return array;
    }
  }

  /** A vector while it is one of integers that fit: what histograms are. */
  private static final class Longs implements Sum {
    private long[] values;
    private int size;

    private Longs(int capacity) {
      values = new long[capacity];
    }

    /** Returns false, and has done nothing, where the element does not fit in. */
    private boolean add(int index, JsonElement value) {
      if (!(value instanceof JsonPrimitive primitive)
          || !primitive.isNumber()
          || !(primitive.getAsNumber() instanceof Long number)) {
        return false;
      }
      if (index == size) {
        if (size == values.length) {
          values = Arrays.copyOf(values, 2 * size + 1);
        }
        values[size++] = number;
        return true;
      }
      var sum = values[index] + number;
      if (((values[index] ^ sum) & (number ^ sum)) < 0) {
        return false;
      }
      values[index] = sum;
      return true;
    }

    private Vector vector() {
      var elements = new ArrayList<Sum>(size);
      for (var i = 0; i < size; i++) {
        elements.add(new Scalar(values[i]));
      }
      return new Vector(elements);
    }

    @Override
    public JsonElement json() {
      var array = new JsonArray(size);
      for (var i = 0; i < size; i++) {
        array.add(new JsonPrimitive(values[i]));
      }
      return array;
    }
  }

  private record Members(Map<String, Sum> members) implements Sum {
    @Override
    public JsonElement json() {
      var object = new JsonObject();
      new TreeMap<>(members).forEach((name, sum) -> object.add(name, sum.json()));
      return object;
    }
  }

  @Override
  public JsonElement reduceValues(List<JsonElement> values) {
    try {
      Sum sum = new Scalar(0L);
      for (var value : values) {
        sum = add(sum, value);
      }
      return sum.json();
    } catch (NoSum e) {
      return e.answer;
    }
  }

  @Override
  public JsonElement rereduce(List<JsonElement> reductions) {
    return reduceValues(reductions);
  }

  private static Sum add(Sum sum, JsonElement value) throws NoSum {
    return switch (value) {
      case JsonPrimitive number when number.isNumber() -> addNumber(sum, number);
      case JsonArray array -> addArray(sum, array);
      case JsonObject object -> addObject(sum, object);
      default -> throw NoSum.causedBy(value);
    };
  }

  private static Sum addNumber(Sum sum, JsonPrimitive value) throws NoSum {
    return switch (opened(sum)) {
      case Scalar scalar -> new Scalar(Numbers.add(scalar.number(), Numbers.of(value)));
      case Longs longs when longs.add(0, value) -> longs;
      case Longs longs -> addElements(longs.vector(), 0, List.of(value));
      case Vector vector -> addElements(vector, 0, List.of(value));
      default -> throw NoSum.causedBy(value);
    };
  }

  private static Sum addArray(Sum sum, JsonArray value) throws NoSum {
    var to =
        switch (opened(sum)) {
          case Scalar scalar -> opened(new Once(array(scalar.json())));
          case Longs longs -> longs;
          case Vector vector -> vector;
          default -> throw NoSum.causedBy(value);
        };
    var elements = value.asList();
    if (!(to instanceof Longs longs)) {
      return addElements((Vector) to, 0, elements);
    }
    var index = 0;
    while (index < elements.size() && longs.add(index, elements.get(index))) {
      index++;
    }
    return index == elements.size() ? longs : addElements(longs.vector(), index, elements);
  }

  private static JsonArray array(JsonElement element) {
    var array = new JsonArray(1);
    array.add(element);
    return array;
  }

  private static Vector addElements(Vector vector, int from, List<JsonElement> values)
      throws NoSum {
    for (var i = from; i < values.size(); i++) {
      addElement(vector, i, values.get(i));
    }
    return vector;
  }

  private static void addElement(Vector vector, int index, JsonElement value) throws NoSum {
    var elements = vector.elements();
    if (index == elements.size()) {
      elements.add(new Once(value));
    } else if (Numbers.isNumber(value) && opened(elements.get(index)) instanceof Scalar scalar) {
      elements.set(index, new Scalar(Numbers.add(scalar.number(), Numbers.of(value))));
    } else {
      throw NoSum.causedBy(value);
    }
  }

  private static Sum addObject(Sum sum, JsonObject value) throws NoSum {
    if (value.get("error") instanceof JsonPrimitive error && error.getAsString().equals(ERROR)) {
      throw new NoSum(value);
    }
    return switch (opened(sum)) {
      case Scalar scalar when scalar.number().equals(0L) -> new Once(value);
      case Members members -> {
        for (var member : value.entrySet()) {
          var other = members.members().get(member.getKey());
          members
              .members()
              .put(
                  member.getKey(),
                  other == null ? new Once(member.getValue()) : add(other, member.getValue()));
        }
        yield members;
      }
      default -> throw NoSum.causedBy(value);
    };
  }

  /** What can be added to; what is no number, array or object stays as it is. */
  private static Sum opened(Sum sum) {
    if (!(sum instanceof Once once)) {
      return sum;
    }
    return switch (once.value()) {
      case JsonPrimitive number when number.isNumber() -> new Scalar(Numbers.of(number));
      case JsonArray array -> {
        var longs = new Longs(array.size());
        var index = 0;
        while (index < array.size() && longs.add(index, array.get(index))) {
          index++;
        }
        if (index == array.size()) {
          yield longs;
        }
        var elements = new ArrayList<Sum>(array.size());
        array.forEach(element -> elements.add(new Once(element)));
        yield new Vector(elements);
      }
      case JsonObject object -> {
        var members = new HashMap<String, Sum>();
        object.entrySet().forEach(each -> members.put(each.getKey(), new Once(each.getValue())));
        yield new Members(members);
      }
      default -> sum;
    };
  }
}
