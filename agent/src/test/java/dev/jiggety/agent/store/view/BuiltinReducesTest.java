package dev.jiggety.agent.store.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What CouchDB's documentation says of its reduce functions, and what its code does beyond. */
class BuiltinReducesTest {

  private static Reduce find(String name) {
    return BuiltinReduces.find(name).orElseThrow();
  }

  private static List<ViewRow> rows(String values) {
    return JsonParser.parseString(values).getAsJsonArray().asList().stream()
        .map(value -> new ViewRow("id", new JsonPrimitive("key"), value))
        .toList();
  }

  private static JsonElement reduced(String name, String values) {
    var reduce = find(name);
    return reduce.finish(reduce.reduce(rows(values)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1, 2, 3] | 6",
        "[1, -1] | 0",
        "[9007199254740993, 1] | 9007199254740994",
        "[9223372036854775807, 1] | 9223372036854775808",
        "[-9223372036854775808, -1, 5] | -9223372036854775804",
        "[123456789012345678901234567890, 1] | 123456789012345678901234567891",
        "[9223372036854775808, -1] | 9223372036854775807",
        "[1, 2.5] | 3.5",
        "[1, 2.0] | 3.0",
        "[0.1, 0.2] | 0.30000000000000004",
        "[1e7, 0] | 10000000.0",
        "[12345678.5, 1] | 12345679.5",
        "[1e20, 1] | 100000000000000000000.0",
        "[1e-5, 0] | 0.00001",
        "[[1, 2], [10, 20]] | [11,22]",
        "[2, [3, 5, 7], [0, 0, 0, 42], 1, 3] | [9,5,7,42]",
        "[[1], [1, 1.5]] | [2,1.5]",
        "[[9223372036854775807, 1], [1, 1, 5]] | [9223372036854775808,2,5]",
        "[[1, 2], [1, 0.5], [3, 1]] | [5,3.5]",
        "[[1, 2], 1.5] | [2.5,2]",
        "[[]] | [0]",
        "[{\"a\": 1}] | {\"a\":1}",
        "[{\"b\": 1, \"a\": 2}, {\"a\": 3, \"c\": 4}] | {\"a\":5,\"b\":1,\"c\":4}",
        "[{\"a\": {\"b\": [1]}}, {\"a\": {\"b\": [1, 2], \"c\": 5}}] | {\"a\":{\"b\":[2,2],\"c\":5}}",
        "[{\"a\": 1, \"b\": [1, 2], \"c\": {\"d\": 3}, \"g\": 1},"
            + "{\"a\": 2, \"b\": 3, \"c\": {\"e\": 5}, \"f\": 1, \"g\": 1}]"
            + "| {\"a\":3,\"b\":[4,2],\"c\":{\"d\":3,\"e\":5},\"f\":1,\"g\":2}",
        "[{\"name\": \"once is never added\"}] | {\"name\":\"once is never added\"}",
      })
  void sum(String values, String sum) {
    assertThat(reduced("_sum", values)).hasToString(sum);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1, \"2\"] | \"2\"",
        "[null] | null",
        "[true, 1] | true",
        "[1, {\"a\": 1}] | {\"a\":1}",
        "[{\"a\": 1}, 1] | 1",
        "[{\"a\": 1}, [1]] | [1]",
        "[[1], [\"a\"]] | \"a\"",
        "[{\"a\": \"x\"}, {\"a\": 1}] | 1",
      })
  void aSumThatCannotBeMadeSaysWhy(String values, String cause) {
    var answer = reduced("_sum", values).getAsJsonObject();

    assertThat(answer.get("error").getAsString()).isEqualTo("builtin_reduce_error");
    assertThat(answer.get("reason").getAsString())
        .startsWith("The _sum function requires that map values be numbers, arrays of numbers, or");
    assertThat(answer.get("caused_by")).hasToString(cause);
    assertThat(find("_sum").rereduce(List.of(new JsonPrimitive(1), answer))).isEqualTo(answer);
    assertThat(find("_sum").rereduce(List.of(answer, new JsonPrimitive(1)))).isEqualTo(answer);
  }

  @Test
  void sumsBeyondTheRangeOfNumbersFail() {
    for (var name : List.of("_sum", "_stats")) {
      assertThatThrownBy(() -> reduced(name, "[1.7e308, 1.7e308]"))
          .isInstanceOf(ReduceException.class)
          .hasMessageContaining("beyond the range");
    }
  }

  @Test
  void countCountsWhateverThereIs() {
    assertThat(reduced("_count", "[null, 1, \"a\", [], {}]")).hasToString("5");
    assertThat(find("_count").rereduce(List.of(new JsonPrimitive(5), new JsonPrimitive(2))))
        .hasToString("7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[2] | {\"sum\":2,\"count\":1,\"min\":2,\"max\":2,\"sumsqr\":4}",
        "[1, 10] | {\"sum\":11,\"count\":2,\"min\":1,\"max\":10,\"sumsqr\":101}",
        "[1.5, -2] | {\"sum\":-0.5,\"count\":2,\"min\":-2,\"max\":1.5,\"sumsqr\":6.25}",
        "[4294967296, 4294967296] | {\"sum\":8589934592,\"count\":2,\"min\":4294967296,"
            + "\"max\":4294967296,\"sumsqr\":36893488147419103232}",
        "[{\"sum\": 3, \"count\": 2, \"min\": 1, \"max\": 2, \"sumsqr\": 5, \"x\": 0}, 10]"
            + "| {\"sum\":13,\"count\":3,\"min\":1,\"max\":10,\"sumsqr\":105}",
        "[[2, 3], [7, 11]] | [{\"sum\":9,\"count\":2,\"min\":2,\"max\":7,\"sumsqr\":53},"
            + "{\"sum\":14,\"count\":2,\"min\":3,\"max\":11,\"sumsqr\":130}]",
      })
  void stats(String values, String stats) {
    assertThat(reduced("_stats", values)).hasToString(stats);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1, \"x\"] | The _stats function requires that map values be numbers or arrays of numbers,"
            + " not '\"x\"'",
        "[null] | The _stats function requires that map values be numbers or arrays of numbers,"
            + " not 'null'",
        "[[1], [1, 2]] | The _stats function requires that map values be numbers or arrays of"
            + " numbers, not '[1,2]'",
        "[{\"sum\": 1}] | user _stats input missing required field count ({\"sum\":1})",
        "[{\"sum\": \"1\"}] | non-numeric _stats input received for sum: \"1\"",
      })
  void statsOfOtherThingsFail(String values, String reason) {
    assertThatThrownBy(() -> reduced("_stats", values))
        .isInstanceOfSatisfying(
            ReduceException.class,
            failure -> assertThat(failure.error()).isEqualTo("invalid_value"))
        .hasMessage(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "_top_3 | [5, 1, 9, 9, 7] | [9,7,5]",
        "_bottom_2 | [5, 1, 9, 1.0, 7] | [1,5]",
        "_top_100 | [null, {}, 3, \"a\", []] | [{},[],\"a\",3,null]",
        "_first | [\"x\", 2, 3] | \"x\"",
        "_last | [1, 2, {\"a\": 1}] | {\"a\":1}",
      })
  void ranks(String name, String values, String expected) {
    assertThat(reduced(name, values)).hasToString(expected);
  }

  @Test
  void distinctKeysAreCountedAboutRight() {
    var distinct = find("_approx_count_distinct");
    for (var keys : new int[] {1, 10, 500, 20_000}) {
      var rows =
          IntStream.range(0, 2 * keys)
              .mapToObj(
                  i -> new ViewRow("d" + i, new JsonPrimitive(i % keys), new JsonPrimitive(0)))
              .toList();
      var parts = List.of(rows.subList(0, keys / 2), rows.subList(keys / 2, rows.size()));

      var whole = distinct.finish(distinct.reduce(rows)).getAsLong();

      // Five standard errors.
      assertThat(whole).isBetween(Math.round(keys * 0.885), Math.round(keys * 1.115));
      assertThat(distinct.finish(distinct.rereduce(parts.stream().map(distinct::reduce).toList())))
          .hasToString(Long.toString(whole));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"_median", "_top_0", "_top_101", "_top_", "_top_05", "_summary", "sum", ""})
  void thereAreNoOthers(String name) {
    assertThat(BuiltinReduces.find(name)).isEmpty();
  }
}
