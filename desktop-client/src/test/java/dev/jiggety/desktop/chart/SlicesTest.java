package dev.jiggety.desktop.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jiggety.model.Histogram;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Point;
import dev.jiggety.model.Summary;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.rules.Sums;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;

class SlicesTest {
  private static final long LENGTH = 1_000;

  /** NaN is the same as NaN. */
  private static final RecursiveComparisonConfiguration BY_BITS =
      RecursiveComparisonConfiguration.builder()
          .withEqualsForType(Float::equals, Float.class)
          .withEqualsForType(Double::equals, Double.class)
          .build();

  @Property(tries = 100)
  void singleSamplesAndTheirSumsLookTheSame(
      @ForAll @Size(min = 1, max = 400) List<@IntRange(min = 1, max = 30_000) Integer> first,
      @ForAll @Size(max = 400) List<@IntRange(min = 1, max = 30_000) Integer> second) {
    List<Samples> raw = List.of(Lines.samples("a", 70, first), Lines.samples("b", 90, second));
    Viewport view = new Viewport(0, 30_000);
    Slices ofSamples = Slices.of(raw, view, LENGTH);
    Slices ofSums = Slices.of(raw.stream().map(SlicesTest::steps).toList(), view, LENGTH);
    assertThat(ofSums.count()).isEqualTo(ofSamples.count());
    for (int i = 0; i < ofSamples.count(); i++) {
      assertThat(ofSums.passed(i)).isEqualTo(ofSamples.passed(i));
      assertThat(ofSums.errors(i)).isEqualTo(ofSamples.errors(i));
      for (Verdict verdict : Verdict.values()) {
        assertThat(ofSums.runs(i, verdict)).isEqualTo(ofSamples.runs(i, verdict));
      }
      if (!ofSamples.isEmpty(i)) {
        assertThat(ofSums.p50(i)).isEqualTo(ofSamples.p50(i));
        assertThat(ofSums.p95(i)).isEqualTo(ofSamples.p95(i));
        assertThat(ofSums.p99(i)).isEqualTo(ofSamples.p99(i));
        assertThat(ofSums.min(i)).isEqualTo(ofSamples.min(i));
        assertThat(ofSums.max(i)).isEqualTo(ofSamples.max(i));
        for (int phase = 0; phase < Phase.values().length; phase++) {
          double exact = ofSamples.phase(i, phase);
          assertThat(ofSums.phase(i, phase)).isCloseTo(exact, within(exact * 0.011 + 0.06));
        }
      }
    }
  }

  @Property(tries = 100)
  void percentilesAreThoseOfTheModel(
      @ForAll @Size(min = 1, max = 300) List<@IntRange(min = 1, max = 30_000) Integer> values) {
    Samples line = Lines.samples("a", 50, values);
    Slices slices = Slices.of(List.of(line), new Viewport(0, 15_000), LENGTH);
    for (int i = 0; i < slices.count(); i++) {
      List<Duration> passed = new ArrayList<>();
      int end = line.firstAtOrAfter(slices.from(i) + LENGTH);
      for (int at = line.firstAtOrAfter(slices.from(i)); at < end; at++) {
        if (!line.failed(at)) {
          passed.add(line.point(at).total());
        }
      }
      Histogram histogram = Histogram.of(passed);
      assertThat((long) slices.passed(i)).isEqualTo(histogram.count());
      if (!slices.isEmpty(i)) {
        assertThat(slices.p95(i))
            .isCloseTo(millis(histogram.quantile(0.95).orElseThrow()), within(0.01));
        assertThat(slices.p50(i))
            .isCloseTo(millis(histogram.quantile(0.5).orElseThrow()), within(0.01));
      }
    }
  }

  @Property(tries = 200)
  void slicesOfTheViewBeforeAreTheSameAsNewOnes(
      @ForAll @Size(min = 1, max = 300) List<@IntRange(min = 1, max = 30_000) Integer> values,
      @ForAll @IntRange(max = 25_000) int before,
      @ForAll @IntRange(min = 1, max = 20_000) int spanBefore,
      @ForAll @IntRange(max = 25_000) int now,
      @ForAll @IntRange(min = 1, max = 20_000) int spanNow) {
    List<Samples> lines = List.of(Lines.samples("a", 70, values));
    Slices first = Slices.of(lines, new Viewport(before, before + spanBefore), LENGTH);
    Viewport view = new Viewport(now, now + spanNow);
    Slices again = Slices.of(lines, view, LENGTH, first);
    assertThat(again).usingRecursiveComparison(BY_BITS).isEqualTo(Slices.of(lines, view, LENGTH));
    List<Samples> others = List.of(Lines.samples("a", 90, values));
    assertThat(Slices.of(others, view, LENGTH, first))
        .usingRecursiveComparison(BY_BITS)
        .isEqualTo(Slices.of(others, view, LENGTH));
  }

  private static double millis(Duration time) {
    return time.toNanos() / 1e6;
  }

  /** The sums of a line, second by second. */
  private static Steps steps(Samples line) {
    List<Steps.Step> steps = new ArrayList<>();
    for (long from = 0; from < 40_000; from += LENGTH) {
      List<Point> points = new ArrayList<>();
      int end = line.firstAtOrAfter(from + LENGTH);
      for (int at = line.firstAtOrAfter(from); at < end; at++) {
        points.add(line.point(at));
      }
      Summary summary = Sums.of(points);
      if (!points.isEmpty()) {
        steps.add(new Steps.Step(from, summary));
      }
    }
    return new Steps(line.name(), LENGTH, steps);
  }
}
