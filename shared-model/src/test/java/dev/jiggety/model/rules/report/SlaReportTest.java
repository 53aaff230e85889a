package dev.jiggety.model.rules.report;

import static dev.jiggety.model.rules.report.Facts.BEGIN;
import static dev.jiggety.model.rules.report.Facts.DAY;
import static dev.jiggety.model.rules.report.Facts.LATER;
import static dev.jiggety.model.rules.report.Facts.at;
import static dev.jiggety.model.rules.report.Facts.cell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.jiggety.model.Check;
import dev.jiggety.model.Connection;
import dev.jiggety.model.Incident.Kind;
import dev.jiggety.model.TestDefinition;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlaReportTest {
  private static final BigDecimal TARGET = new BigDecimal("99");

  @Test
  void outagesAreCountedWithTheirLengths() {
    Outages outages =
        figures(
                new Facts()
                    .incident(Kind.DOWN, -30, 10)
                    .incident(Kind.DOWN, 100, 120)
                    .open(Kind.DOWN, 1430)
                    .incident(Kind.DEGRADED, 200, 300))
            .outages();

    assertThat(outages.count()).isEqualTo(3);
    assertThat(outages.open()).isEqualTo(1);
    assertThat(outages.longest()).as("of the span").isEqualTo(Duration.ofMinutes(20));
    assertThat(outages.meanToRepair())
        .as("from the very beginning, of those that ended")
        .contains(Duration.ofMinutes(30));
    assertThat(outages.meanBetween()).contains(Duration.ofMinutes(1400).dividedBy(3));
  }

  @Test
  void anOutageInMaintenanceIsNone() {
    Outages outages = figures(new Facts().incident(Kind.DOWN, 100, 120).window(90, 130)).outages();

    assertThat(outages.count()).isZero();
    assertThat(outages.meanToRepair()).isEmpty();
    assertThat(outages.meanBetween()).isEmpty();
  }

  @Test
  void runsAndTimesOfMaintenanceAreLeftOut() {
    SlaFigures figures =
        SlaFigures.of(
            DAY,
            LATER,
            new Facts().window(60, 120).known(),
            List.of(cell(0, 60, 58, 2, 100), cell(60, 60, 0, 60, 9000), cell(120, 60, 60, 0, 100)));

    assertThat(figures.runs()).isEqualTo(new RunShare(118, 0, 2, 0));
    assertThat(figures.runs().availability().orElseThrow()).isCloseTo(118 / 120.0, within(1e-9));
    assertThat(figures.total().quantile(0.99).orElseThrow().toMillis()).isBetween(99L, 101L);
  }

  @Test
  void theBudgetIsWhatTheTargetAllows() {
    ErrorBudget kept = line(new Facts().incident(Kind.DOWN, 0, 14), LATER).budget();
    ErrorBudget missed = line(new Facts().incident(Kind.DOWN, 0, 15), LATER).budget();

    assertThat(kept.allowed()).isEqualTo(Duration.ofSeconds(864));
    assertThat(kept.left()).isEqualTo(Duration.ofSeconds(24));
    assertThat(kept.state()).isEqualTo(ErrorBudget.State.MET);
    assertThat(missed.left()).isEqualTo(Duration.ofSeconds(-36));
    assertThat(missed.state()).isEqualTo(ErrorBudget.State.MISSED);
  }

  @Test
  void timeToComeCountsForTheBudgetAndTimeThatNobodySawDoesNot() {
    Facts half = new Facts().observed(Spans.of(Facts.span(0, 360)));

    assertThat(line(half, at(720)).budget().allowed())
        .as("6 hours observed, 12 ahead")
        .isEqualTo(Duration.ofHours(18).dividedBy(100));
    assertThat(line(new Facts().observed(Spans.NONE), LATER).budget().state())
        .isEqualTo(ErrorBudget.State.UNKNOWN);
  }

  @Test
  void aTargetThatCannotBeIsRefused() {
    for (String wrong : List.of("0", "100", "-1", "99.12345678")) {
      assertThatThrownBy(() -> ErrorBudget.check(new BigDecimal(wrong)))
          .hasMessageContaining("like 99.9");
    }
  }

  @Test
  void aTagIsTheSumOfItsTests() {
    SlaReport report =
        SlaReport.of(
            DAY,
            LATER,
            TARGET,
            List.of(
                source(Facts.test("b", "B", "shop"), new Facts().incident(Kind.DOWN, 0, 60)),
                source(Facts.test("a", "A", "shop", "eu"), new Facts())));

    assertThat(report.tests()).extracting(SlaReport.Line::id).containsExactly("a", "b");
    assertThat(report.tags()).extracting(SlaReport.Line::id).containsExactly("eu", "shop");
    SlaReport.Line shop = report.tags().get(1);
    assertThat(shop.figures().time().down()).isEqualTo(Duration.ofHours(1));
    assertThat(shop.figures().time().availability().orElseThrow())
        .isCloseTo(47 / 48.0, within(1e-9));
    assertThat(shop.members()).isEqualTo(2);
    assertThat(report.missed()).isTrue();
  }

  @Test
  void timesOfSeveralKindsAreNotMixed() {
    TestDefinition tcp =
        TestDefinition.builder(
                "t", new Check.Tcp("example", 25, null, null, false, Connection.DEFAULT))
            .name("T")
            .build();
    SlaReport report =
        SlaReport.of(
            DAY,
            LATER,
            null,
            List.of(source(Facts.test("a", "A"), new Facts()), source(tcp, new Facts())));

    assertThat(report.all().quantile(0.5)).isEmpty();
    assertThat(report.tests().getFirst().quantile(0.5)).isPresent();
  }

  @Test
  void aRareTestSpeaksForTheTimeUntilItsNextRun() {
    Duration day = Duration.ofDays(1);
    List<Cell> one = List.of(cell(60, 60, 1, 0, 100));

    assertThat(Cell.observed(one, day, Spans.NONE).length()).isEqualTo(day);
    assertThat(Cell.observed(one, Duration.ofMinutes(3), Spans.NONE).length())
        .isEqualTo(Duration.ofHours(1));
    assertThat(Cell.observed(List.of(cell(0, 60, 0, 0, 1)), day, Spans.NONE).isEmpty()).isTrue();
  }

  @Test
  void failingRunsThatNobodyJudgedAreNotUp() {
    List<Cell> cells = List.of(cell(0, 60, 0, 60, 0), cell(60, 60, 10, 50, 100));

    assertThat(Cell.observed(cells, Duration.ZERO, Spans.NONE).isEmpty()).isTrue();
    assertThat(Cell.observed(cells, Duration.ZERO, Spans.of(Facts.span(70, 80))))
        .as("an hour with an incident in it was judged")
        .isEqualTo(Spans.of(Facts.span(60, 120)));
  }

  private static SlaReport.Source source(TestDefinition test, Facts facts) {
    return new SlaReport.Source(test, facts.known(), List.of(cell(0, 60, 60, 0, 100)));
  }

  private static SlaFigures figures(Facts facts) {
    return SlaFigures.of(DAY, BEGIN.plus(Duration.ofDays(1)), facts.known(), List.of());
  }

  private static SlaReport.Line line(Facts facts, Instant asOf) {
    return SlaReport.of(DAY, asOf, TARGET, List.of(source(Facts.test("a", "A"), facts))).all();
  }
}
