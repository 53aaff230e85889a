package dev.jiggety.agent.store.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** However rows are divided, in one step or several, they reduce to the same. */
class BuiltinReducesPropertiesTest {

  /** Values that can be summed up together; integers, as with doubles the order does matter. */
  @Provide
  Arbitrary<List<JsonElement>> summable() {
    return Arbitraries.oneOf(
        listOf(Arbitraries.oneOf(integers(), arrays())), listOf(objects(2)), listOf(integers()));
  }

  @Provide
  Arbitrary<List<JsonElement>> countable() {
    return listOf(Arbitraries.oneOf(integers(), aggregates()));
  }

  @Provide
  Arbitrary<List<JsonElement>> anything() {
    return listOf(
        Arbitraries.oneOf(
            integers(), arrays(), Arbitraries.strings().ascii().map(JsonPrimitive::new)));
  }

  private static Arbitrary<List<JsonElement>> listOf(Arbitrary<JsonElement> values) {
    return values.list().ofMinSize(1).ofMaxSize(20);
  }

  private static Arbitrary<JsonElement> integers() {
    return Arbitraries.bigIntegers()
        .between(BigInteger.TWO.pow(64).negate(), BigInteger.TWO.pow(64))
        .map(value -> JsonParser.parseString(value.toString()));
  }

  private static Arbitrary<JsonElement> arrays() {
    return integers()
        .list()
        .ofMaxSize(4)
        .map(elements -> {
          var array = new JsonArray();
          elements.forEach(array::add);
          return array;
        });
  }

  private static Arbitrary<JsonElement> objects(int depth) {
    // A name always has values of one kind, so that they can be added.
    var inner = depth == 0 ? integers() : Arbitraries.lazy(() -> objects(depth - 1));
    return Combinators.combine(
            Arbitraries.maps(Arbitraries.of("a", "b", "c"), integers()),
            Arbitraries.maps(Arbitraries.of("x", "y"), arrays()),
            Arbitraries.maps(Arbitraries.of("o" + depth, "p" + depth), inner).ofMaxSize(2))
        .as((numbers, arrays, objects) -> {
          var object = new JsonObject();
          objects.forEach(object::add);
          numbers.forEach(object::add);
          arrays.forEach(object::add);
          return object;
        });
  }

  private static Arbitrary<JsonElement> aggregates() {
    return integers()
        .map(value -> {
          var object = new JsonObject();
          for (var name : List.of("sum", "count", "min", "max", "sumsqr")) {
            object.add(name, value);
          }
          return object;
        });
  }

  private static void checkPartitions(String name, List<JsonElement> values, long seed) {
    var reduce = BuiltinReduces.find(name).orElseThrow();
    var rows =
        values.stream()
            .map(value -> new ViewRow("id", new JsonPrimitive(values.indexOf(value)), value))
            .toList();
    var random = new Random(seed);

    var parts = new ArrayList<JsonElement>();
    for (var begin = 0; begin < rows.size(); ) {
      var end = begin + 1 + random.nextInt(rows.size() - begin);
      parts.add(reduce.reduce(rows.subList(begin, end)));
      begin = end;
    }
    while (parts.size() > 1 && random.nextBoolean()) {
      var at = random.nextInt(parts.size() - 1);
      var joined = reduce.rereduce(List.of(parts.get(at), parts.remove(at + 1)));
      parts.set(at, joined);
    }

    var whole = reduce.finish(reduce.reduce(rows));
    assertThat(reduce.finish(reduce.rereduce(parts))).isEqualTo(whole);
    var read = RowJson.write(whole);
    assertThat(RowJson.read(read, 0, read.length)).isEqualTo(whole);
  }

  @Property(tries = 300)
  void sums(@ForAll("summable") List<JsonElement> values, @ForAll long seed) {
    checkPartitions("_sum", values, seed);
  }

  @Property(tries = 300)
  void stats(@ForAll("countable") List<JsonElement> values, @ForAll long seed) {
    checkPartitions("_stats", values, seed);
  }

  @Property(tries = 100)
  void theOthers(@ForAll("anything") List<JsonElement> values, @ForAll long seed) {
    for (var name :
        List.of("_count", "_top_3", "_bottom_5", "_first", "_last", "_approx_count_distinct")) {
      checkPartitions(name, values, seed);
    }
  }

  @Property(tries = 500)
  void sumsOfIntegersAreExact(@ForAll List<BigInteger> numbers) {
    if (numbers.isEmpty()) {
      return;
    }
    var values = numbers.stream().map(each -> (JsonElement) new JsonPrimitive(each)).toList();
    var sum = numbers.stream().reduce(BigInteger.ZERO, BigInteger::add);

    assertThat(((ValueReduce) BuiltinReduces.find("_sum").orElseThrow()).reduceValues(values))
        .hasToString(sum.toString());
  }
}
