package dev.jiggety.desktop.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.chart.ChartInput.Pane;
import dev.jiggety.desktop.chart.ChartInput.Subject;
import dev.jiggety.desktop.chart.Frame.Content;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FrameMakerTest {
  private static final Viewport VIEW = new Viewport(0, 1_000);

  @Test
  void aTimeOutDoesNotPressAllElseFlat() {
    Frame frame = frame(input(false, Set.of(), line("oslo-1", 50, 60, 10_200)));
    assertThat(top(frame)).isBetween(60.0, 100.0);
  }

  @Test
  void whereAllFailedTheScaleIsTheirs() {
    assertThat(top(frame(input(false, Set.of(), line("oslo-1", 10_200)))))
        .isGreaterThanOrEqualTo(10_200);
  }

  @Test
  void hiddenLinesKeepTheColoursOfTheOthers() {
    Frame frame = frame(input(false, Set.of("berlin-1"), line("berlin-1", 50), line("oslo-1", 60)));
    assertThat(((Content.Lines) frame.parts().getFirst().content()).lines())
        .singleElement()
        .extracting(Frame.Line::color)
        .isEqualTo(1);
  }

  @Test
  void theScaleOfPowersHoldsTheSmallestAndTheLargest() {
    ChartInput input =
        new ChartInput(
            List.of(new Subject("Search", 0, List.of(line("oslo-1", 3, 60, 9_000)))),
            true,
            true,
            Set.of(Pane.RESPONSE),
            List.of(),
            0,
            Long.MAX_VALUE,
            Set.of());
    Scale scale = Objects.requireNonNull(frame(input).parts().getFirst().scale());
    assertThat(scale.low()).isLessThanOrEqualTo(3);
    assertThat(scale.top()).isGreaterThanOrEqualTo(9_000);
    assertThat(scale.fraction(60)).isBetween(0.3, 0.6);
  }

  @Test
  void whatIsUnderTheMouseIsFound() {
    Frame frame = frame(input(false, Set.of(), line("berlin-1", 51, 52), line("oslo-1", 90, 92)));
    Frame.Part part = frame.parts().getFirst();
    Hover hover = Objects.requireNonNull(Nearest.find(frame, frame.x(100) + 3, part.y(92) + 2));
    assertThat(hover.what()).isInstanceOf(Hover.OfSample.class);
    assertThat(hover.what().name()).isEqualTo("oslo-1");
    assertThat(((Hover.OfSample) hover.what()).index()).isEqualTo(1);
    assertThat(Nearest.find(frame, frame.x(600), part.y(50))).isNull();
  }

  @Test
  void allChartsShareTheHeight() {
    ChartInput all =
        new ChartInput(
            List.of(new Subject("Search", 0, List.of(line("oslo-1", 30, 60, 90)))),
            true,
            false,
            Set.of(Pane.values()),
            List.of(
                new Annotation(Annotation.Kind.INCIDENT, 100, 300, "Incident: down", "i1"),
                new Annotation(Annotation.Kind.ROLLOUT, 400, 400, "Rollout", "p1")),
            50,
            Long.MAX_VALUE,
            Set.of());
    Frame frame = FrameMaker.make(all, VIEW, 900, 700);
    assertThat(frame.parts()).extracting(Frame.Part::pane).containsExactly(Pane.values());
    double below = 0;
    for (Frame.Part part : frame.parts()) {
      assertThat(part.top()).isGreaterThan(below);
      below = part.top() + part.height();
    }
    assertThat(below).isLessThanOrEqualTo(700 - Layout.BOTTOM);
    assertThat(Objects.requireNonNull(Nearest.annotation(frame, frame.x(200), 5)).id())
        .isEqualTo("i1");
  }

  @Test
  void aDrawingIsWholeAndNamesItsCharts() {
    Map<Pane, String> names = new EnumMap<>(Pane.class);
    names.put(Pane.RESPONSE, "Time <ms> & more");
    SvgPen pen = new SvgPen(900, 400);
    new ChartPainter(pen, Palette.LIGHT, new Words(names, ZoneOffset.UTC, Locale.ENGLISH))
        .paint(frame(input(false, Set.of(), line("oslo-1", 30, 60, 90))));
    String svg = pen.document();
    assertThat(svg).startsWith("<?xml").endsWith("</svg>\n").contains("Time &lt;ms&gt; &amp; more");
    assertThat(svg).doesNotContain("NaN").doesNotContain("Infinity");
  }

  private static double top(Frame frame) {
    return Objects.requireNonNull(frame.parts().getFirst().scale()).top();
  }

  private static Frame frame(ChartInput input) {
    return FrameMaker.make(input, VIEW, 1_078, 400);
  }

  private static ChartInput input(boolean percentiles, Set<String> hidden, LineData... lines) {
    return new ChartInput(
        List.of(new Subject("Search", 0, List.of(lines))),
        percentiles,
        false,
        Set.of(Pane.RESPONSE),
        List.of(),
        0,
        Long.MAX_VALUE,
        hidden);
  }

  /** A sample each 100 ms; multiples of 17 are failures. */
  private static Samples line(String name, Integer... millis) {
    return Lines.samples(name, 100, List.of(millis));
  }
}
