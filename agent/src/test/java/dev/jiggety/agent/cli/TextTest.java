package dev.jiggety.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.jiggety.document.Contents;
import dev.jiggety.document.Stored;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.Check;
import dev.jiggety.model.Hop;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Sample;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the terminal shows. */
class TextTest {

  @Test
  void columnsAlignWhateverTheColours() {
    TextTable table = new TextTable("A", "B").row(new Ansi(true).verdict(Verdict.UP), "x");

    assertThat(table.row("longer than that", "y").lines())
        .extracting(Ansi::strip)
        .containsExactly("A                 B", "✓ up              x", "longer than that  y");
  }

  @Test
  void aDiffNamesEachFieldThatChanges() {
    assertThat(
            JsonDiff.lines(
                JsonParser.parseString("{a:1,b:{c:'x',d:[1,2]},e:'old'}").getAsJsonObject(),
                JsonParser.parseString("{a:1,b:{c:'y',d:[1]},f:'new'}").getAsJsonObject()))
        .containsExactly("~ b.c: x → y", "- b.d[1]: 2", "- e: old", "+ f: new");
  }

  @Test
  void thePlanHoldsWhatDiffersAndLeavesTheRestAlone() {
    TestDefinition same = test("same").build();
    TestDefinition old = test("changed").samples(1).build();
    TestDefinition extra = test("extra").build();
    List<Stored<TestDefinition>> present = List.of(stored(same), stored(old), stored(extra));
    List<TestDefinition> wanted =
        List.of(same, old.toBuilder().samples(3).build(), test("new").build());

    ChangePlan plan = ChangePlan.of(wanted, present, false);
    ChangePlan pruning = ChangePlan.of(wanted, present, true);

    assertThat(plan.changes())
        .containsExactly(
            Contents.put(wanted.get(1), stored(old).raw()), Contents.put(wanted.get(2), null));
    assertThat(plan.extra()).containsExactly("extra");
    assertThat(plan.lines()).contains("    + samples: 3");
    assertThat(pruning.changes()).contains(Contents.delete(stored(extra).raw()));
    assertThat(
            ChangePlan.of(wanted, wanted.stream().map(TextTest::stored).toList(), true).changes())
        .isEmpty();
  }

  @Test
  void theWaterfallShowsEveryHopToScale() {
    Phases first = Phases.ofNanos(-1, -1, 10_000_000, -1, 0, 40_000_000, 0);
    Phases second = Phases.ofNanos(-1, -1, 0, -1, 0, 50_000_000, 0);
    Sample sample =
        new Sample(
            Instant.EPOCH,
            Duration.ofMillis(100),
            first.plus(second),
            200,
            10,
            List.of(new Hop("http://a/", 302, first), new Hop("http://a/b", 200, second)),
            null,
            Duration.ZERO);

    List<String> lines = Waterfall.of(sample, "http://a/");

    assertThat(lines).contains("  http://a/  →  302", "  http://a/b  →  200");
    assertThat(lines)
        .filteredOn(line -> line.contains("wait"))
        .extracting(line -> line.chars().filter(c -> c == '█').count())
        .containsExactly(20L, 25L);
    assertThat(lines.getLast()).contains("total", "100.0 ms");
  }

  private static TestDefinition.Builder test(String id) {
    return TestDefinition.builder(id, Check.Http.get("http://127.0.0.1/"));
  }

  private static Stored<TestDefinition> stored(TestDefinition test) {
    return new Stored<>(test, "1-" + test.id(), TestDocument.TYPE.write(test));
  }
}
