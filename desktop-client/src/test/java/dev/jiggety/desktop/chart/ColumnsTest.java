package dev.jiggety.desktop.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Point;
import dev.jiggety.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ColumnsTest {
  @Property(tries = 200)
  void everyColumnSaysTheSameAsItsSamplesOneByOne(
      @ForAll @Size(max = 3_000) List<@IntRange(max = 100_000) Integer> values,
      @ForAll @IntRange(min = 1, max = 60) int count,
      @ForAll @IntRange(min = 0, max = 30_000) int from,
      @ForAll @IntRange(min = 1, max = 40_000) int span) {
    Samples samples = Lines.samples("node", 11, values);
    Viewport view = new Viewport(from, from + span);
    Columns columns = Columns.of(samples, view, count);
    for (int column = 0; column < count; column++) {
      List<Integer> inside = new ArrayList<>();
      for (int i = 0; i < samples.size(); i++) {
        long time = samples.time(i);
        boolean seen = time >= view.from() && time < view.to();
        if (seen && (time - view.from()) * count / view.span() == column) {
          inside.add(i);
        }
      }
      assertThat(columns.isEmpty(column)).isEqualTo(inside.isEmpty());
      if (!inside.isEmpty()) {
        assertThat(columns.min(column))
            .isEqualTo(inside.stream().mapToDouble(samples::value).min().orElseThrow());
        assertThat(columns.max(column))
            .isEqualTo(inside.stream().mapToDouble(samples::value).max().orElseThrow());
        assertThat(columns.first(column)).isEqualTo(samples.value(inside.getFirst()));
        assertThat(columns.last(column)).isEqualTo(samples.value(inside.getLast()));
        assertThat(columns.failed(column)).isEqualTo(inside.stream().anyMatch(samples::failed));
        for (Verdict verdict : Verdict.values()) {
          assertThat(columns.runs(column, verdict))
              .isEqualTo((int) inside.stream().filter(i -> samples.verdict(i) == verdict).count());
        }
      }
    }
  }

  @Test
  void aSpikeOfOneSampleInAMillionIsSeenHoweverOneLooks() {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 1_000_000; i++) {
      points.add(Lines.point(i, i == 654_321 ? 9_999 : 50, Verdict.UP, null));
    }
    SamplesBuffer buffer = new SamplesBuffer("node", 1_000_000);
    buffer.add(points);
    Samples samples = buffer.snapshot();
    for (int width : new int[] {1, 7, 300, 1_000, 3_840}) {
      for (Viewport view :
          List.of(
              new Viewport(0, 1_000_000),
              new Viewport(654_321, 900_000),
              new Viewport(-5_000_000, 654_322))) {
        Columns columns = Columns.of(samples, view, width);
        assertThat(columns.largest()).isEqualTo(9_999);
        assertThat(columns.max(view.column(654_321, width))).isEqualTo(9_999);
        assertThat(columns.largestPassed()).isEqualTo(9_999);
      }
    }
  }

  @Property(tries = 200)
  void samplesAreInOrderOnceEachHoweverTheyCome(
      @ForAll @Size(max = 30) List<@Size(max = 20) List<@IntRange(max = 500) Integer>> portions) {
    SamplesBuffer buffer = new SamplesBuffer("node", 10_000);
    java.util.TreeSet<Integer> all = new java.util.TreeSet<>();
    List<Samples> given = new ArrayList<>();
    List<List<Integer>> asGiven = new ArrayList<>();
    for (List<Integer> portion : portions) {
      boolean fresh =
          buffer.add(
              portion.stream().map(at -> Lines.point(at, at * 2, Verdict.UP, null)).toList());
      assertThat(fresh).isEqualTo(all.addAll(portion));
      given.add(buffer.snapshot());
      asGiven.add(List.copyOf(all));
    }
    for (int i = 0; i < given.size(); i++) { // what was given out before never changes
      List<Integer> times = new ArrayList<>();
      for (int at = 0; at < given.get(i).size(); at++) {
        times.add((int) given.get(i).time(at));
        assertThat(given.get(i).value(at)).isEqualTo(given.get(i).time(at) * 2.0);
      }
      assertThat(times).isEqualTo(asGiven.get(i));
    }
  }

  @Test
  void theNewestRemainWhenTheCapIsReached() {
    SamplesBuffer buffer = new SamplesBuffer("node", 100);
    for (int i = 0; i < 1_000; i++) {
      buffer.add(List.of(Lines.point(i, i, Verdict.UP, null)));
      Samples now = buffer.snapshot();
      assertThat(Columns.of(now, new Viewport(0, 2_000), 1).largest()).isEqualTo(i);
    }
    assertThat(buffer.snapshot().time(buffer.size() - 1)).isEqualTo(999);
    assertThat(buffer.size()).isBetween(100, 200);
  }

  @Test
  void aSampleComesBackAsItWent() {
    Point point =
        new Point(
            Instant.ofEpochMilli(1_000),
            Instant.ofEpochMilli(1_007),
            Duration.ofMillis(40),
            Phases.ofNanos(Phases.ABSENT, 1_000_000, 2_000_000, Phases.ABSENT, 0, 30_000_000, 1),
            503,
            Verdict.DOWN,
            ErrorKind.ASSERTION);
    SamplesBuffer buffer = new SamplesBuffer("node", 10);
    buffer.add(List.of(point));
    assertThat(buffer.snapshot().point(0)).isEqualTo(point);
    assertThat(buffer.snapshot().failed(0)).isTrue();
  }
}
