package dev.jiggety.model.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.base.Problem;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Check;
import dev.jiggety.model.Connection;
import dev.jiggety.model.Engine;
import dev.jiggety.model.TestDefinition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageRulesTest {
  private static final String URL = "https://shop.example/";

  @Test
  void aPageIsFineByItsAddressAlone() {
    assertThat(problems(Check.Page.of(URL))).isEmpty();
    assertThat(problems(Check.Page.of(URL + "?key=${secret.key}"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://shop.example/,1280,800,0,page.url",
    "'',1280,800,0,page.url",
    "https://shop.example/,199,800,0,page.width",
    "https://shop.example/,1280,4001,0,page.height",
    "https://shop.example/,1280,800,-1,page.settle",
    "https://shop.example/,1280,800,30001,page.settle",
    "https://shop.example/,1280,800,10000,page.settle"
  })
  void whatIsWrongHasItsPlace(String url, int width, int height, long settle, String place) {
    Check.Page page =
        new Check.Page(
            url, Engine.HTMLUNIT, width, height, Duration.ofMillis(settle), Connection.DEFAULT);
    assertThat(problems(page)).extracting(Problem::place).containsExactly(place);
  }

  @Test
  void phasesAreNotKnownOfAPage() {
    Assertion wait = new Assertion(Target.PHASE, "wait", Operator.LESS_THAN, false, "1s");
    Assertion load =
        new Assertion(Target.MILESTONE, "loadEventEnd", Operator.LESS_THAN, false, "3s");
    assertThat(problems(Check.Page.of(URL), load)).isEmpty();
    assertThat(problems(Check.Page.of(URL), load, wait))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.place()).isEqualTo("assert[1].on");
          assertThat(problem.toString()).contains("milestone");
        });
  }

  private static List<Problem> problems(Check.Page page, Assertion... assertions) {
    return TestRules.problems(
        TestDefinition.builder("shop", page).assertions(List.of(assertions)).build());
  }
}
