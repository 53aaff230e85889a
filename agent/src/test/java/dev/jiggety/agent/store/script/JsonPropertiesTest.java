package dev.jiggety.agent.store.script;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/** Values that go through a function come back the same. */
class JsonPropertiesTest {
  private static final Scripts SCRIPTS = Scripts.open(Scripts.Limits.DEFAULT);

  @AfterContainer
  static void close() {
    SCRIPTS.close();
  }

  @Property(tries = 200, shrinking = ShrinkingMode.OFF)
  void whatADoubleHoldsComesBackTheSame(@ForAll("json") JsonElement value) throws ScriptException {
    var document = new JsonObject();
    document.add("value", value);
    var parsed =
        SCRIPTS.reduce("(k, v) => v[0]").rereduce(List.of(document)).getAsJsonObject().get("value");
    assertThat(parsed).isEqualTo(value);
    SCRIPTS
        .maps(
            List.of("doc => emit(doc.value, JSON.parse(JSON.stringify(doc.value)))"),
            new JsonObject())
        .map(
            List.of(document.toString()),
            (index, function, key, copy) -> {
              assertThat(key).isEqualTo(value);
              assertThat(copy).isEqualTo(value);
            });
  }

  @Provide
  Arbitrary<JsonElement> json() {
    return json(3);
  }

  private static Arbitrary<JsonElement> json(int depth) {
    Arbitrary<JsonElement> leaves =
        Arbitraries.oneOf(
            Arbitraries.just(JsonNull.INSTANCE),
            Arbitraries.of(true, false).map(JsonPrimitive::new),
            Arbitraries.longs().between(-(1L << 53), 1L << 53).map(JsonPrimitive::new),
            Arbitraries.doubles().map(value -> value == 0 ? 0.0 : value).map(JsonPrimitive::new),
            texts().map(JsonPrimitive::new));
    if (depth == 0) {
      return leaves;
    }
    var inner = json(depth - 1);
    return Arbitraries.oneOf(
        leaves,
        inner.list().ofMaxSize(3).map(JsonPropertiesTest::array),
        Arbitraries.maps(names(), inner).ofMaxSize(3).map(JsonPropertiesTest::object));
  }

  /** Lone surrogates, controls and all. */
  private static Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withCharRange(Character.MIN_VALUE, Character.MAX_VALUE)
        .ofMaxLength(8);
  }

  private static Arbitrary<String> names() {
    return Arbitraries.oneOf(
        texts(),
        Arbitraries.of(
            "0",
            "1",
            "01",
            "-1",
            "4294967295",
            "2147483648",
            "99999999999",
            "1.5",
            "",
            "length",
            "__proto__",
            "constructor",
            "toString",
            "hasOwnProperty",
            "_id"));
  }

  private static JsonElement array(List<JsonElement> elements) {
    var array = new JsonArray();
    elements.forEach(array::add);
    return array;
  }

  private static JsonElement object(Map<String, JsonElement> members) {
    var object = new JsonObject();
    members.forEach(object::add);
    return object;
  }
}
