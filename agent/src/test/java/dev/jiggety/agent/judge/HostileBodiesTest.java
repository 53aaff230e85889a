package dev.jiggety.agent.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Capture;
import dev.jiggety.model.Check.Header;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bodies of a mebibyte that are made to keep a node busy; unbounded, each takes hours or memory.
 */
class HostileBodiesTest {
  private static final int SIZE = 1 << 20;

  static Stream<Arguments> hostile() {
    String deepPage = "<div>".repeat(500) + "<i>x</i>".repeat(SIZE / 8);
    String wideJson = "[" + "[1],".repeat(SIZE / 8) + "1]";
    return Stream.of(
        Arguments.of(xpath("count(//*[count(//*) > 0])"), deepPage),
        Arguments.of(xpath("//div//div//div//div[contains(., 'y')]"), deepPage),
        Arguments.of(css("div div div div:contains(y)"), deepPage),
        Arguments.of(css("div:has(div:has(i))"), deepPage),
        Arguments.of(json("$[?count($..*) > 1]"), wideJson),
        Arguments.of(json("$[?search(@[0], '(a|aa)+$')]"), "[[\"" + "a".repeat(SIZE) + "b\"]]"),
        Arguments.of(
            schema("{\"items\":{\"pattern\":\"^(a|aa)+$\"}}"), "[\"" + "a".repeat(90) + "b\"]"),
        Arguments.of(
            new Assertion(Target.BODY, "", Operator.MATCHES, false, "^(a|aa)+$"),
            "a".repeat(90) + "b"));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void endsWithAFailureThatSaysSo(Assertion assertion, String body) {
    Failure failure =
        assertTimeoutPreemptively(
            Duration.ofMinutes(1),
            () -> Judge.check(List.of(assertion), answer(body)).orElseThrow());
    assertThat(failure.text()).contains("given up");
    assertThat(failure.kind()).isEqualTo(ErrorKind.ASSERTION);
    assertThat(failure.text().length()).isLessThan(500);
  }

  @Test
  void manyDifferentItemsAreComparedInOneGo() {
    StringBuilder items = new StringBuilder("[0");
    for (int i = 1; i < 100_000; i++) {
      items.append(',').append(i);
    }
    String schema = "{\"uniqueItems\": true}";
    assertThat(Judge.check(List.of(schema(schema)), answer(items + "]"))).isEmpty();
    assertThat(Judge.check(List.of(schema(schema)), answer(items + ",7.0]")).orElseThrow().text())
        .contains("holds an item twice");
  }

  @Test
  void deepJsonAndStrangePagesAreAnsweredToo() {
    String deep = "[".repeat(SIZE / 2) + "]".repeat(SIZE / 2);
    assertThat(Judge.check(List.of(json("$..a")), answer(deep)).orElseThrow().text())
        .contains("a body that is no JSON");
    assertThat(Judge.check(List.of(css("h1")), answer("<".repeat(SIZE))).orElseThrow().text())
        .contains("no such element");
    assertThat(Judge.check(List.of(json("$.a")), answer("{a: 1}")).orElseThrow().text())
        .as("lenient JSON is none")
        .contains("a body that is no JSON");
    assertThat(Judge.check(List.of(json("$[?@ < 1e3]")), answer("[1" + "0".repeat(SIZE / 2) + "]")))
        .isPresent();
  }

  @Test
  void anXPathLoadsNothing() {
    Failure failure =
        Judge.check(List.of(xpath("document('file:///etc/passwd')")), answer("<p>x</p>"))
            .orElseThrow();
    assertThat(failure.kind()).isEqualTo(ErrorKind.INTERNAL);
    String xxe =
        "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>";
    Answer xml =
        Answer.builder()
            .status(200)
            .headers(List.of(new Header("content-type", "application/xml")))
            .body(xxe, true)
            .build();
    assertThat(
            Judge.check(
                List.of(new Assertion(Target.XPATH, "//a", Operator.CONTAINS, false, "root:")),
                xml))
        .isPresent();
  }

  @Test
  void capturesTakeTheFirstFindOrSayWhatWasSought() {
    Answer page = answer("<input name=token value='t-1'><p>order 17</p><p>order 18</p>");
    assertThat(capture(Target.CSS, "input @value", page))
        .isEqualTo(new Captured.Found("it", "t-1", true));
    assertThat(capture(Target.BODY, "order (\\d+)", page))
        .isEqualTo(new Captured.Found("it", "17", true));
    assertThat(capture(Target.XPATH, "//p[2]", page))
        .isEqualTo(new Captured.Found("it", "order 18", true));
    assertThat(capture(Target.JSON, "$.a", answer("{\"a\": [1, {\"b\": null}]}")))
        .isEqualTo(new Captured.Found("it", "[1,{\"b\":null}]", true));
    assertThat(capture(Target.JSON, "$.a", page))
        .isEqualTo(
            new Captured.Missing(
                new Failure(
                    ErrorKind.ASSERTION,
                    null,
                    "capture it: found nothing by json \"$.a\" in a body that is no JSON")));
    assertThat(capture(Target.HEADER, "location", page)).isInstanceOf(Captured.Missing.class);
  }

  private static Captured capture(Target target, String expression, Answer answer) {
    return Judge.capture(new Capture("it", target, expression, true), answer);
  }

  private static Answer answer(String body) {
    return Answer.builder().status(200).body(body, true).build();
  }

  private static Assertion xpath(String path) {
    return new Assertion(Target.XPATH, path, Operator.EQUALS, false, "y");
  }

  private static Assertion css(String path) {
    return new Assertion(Target.CSS, path, Operator.EXISTS, false, "");
  }

  private static Assertion json(String path) {
    return new Assertion(Target.JSON, path, Operator.EXISTS, false, "");
  }

  private static Assertion schema(String schema) {
    return new Assertion(Target.SCHEMA, "", Operator.VALID, false, schema);
  }
}
