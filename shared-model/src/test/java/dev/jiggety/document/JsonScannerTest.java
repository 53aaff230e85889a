package dev.jiggety.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {

  private static String skipped(String text) throws JsonScanner.MalformedException {
    var in = new JsonScanner(text);
    var from = in.position();
    in.skipValue();
    var value = in.since(from);
    in.end();
    return value;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "\"\"",
        "0",
        "-0.5e+10",
        "9007199254740993",
        "1e400",
        "true",
        "null",
        "{\"a\":[1,{\"b\":[]},\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\"],\"ä😀\":false}",
        "[[[[]]],{},{\"a\":{}}]"
      })
  void readsWhatIsJson(String text) throws Exception {
    assertThat(skipped(text)).isEqualTo(text);
    assertThat(skipped(" " + text + "\n")).isEqualTo(text);
    assertThat(new JsonScanner(text).nextTree()).isEqualTo(JsonParser.parseString(text));
    assertThat(new JsonScanner(text).nextTree()).hasToString(text.isEmpty() ? "" : tree(text));
  }

  private static String tree(String text) {
    return JsonParser.parseString(text).toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "01",
        "1.",
        ".5",
        "+1",
        "1e",
        "-",
        "NaN",
        "True",
        "nul",
        "\"",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\u12\"",
        "\"a\nb\"",
        "[1]]",
        "{} {}",
        "[1}",
        "{\"a\":1]",
        "// x"
      })
  void refusesWhatIsNot(String text) {
    assertThatThrownBy(() -> skipped(text)).isInstanceOf(JsonScanner.MalformedException.class);
    assertThatThrownBy(
            () -> {
              var in = new JsonScanner(text);
              var _ = in.nextTree();
              in.end();
            })
        .isInstanceOf(JsonScanner.MalformedException.class);
  }

  @Test
  void refusesWhatIsNestedTooDeepInsteadOfFallingOver() {
    assertThatThrownBy(() -> skipped("[".repeat(100_000)))
        .isInstanceOf(JsonScanner.MalformedException.class);
  }

  @Test
  void takesMembersOutAsTheyAreWritten() throws Exception {
    var in = new JsonScanner("{\"_id\":\"\\u00e4\\n\",\"b\":{\"c\":[1.10,2]},\"d\\u0065\":null}");
    in.beginObject();
    assertThat(in.nextName()).isEqualTo("_id");
    assertThat(in.nextString()).isEqualTo("ä\n");
    assertThat(in.nextName()).isEqualTo("b");
    in.skipValue();
    assertThat(in.member()).isEqualTo("\"b\":{\"c\":[1.10,2]}");
    assertThat(in.nextName()).isEqualTo("de");
    in.skipValue();
    assertThat(in.member()).isEqualTo("\"d\\u0065\":null");
    assertThat(in.nextName()).isNull();
    in.end();
    assertThat(in.sawBlanksSince(0)).isFalse();
  }

  @Test
  void tellsWhereBlanksAreFromThoseBefore() throws Exception {
    var in = new JsonScanner("[{\"a\":1},\n{\"b\":2},{\"c\": 3}]");
    in.beginArray();
    var blanks = new ArrayList<Boolean>();
    while (in.nextElement()) {
      var from = in.position();
      in.skipValue();
      blanks.add(in.sawBlanksSince(from));
    }
    assertThat(blanks).containsExactly(false, false, true);
  }

  @Test
  void readsEachNameOfALongTextAsItIs() throws Exception {
    // Many names of the same length with the same ends, some of them again and again.
    var text = new StringBuilder("{");
    var expected = new ArrayList<String>();
    for (var i = 0; i < 2_000; i++) {
      var name = i % 3 == 0 ? "" : "n" + (i * 7919 % 613) + "é".repeat(i % 2) + "n";
      expected.add(name);
      text.append(i == 0 ? "" : ",").append('"').append(name).append("\":").append(i);
    }
    var in = new JsonScanner(text.append('}').toString());
    var names = new ArrayList<String>();
    in.beginObject();
    for (var name = in.nextName(); name != null; name = in.nextName()) {
      names.add(name);
      in.skipValue();
    }
    assertThat(names).isEqualTo(expected);
  }
}
