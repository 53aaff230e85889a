package dev.jiggety.desktop.chart;

import java.util.List;
import java.util.Optional;

/** Finds the point that a person points at. Pure. */
public final class Nearest {
  private Nearest() {}

  /**
   * A point of a line.
   *
   * @param line which line
   * @param index which of its points
   */
  public record Hit(int line, int index) {}

  /** The plot in pixels and values: what is needed to know where a point is drawn. */
  public record Plot(Viewport view, double width, double height, double top) {
    /** The horizontal place of a time. */
    public double x(long time) {
      return view.fraction(time) * width;
    }

    /** The vertical place of a value; those beyond the scale lie on the edge. */
    public double y(double value) {
      return height - Math.min(1, value / top) * height;
    }
  }

  /** The nearest point of the lines that are not hidden, at most {@code reach} pixels away. */
  public static Optional<Hit> find(
      List<? extends Series<?>> lines,
      List<String> hidden,
      Plot plot,
      double x,
      double y,
      double reach) {
    Hit best = null;
    double bestDistance = reach;
    long leftmost = plot.view().time((x - reach) / plot.width());
    long rightmost = plot.view().time((x + reach) / plot.width());
    for (int line = 0; line < lines.size(); line++) {
      Series<?> series = lines.get(line);
      if (hidden.contains(series.name())) {
        continue;
      }
      for (int i = series.firstAtOrAfter(leftmost);
          i < series.size() && series.time(i) <= rightmost;
          i++) {
        double distance = Math.hypot(plot.x(series.time(i)) - x, plot.y(series.value(i)) - y);
        if (distance <= bestDistance) {
          bestDistance = distance;
          best = new Hit(line, i);
        }
      }
    }
    return Optional.ofNullable(best);
  }
}
