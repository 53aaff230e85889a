package dev.jiggety.agent.store.collation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What has to hold for all values: one order, and keys that have it. */
class CollationPropertiesTest {

  private static final List<String> NAMES = List.of("a", "A", "b", "e\u0301", "\u00e9", "a\u0000");

  @Provide
  Arbitrary<JsonElement> values() {
    return Arbitraries.lazyOf(
        () -> Arbitraries.just(JsonNull.INSTANCE),
        () -> Arbitraries.of(true, false).map(JsonPrimitive::new),
        this::numbers,
        this::numbers,
        this::strings,
        this::strings,
        this::arrays,
        this::objects);
  }

  private Arbitrary<JsonElement> numbers() {
    var integers = Arbitraries.bigIntegers().map(BigInteger::toString);
    var nearPowers =
        Arbitraries.integers()
            .between(50, 70)
            .flatMap(power ->
                Arbitraries.integers()
                    .between(-3, 3)
                    .map(step -> BigInteger.TWO.pow(power).add(BigInteger.valueOf(step))))
            .flatMap(number -> Arbitraries.of(number, number.negate()))
            .map(BigInteger::toString);
    var huge =
        Arbitraries.integers()
            .between(1020, 1030)
            .flatMap(power ->
                Arbitraries.integers()
                    .between(-2, 2)
                    .map(step -> BigInteger.TWO.pow(power).add(BigInteger.valueOf(step))))
            .flatMap(number -> Arbitraries.of(number, number.negate()))
            .map(BigInteger::toString);
    var doubles = Arbitraries.doubles().map(value -> Double.toString(value));
    var odd =
        Arbitraries.of("0", "-0", "0.0", "1", "1.0", "1e0", "-1", "1e999", "-1e999", "5e-324");
    return Arbitraries.oneOf(integers, nearPowers, huge, doubles, odd).map(JsonParser::parseString);
  }

  private Arbitrary<JsonElement> strings() {
    var ascii = Arbitraries.strings().ascii().ofMaxLength(6);
    // Few letters, so that many of them are nearly the same.
    var close = Arbitraries.strings().withChars("aAbB e\u00e9\u0301\u0000-\uffff").ofMaxLength(4);
    var code =
        Arbitraries.integers()
            .between(1, 0x10FFFF)
            .filter(point -> point < 0xD800 || point > 0xDFFF)
            .list()
            .ofMaxSize(4)
            .map(points -> {
              var text = new StringBuilder();
              points.forEach(text::appendCodePoint);
              return text.toString();
            });
    return Arbitraries.oneOf(ascii, close, code).map(JsonPrimitive::new);
  }

  private Arbitrary<JsonElement> arrays() {
    return values()
        .list()
        .ofMaxSize(3)
        .map(elements -> {
          var array = new JsonArray();
          elements.forEach(array::add);
          return array;
        });
  }

  private Arbitrary<JsonElement> objects() {
    return Arbitraries.maps(Arbitraries.of(NAMES), values())
        .ofMaxSize(3)
        .map(members -> {
          var object = new JsonObject();
          members.forEach(object::add);
          return object;
        });
  }

  @Property(tries = 3000)
  void keysHaveTheOrderOfTheValues(
      @ForAll("values") JsonElement left, @ForAll("values") JsonElement right) {
    var order = Integer.signum(Collation.compare(left, right));

    assertThat(Integer.signum(Collation.compare(right, left))).isEqualTo(-order);
    assertThat(Integer.signum(Arrays.compareUnsigned(Collation.key(left), Collation.key(right))))
        .isEqualTo(order);
  }

  @Property(tries = 200)
  void theOrderIsTotal(@ForAll("several") List<JsonElement> values) {
    // TimSort does not notice every contradiction; all pairs of the result do.
    var sorted = new ArrayList<>(values);
    sorted.sort(Collation::compare);
    for (var i = 0; i < sorted.size(); i++) {
      assertThat(Collation.compare(sorted.get(i), sorted.get(i))).isZero();
      for (var j = i + 1; j < sorted.size(); j++) {
        assertThat(Collation.compare(sorted.get(i), sorted.get(j))).isNotPositive();
        assertThat(Collation.compare(sorted.get(j), sorted.get(i))).isNotNegative();
      }
    }
  }

  @Provide
  Arbitrary<List<JsonElement>> several() {
    return values().list().ofMinSize(2).ofMaxSize(12);
  }

  @Property(tries = 2000)
  void noKeyIsAPrefixOfAnother(
      @ForAll("values") JsonElement left, @ForAll("values") JsonElement right) {
    var shorter = Collation.key(left);
    var longer = Collation.key(right);
    if (shorter.length < longer.length) {
      assertThat(Arrays.copyOf(longer, shorter.length)).isNotEqualTo(shorter);
    }
  }

  @Property(tries = 1000)
  void arraysShareAPrefixWhereTheyShareElements(
      @ForAll("several") List<JsonElement> left, @ForAll("several") List<JsonElement> right) {
    var one = new JsonArray();
    left.forEach(one::add);
    var other = new JsonArray();
    other.add(left.getFirst());
    right.forEach(other::add);
    var alike = 0;
    while (alike < Math.min(one.size(), other.size())
        && Collation.compare(one.get(alike), other.get(alike)) == 0) {
      alike++;
    }

    for (var length = 1; length <= Math.min(one.size(), other.size()); length++) {
      var group = Collation.prefix(one, length);
      assertThat(Collation.key(one)).startsWith(group);
      assertThat(Arrays.equals(group, Collation.prefix(other, length))).isEqualTo(length <= alike);
    }
  }
}
