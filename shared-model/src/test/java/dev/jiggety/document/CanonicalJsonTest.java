package dev.jiggety.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {

  @Property
  void theOrderOfMembersMakesNoDifference(
      @ForAll("members") Map<String, String> members, @ForAll long seed) {
    JsonObject first = new JsonObject();
    members.forEach(first::addProperty);
    List<String> names = new ArrayList<>(members.keySet());
    Collections.shuffle(names, new Random(seed));
    JsonObject second = new JsonObject();
    names.forEach(name -> second.addProperty(name, members.get(name)));
    assertThat(CanonicalJson.write(second)).isEqualTo(CanonicalJson.write(first));
    assertThat(CanonicalJson.md5(second)).isEqualTo(CanonicalJson.md5(first));
    assertThat(JsonParser.parseString(CanonicalJson.write(first))).isEqualTo(first);
  }

  @Test
  void numbersStayAsTheyWereWritten() {
    String text = "{\"a\":9007199254740993,\"b\":1.50,\"c\":1e3,\"d\":[null,true,-0]}";
    assertThat(CanonicalJson.write(parse(text))).isEqualTo(text);
  }

  @Test
  void blanksGoAndControlCharactersAreEscaped() {
    assertThat(CanonicalJson.write(parse("{ \"b\" : \"\\u0001\\n\\\"\\\\ä/\" , \"a\" : { } }")))
        .isEqualTo("{\"a\":{},\"b\":\"\\u0001\\u000a\\\"\\\\ä/\"}");
  }

  @Property
  void compactTextHoldsTheSameInTheOrderOfTheMembers(
      @ForAll("members") Map<String, String> members) {
    JsonObject json = new JsonObject();
    members.forEach(json::addProperty);
    json.add("last", parse("[{\"z\":1.50,\"a\":null},\"\\u0001\\n\"]"));
    JsonObject read = parse(CanonicalJson.compact(json.entrySet())).getAsJsonObject();
    assertThat(read).isEqualTo(json);
    assertThat(read.keySet()).containsExactlyElementsOf(json.keySet());
    assertThat(CanonicalJson.compact(read.entrySet()))
        .endsWith("\"last\":[{\"z\":1.50,\"a\":null},\"\\u0001\\n\"]}");
  }

  @Test
  void theHashIsThatOfTheText() {
    assertThat(CanonicalJson.md5(parse("{}"))).isEqualTo("99914b932bd37a50b983c5e7c90ae93b");
  }

  @Provide
  Arbitrary<Map<String, String>> members() {
    return Arbitraries.maps(Arbitraries.strings(), Arbitraries.strings()).ofMaxSize(6);
  }

  private static JsonElement parse(String text) {
    return JsonParser.parseString(text);
  }
}
