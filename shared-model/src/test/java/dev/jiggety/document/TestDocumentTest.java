package dev.jiggety.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Check;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.testing.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestDocumentTest {

  @Test
  void nothingIsLostOnTheWay() {
    for (TestDefinition test : List.of(Samples.test("shop"), Samples.fullTest("shop"))) {
      assertThat(TestDocument.TYPE.read(TestDocument.TYPE.write(test))).isEqualTo(test);
      assertThat(TestDocument.TYPE.readStrictly(TestDocument.TYPE.writePlain(test)))
          .isEqualTo(test);
    }
  }

  @Test
  void fieldsAtTheirDefaultAreNotWritten() {
    assertThat(TestDocument.TYPE.write(Samples.test("shop")).toString())
        .isEqualTo(
            "{'_id':'test:shop','type':'test','schema':1,'name':'shop','kind':'http',"
                    .replace('\'', '"')
                + "'http':{'url':'https://shop.example/'},'schedule':{'every':'1m'}}"
                    .replace('\'', '"'));
  }

  @Test
  void whatIsNotKnownStaysUntilItIsOverwritten() {
    JsonObject newer =
        parse(
            """
            {"_id":"test:shop","_rev":"3-c","type":"test","schema":1,"name":"Shop","kind":"http",
             "colour":"green","http":{"url":"http://a/","priority":7,"body":"x"},
             "where":{"tags":["eu"],"zone":"b"},"schedule":{"every":"30s"}}
            """);
    TestDefinition read = TestDocument.TYPE.read(newer);
    JsonObject next =
        TestDocument.TYPE.write(
            read.toBuilder().name("New").check(Check.Http.get("http://b/")).build(), newer);
    assertThat(next.get("colour").getAsString()).isEqualTo("green");
    assertThat(next.getAsJsonObject("http"))
        .isEqualTo(parse("{\"url\":\"http://b/\",\"priority\":7}"));
    assertThat(next.getAsJsonObject("where")).isEqualTo(newer.getAsJsonObject("where"));
    assertThat(next.get("name").getAsString()).isEqualTo("New");
    assertThat(TestDocument.TYPE.write(read, newer)).isEqualTo(newer);
  }

  @Test
  void everyProblemHasItsPlace() {
    JsonObject wrong =
        parse(
            """
            {"_id":"test:shop","type":"test","schema":1,"active":"yes","samples":1.5,
             "tags":["a",2],"http":{"headers":[{"value":7}]},"schedule":{"every":"1m","cron":"x"},
             "assert":[{"on":"status"},{"op":"in"},"x"],"quorum":{}}
            """);
    assertThat(problems(wrong))
        .extracting(Problem::place)
        .containsExactlyInAnyOrder(
            "http.url",
            "http.headers[0].name",
            "http.headers[0].value",
            "active",
            "tags[1]",
            "schedule",
            "samples",
            "quorum",
            "assert[2]",
            "assert[0].op",
            "assert[1].on",
            "assert[2].on",
            "assert[2].op");
  }

  @Test
  void aNewerSchemaAndAnotherTypeAreRefusedAtOnce() {
    JsonObject newer = TestDocument.TYPE.write(Samples.test("shop"));
    newer.addProperty("schema", 2);
    assertThat(problems(newer))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("update Jiggety"));
    JsonObject node = TestDocument.TYPE.write(Samples.test("shop"));
    node.addProperty("type", "node");
    assertThat(problems(node)).extracting(Problem::place).containsExactly("type");
  }

  @Test
  void peoplesFilesMustNotHoldWhatIsNotKnown() {
    JsonObject written = TestDocument.TYPE.writePlain(Samples.fullTest("shop"));
    written.addProperty("timeot", "3s");
    written.getAsJsonObject("http").addProperty("proxy", "x");
    assertThatExceptionOfType(DocumentException.class)
        .isThrownBy(() -> TestDocument.TYPE.readStrictly(written))
        .withMessageContaining("timeot: unknown field; did you mean \"timeout\"?")
        .withMessageContaining("http.proxy: unknown field; known here: auth, before, body");
  }

  private static List<Problem> problems(JsonObject document) {
    try {
      TestDocument.TYPE.read(document);
      return List.of();
    } catch (DocumentException e) {
      return e.problems();
    }
  }

  private static JsonObject parse(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }
}
