package dev.jiggety.agent.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Check;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.TestRules;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DemoEditsTest {
  private static final URI SHOP = URI.create("http://127.0.0.1:8080");

  private final Map<String, TestDefinition> tests = new HashMap<>();

  DemoEditsTest() {
    DemoTests.on(SHOP).forEach(test -> tests.put(test.id(), test));
  }

  @Test
  void everyEditChangesATestIntoOneThatIsWellFormed() {
    for (int number = 0; number < 20; number++) {
      DemoEdits.Edit edit = DemoEdits.at(number, SHOP);
      TestDefinition before = tests.get(edit.testId());
      assertThat(before).as(edit.testId()).isNotNull();
      TestDefinition after = edit.make().apply(before);
      assertThat(after).as(edit.comment()).isNotEqualTo(before);
      assertThat(TestRules.problems(after)).as(edit.comment()).isEmpty();
      if (!edit.bad()) {
        tests.put(edit.testId(), after); // a bad one is turned back
      }
    }
  }

  @Test
  void theSecondOneIsBadAndMostAreGood() {
    List<Boolean> bad =
        IntStream.range(0, 10).mapToObj(number -> DemoEdits.at(number, SHOP).bad()).toList();
    assertThat(bad.subList(0, 5)).containsExactly(false, true, false, false, false);
    assertThat(bad.subList(5, 10)).isEqualTo(bad.subList(0, 5));
  }

  @Test
  void theShopNeverHasReadyWhatABadOneLooksAt() {
    TestDefinition before = tests.get("shop-old-link");
    TestDefinition after = DemoEdits.at(1, SHOP).make().apply(before);
    assertThat(after.check()).isEqualTo(Check.Http.get(SHOP + DemoEdits.UNREADY));
    for (int second = 0; second < Timetable.CYCLE.toSeconds(); second++) {
      Duration elapsed = Duration.ofSeconds(second);
      assertThat(Timetable.at(DemoEdits.UNREADY, elapsed)).isInstanceOf(Behaviour.Fail.class);
      assertThat(Timetable.at("/old-home", elapsed)).isInstanceOf(Behaviour.Answer.class);
    }
  }
}
