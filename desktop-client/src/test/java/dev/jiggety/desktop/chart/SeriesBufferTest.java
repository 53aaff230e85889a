package dev.jiggety.desktop.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.chart.SeriesBuffer.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SeriesBufferTest {
  @Property(tries = 300)
  void pointsAreInOrderOnceEachHoweverTheyCome(
      @ForAll @Size(max = 30) List<@Size(max = 20) List<@IntRange(max = 500) Integer>> portions) {
    SeriesBuffer<Integer> buffer = new SeriesBuffer<>("node", 10_000);
    Set<Integer> all = new TreeSet<>();
    List<Series<Integer>> given = new ArrayList<>();
    List<List<Integer>> asGiven = new ArrayList<>();
    for (List<Integer> portion : portions) {
      boolean fresh = buffer.add(portion.stream().map(SeriesBufferTest::point).toList());
      assertThat(fresh).isEqualTo(all.addAll(portion));
      given.add(buffer.snapshot());
      asGiven.add(List.copyOf(all));
    }
    for (int i = 0; i < given.size(); i++) { // what was given out before never changes
      assertThat(items(given.get(i))).isEqualTo(asGiven.get(i));
    }
  }

  @Test
  void theNewestRemainWhenTheCapIsReached() {
    SeriesBuffer<Integer> buffer = new SeriesBuffer<>("node", 100);
    for (int i = 0; i < 1_000; i++) {
      buffer.add(List.of(point(i)));
    }
    List<Integer> items = items(buffer.snapshot());
    assertThat(items).endsWith(997, 998, 999).isSorted();
    assertThat(items.size()).isBetween(100, 200);
  }

  private static Point<Integer> point(int i) {
    return new Point<>(i, i * 2.0, false, i);
  }

  private static List<Integer> items(Series<Integer> series) {
    return IntStream.range(0, series.size()).mapToObj(series::item).toList();
  }
}
