package dev.jiggety.agent.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Check.Header;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {
  private static final Answer ANSWER = answer(200, "Welcome\n to the shop", 30);

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      textBlock =
          """
          STATUS | | false | EQUALS | 200 | -
          STATUS | | false | EQUALS | 201 | status: expected 201, found 200
          STATUS | | true | EQUALS | 200 | status: expected not 200, found 200
          STATUS | | false | IN | 200-299,304 | -
          STATUS | | false | IN | 300-399 | status: expected in 300-399, found 200
          STATUS | | false | LESS_THAN | 200 | status: expected less than 200, found 200
          HEADER | Content-Type | false | CONTAINS | html | -
          HEADER | x-none | false | EXISTS | | header x-none: expected to be there, found no such header
          HEADER | x-none | true | EXISTS | | -
          HEADER | X-Id | false | EQUALS | 8 | header x-id: expected "8", found "7"
          HEADER | x-none | true | CONTAINS | a | -
          BODY | | false | CONTAINS | shop | -
          BODY | | false | CONTAINS | error | body: expected to contain "error", found "Welcome to the shop"
          BODY | | true | CONTAINS | shop | body: expected not to contain "shop", found "Welcome to the shop"
          BODY | | false | MATCHES | Wel.*e | -
          BODY | | false | MATCHES | ^shop | body: expected to match "^shop", found "Welcome to the shop"
          TOTAL | | false | LESS_THAN | 101ms | -
          TOTAL | | false | LESS_THAN | 100ms | total: expected less than 100ms, found 100.0ms
          PHASE | wait | false | LESS_THAN | 50ms | wait: expected less than 50ms, found 80.0ms
          PHASE | ssl | false | LESS_THAN | 50ms | -
          CERTIFICATE_DAYS | | false | GREATER_THAN | 29 | -
          CERTIFICATE_DAYS | | false | GREATER_THAN | 30 | certificate days: expected more than 30, found 30
          STATUS | | false | EQUALS | x | the assertion on status makes no sense: value: "x" is not a status; write 200, or with in 200-299,304
          """)
  void saysWhatWasExpectedAndFound(
      Target target, String name, boolean negated, Operator operator, String value, String text) {
    Assertion assertion =
        new Assertion(
            target, name == null ? "" : name, operator, negated, value == null ? "" : value);
    assertThat(Judge.check(List.of(assertion), ANSWER).map(Failure::text).orElse(null))
        .isEqualTo(text);
  }

  @Test
  void withoutAssertionsAnySuccessWillDo() {
    assertThat(Judge.check(List.of(), answer(399, "", 1))).isEmpty();
    assertThat(Judge.check(List.of(), answer(400, "", 1)))
        .contains(new Failure(ErrorKind.ASSERTION, null, "status: expected in 200-399, found 400"));
  }

  @Test
  void aWrongAnswerIsToldBeforeASlowOne() {
    Assertion slow = Assertion.that(Target.TOTAL, Operator.LESS_THAN, "1ms");
    Assertion wrong = Assertion.that(Target.BODY, Operator.CONTAINS, "nowhere");
    Failure failure = Judge.check(List.of(slow, wrong), ANSWER).orElseThrow();
    assertThat(failure.kind()).isEqualTo(ErrorKind.ASSERTION);
    assertThat(failure.text()).endsWith("(and 1 more)");
    Assertion phase = new Assertion(Target.PHASE, "wait", Operator.LESS_THAN, false, "1ms");
    assertThat(Judge.check(List.of(phase), ANSWER).orElseThrow())
        .satisfies(only -> {
          assertThat(only.kind()).isEqualTo(ErrorKind.SLOW);
          assertThat(only.phase()).isEqualTo(Phase.WAIT);
        });
  }

  @Test
  void anExpressionThatBacktracksForEverIsGivenUp() {
    Assertion evil = Assertion.that(Target.BODY, Operator.MATCHES, "^(.*,){20}P");
    String text = Judge.check(List.of(evil), answer(200, "1,".repeat(60), 1)).orElseThrow().text();
    assertThat(text).contains("backtracks");
    Assertion deep = Assertion.that(Target.BODY, Operator.MATCHES, "^(a|b)*$");
    assertThat(Judge.check(List.of(deep), answer(200, "ab".repeat(400_000) + "c", 1))).isPresent();
  }

  @Test
  void aBodyThatWasCutSaysSo() {
    Answer cut = Answer.builder().status(200).body("abc", false).build();
    Assertion wrong = Assertion.that(Target.BODY, Operator.CONTAINS, "d");
    assertThat(Judge.check(List.of(wrong), cut).orElseThrow().text())
        .isEqualTo(
            "body: expected to contain \"d\", found \"abc\" (only its first 3 characters kept)");
  }

  private static Answer answer(int status, String body, long days) {
    return Answer.builder()
        .status(status)
        .headers(List.of(new Header("content-type", "text/html"), new Header("x-id", "7")))
        .body(body, true)
        .total(Duration.ofMillis(100))
        .phases(Phases.of(Map.of(Phase.WAIT, Duration.ofMillis(80))))
        .certificate(new Answer.Certificate(days, "CN=Some Authority", List.of("example.com")))
        .build();
  }
}
