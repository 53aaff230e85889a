package dev.jiggety.agent.store.collation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The order that CouchDB's documentation shows, and the corners that it does not. */
class CollationTest {

  private static JsonElement json(String text) {
    return JsonParser.parseString(text);
  }

  private static int compare(String left, String right) {
    var order = Integer.signum(Collation.compare(json(left), json(right)));
    var keys = Arrays.compareUnsigned(Collation.key(json(left)), Collation.key(json(right)));
    assertThat(Integer.signum(keys)).as("keys of %s and %s", left, right).isEqualTo(order);
    return order;
  }

  @Test
  void valuesAreInTheOrderOfTheDocumentation() {
    var ordered =
        """
        null
        false
        true
        -9007199254740993
        -9007199254740992
        -1e3
        -0.5
        0
        1e-300
        1
        2
        3.0
        4
        9007199254740991
        9007199254740992
        9007199254740993
        18446744073709551615
        18446744073709551616
        18446744073709551617
        1e300
        1e999
        ""
        "-"
        "~"
        "0"
        "9"
        "a"
        "A"
        "aa"
        "aA"
        "Aa"
        "b"
        "B"
        "ba"
        "bb"
        "\\uffff"
        []
        [null]
        [5]
        ["a"]
        ["b"]
        ["b", "c"]
        ["b", "c", "a"]
        ["b", "d"]
        ["b", "d", "e"]
        ["b", {}]
        [[]]
        [[], 1]
        [["a"]]
        [{}]
        {}
        {"a": 1}
        {"a": 2}
        {"a": 2, "b": null}
        {"b": 1}
        {"b": 2}
        {"b": 2, "a": 1}
        {"b": 2, "c": 2}
        {"B": 0}
        """
            .lines()
            .toList();

    for (var i = 0; i < ordered.size(); i++) {
      for (var j = 0; j < ordered.size(); j++) {
        assertThat(compare(ordered.get(i), ordered.get(j)))
            .as("%s and %s", ordered.get(i), ordered.get(j))
            .isEqualTo(Integer.compare(i, j));
      }
    }
  }

  @Test
  void asciiIsInTheOrderThatTheDocumentationPrints() {
    var ordered =
        IntStream.rangeClosed(0x20, 0x7e)
            .mapToObj(Character::toString)
            .sorted((a, b) -> Collation.compare(new JsonPrimitive(a), new JsonPrimitive(b)))
            .collect(Collectors.joining());

    // But for "`" and "^": the documentation's list, made with an older ICU, has them in front. A
    // CouchDB of today has the ICU of today, and this order.
    assertThat(ordered)
        .isEqualTo(
            " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789"
                + "aAbBcCdDeEfFgGhHiIjJkKlLmMnNoOpPqQrRsStTuUvVwWxXyYzZ");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1.0",
    "0, -0.0",
    "0, 0e5",
    "100, 1e2",
    "9007199254740992, 9007199254740992.0",
    // A fraction or exponent makes it a double, as in CouchDB: this one has no …993.
    "9007199254740992, 9007199254740993.0",
    "0.1, 0.1000000000000000055",
  })
  void differentWordsForOneNumberAreOneKey(String left, String right) {
    assertThat(compare(left, right)).isZero();
  }

  @Test
  void theClassOfNumberDoesNotMatter() {
    for (var value : List.of(-3L, 0L, 7L, 1L << 60, Long.MIN_VALUE, Long.MAX_VALUE)) {
      assertThat(Collation.key(new JsonPrimitive(value)))
          .isEqualTo(Collation.key(new JsonPrimitive(BigInteger.valueOf(value))))
          .isEqualTo(Collation.key(json(Long.toString(value))));
    }
    assertThat(Collation.key(new JsonPrimitive(2.0)))
        .isEqualTo(Collation.key(new JsonPrimitive(2)))
        .isEqualTo(Collation.key(json("2.0")));
  }

  @Test
  void integersOfAnyLengthAreOrderedExactly() {
    var digits = "9".repeat(1_000);

    assertThat(compare(digits, digits + "9")).isNegative();
    assertThat(compare(digits, digits.replaceFirst("9$", "8"))).isPositive();
    assertThat(compare("-" + digits, "-" + digits + "9")).isPositive();
    assertThat(compare("-" + digits, "-" + digits.replaceFirst("9$", "8"))).isNegative();
    assertThat(compare("-" + digits, "-1e300")).isNegative();
    assertThat(compare(digits, "1e999")).isNegative();
    assertThat(compare("-" + digits, "-1e999")).isPositive();
  }

  @Test
  void stringsThatIcuTakesForEqualAreOneKeyAsInCouchDb() {
    assertThat(compare("\"\u00e9\"", "\"e\u0301\"")).as("composed, decomposed").isZero();
    assertThat(compare("\"a\"", "\"a\\u0000\"")).as("ignorable").isZero();
    assertThat(compare("{\"a\u0000\": 1}", "{\"a\": 1}")).as("names of members").isZero();
    assertThat(compare("\"a\"", "\"a \"")).as("a blank is none of these").isNegative();
  }

  @Test
  void aHighCharacterEndsARangeOfPrefixes() {
    for (var inside : List.of("abc", "abcZZZZ", "abc\u00ff", "abc\u4e2d", "abc\ud83d\ude00")) {
      assertThat(compare('"' + inside + '"', "\"abc\\ufff0\"")).as(inside).isNegative();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "5", "\"a\"", "{}", "{\"a\":[1]}", "[]", "[1]"})
  void theGroupOfWhatHasFewerElementsIsItself(String value) {
    assertThat(Collation.prefix(json(value), 2)).isEqualTo(Collation.key(json(value)));
  }

  @Test
  void arraysThatBeginAlikeAreOneGroup() {
    var group = Collation.prefix(json("[1, \"a\"]"), 2);

    assertThat(group)
        .isEqualTo(Collation.prefix(json("[1.0, \"a\", 7]"), 2))
        .isNotEqualTo(Collation.prefix(json("[1, \"b\", 7]"), 2));
    for (var member : List.of("[1, \"a\"]", "[1, \"a\", null]", "[1, \"a\", {}, 5]")) {
      assertThat(Collation.key(json(member))).as(member).startsWith(group);
    }
    for (var other : List.of("[1]", "[1, \"aa\"]", "[1, [\"a\"]]", "[2, \"a\"]", "\"a\"")) {
      assertThat(Arrays.copyOf(Collation.key(json(other)), group.length))
          .as(other)
          .isNotEqualTo(group);
    }
  }

  @Test
  void theVersionNamesIcu() {
    assertThat(Collation.version()).matches("1-icu[0-9.]+-[0-9.]+");
  }
}
