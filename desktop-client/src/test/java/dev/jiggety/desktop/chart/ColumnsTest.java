package dev.jiggety.desktop.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ColumnsTest {
  @Property(tries = 300)
  void everyColumnKeepsItsSmallestAndLargestValueAndItsFailures(
      @ForAll @Size(max = 400) List<@IntRange(max = 100_000) Integer> values,
      @ForAll @IntRange(min = 1, max = 60) int count,
      @ForAll @IntRange(min = 0, max = 3_000) int from,
      @ForAll @IntRange(min = 1, max = 5_000) int span) {
    Series<Integer> series = series(values);
    Viewport view = new Viewport(from, from + span);
    Columns columns = Columns.of(series, view, count);
    for (int column = 0; column < count; column++) {
      List<Integer> inside = new ArrayList<>();
      for (int i = 0; i < series.size(); i++) {
        long time = series.time(i);
        boolean seen = time >= view.from() && time < view.to();
        if (seen && (time - view.from()) * count / view.span() == column) {
          inside.add(i);
        }
      }
      assertThat(columns.isEmpty(column)).isEqualTo(inside.isEmpty());
      if (!inside.isEmpty()) {
        assertThat(columns.min(column))
            .isEqualTo(inside.stream().mapToDouble(series::value).min().orElseThrow());
        assertThat(columns.max(column))
            .isEqualTo(inside.stream().mapToDouble(series::value).max().orElseThrow());
        assertThat(columns.first(column)).isEqualTo(series.value(inside.getFirst()));
        assertThat(columns.last(column)).isEqualTo(series.value(inside.getLast()));
        assertThat(columns.failed(column)).isEqualTo(inside.stream().anyMatch(series::failed));
      }
    }
  }

  @Test
  void aSpikeOfOnePointInAMillionSurvives() {
    SeriesBuffer<Integer> buffer = new SeriesBuffer<>("node", 1_000_000);
    List<SeriesBuffer.Point<Integer>> points = new ArrayList<>();
    for (int i = 0; i < 1_000_000; i++) {
      points.add(new SeriesBuffer.Point<>(i, i == 654_321 ? 9_999 : 50, false, i));
    }
    buffer.add(points);
    Columns columns = Columns.of(buffer.snapshot(), new Viewport(0, 1_000_000), 1000);
    assertThat(columns.max(654)).isEqualTo(9_999);
    assertThat(columns.largestPassed()).isEqualTo(9_999);
  }

  private static Series<Integer> series(List<Integer> values) {
    SeriesBuffer<Integer> buffer = new SeriesBuffer<>("node", 10_000);
    List<SeriesBuffer.Point<Integer>> points = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      points.add(new SeriesBuffer.Point<>(i * 11L, values.get(i), values.get(i) % 17 == 0, i));
    }
    buffer.add(points);
    return buffer.snapshot();
  }
}
