package dev.jiggety.desktop.chart;

import dev.jiggety.desktop.chart.Ticks.ValueScale;
import java.util.List;

/**
 * Everything that a chart needs to draw itself, worked out off the FX thread. Immutable.
 *
 * @param lines the reduced lines; hidden ones have no columns
 */
record ChartPicture(Viewport view, List<Line> lines, ValueScale scale) {

  /**
   * A line.
   *
   * @param index its place among all lines, which decides its colour
   */
  record Line(int index, Columns columns) {}

  ChartPicture {
    lines = List.copyOf(lines);
  }

  /**
   * Works out a picture. The scale has room for every point that passed; failures beyond it are
   * drawn at the upper edge, so that a time-out does not press all else flat.
   */
  static ChartPicture of(
      List<? extends Series<?>> series,
      List<String> hidden,
      Viewport view,
      int width,
      double limit) {
    List<Line> lines = new java.util.ArrayList<>();
    double largest = Double.NaN;
    double largestOfAll = 0;
    for (int i = 0; i < series.size(); i++) {
      if (hidden.contains(series.get(i).name())) {
        continue;
      }
      Columns columns = Columns.of(series.get(i), view, Math.max(1, width));
      lines.add(new Line(i, columns));
      if (!(columns.largestPassed() <= largest) && !Double.isNaN(columns.largestPassed())) {
        largest = columns.largestPassed();
      }
      for (int column = 0; column < columns.count(); column++) {
        if (!columns.isEmpty(column)) {
          largestOfAll = Math.max(largestOfAll, columns.max(column));
        }
      }
    }
    double needed = Double.isNaN(largest) ? largestOfAll : largest;
    if (limit > 0 && limit < needed * 2) {
      needed = Math.max(needed, limit);
    }
    return new ChartPicture(view, lines, Ticks.values(needed, 6));
  }
}
