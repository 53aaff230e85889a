package dev.jiggety.desktop.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.chart.Nearest.Plot;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartPictureTest {
  private static final Viewport VIEW = new Viewport(0, 1000);

  @Test
  void aTimeOutDoesNotPressAllElseFlat() {
    Series<String> line = line("oslo-1", 50, 60, 10_000);
    ChartPicture picture = ChartPicture.of(List.of(line), List.of(), VIEW, 100, 0);
    assertThat(picture.scale().top()).isBetween(60.0, 100.0);
    assertThat(picture.lines().getFirst().columns().max(20)).isEqualTo(10_000);
  }

  @Test
  void whereAllFailedTheScaleIsTheirs() {
    ChartPicture picture =
        ChartPicture.of(List.of(line("oslo-1", 10_000)), List.of(), VIEW, 100, 0);
    assertThat(picture.scale().top()).isGreaterThanOrEqualTo(10_000);
  }

  @Test
  void hiddenLinesKeepTheColoursOfTheOthers() {
    ChartPicture picture =
        ChartPicture.of(
            List.of(line("berlin-1", 50), line("oslo-1", 60)), List.of("berlin-1"), VIEW, 100, 0);
    assertThat(picture.lines()).singleElement().extracting(ChartPicture.Line::index).isEqualTo(1);
  }

  @Test
  void theNearestPointOfAllVisibleLinesIsFound() {
    List<Series<String>> lines = List.of(line("berlin-1", 50, 50), line("oslo-1", 90, 90));
    Plot plot = new Plot(VIEW, 1000, 100, 100);
    assertThat(Nearest.find(lines, List.of(), plot, 102, 12, 28)).contains(new Nearest.Hit(1, 1));
    assertThat(Nearest.find(lines, List.of("oslo-1"), plot, 102, 45, 28))
        .contains(new Nearest.Hit(0, 1));
    assertThat(Nearest.find(lines, List.of(), plot, 600, 50, 28)).isEmpty();
  }

  /** A point each 100 ms; from 5 s on a value is a failure. */
  private static Series<String> line(String name, double... values) {
    SeriesBuffer<String> buffer = new SeriesBuffer<>(name, 100);
    for (int i = 0; i < values.length; i++) {
      buffer.add(
          List.of(new SeriesBuffer.Point<>(i * 100L, values[i], values[i] >= 5000, name + i)));
    }
    return buffer.snapshot();
  }
}
