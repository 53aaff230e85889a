package dev.jiggety.desktop.chart;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that charts need to be drawn once, worked out off the FX thread. Immutable.
 *
 * @param input what it was made of
 * @param view the span that is shown
 * @param width of all charts, with the room for labels
 * @param height of all charts, with the axis of time
 * @param parts from top to bottom
 * @param whole the slices of the first subject; null where no chart shows them
 */
record Frame(
    ChartInput input,
    Viewport view,
    double width,
    double height,
    List<Part> parts,
    @Nullable Slices whole) {
  Frame {
    parts = List.copyOf(parts);
  }

  /**
   * One chart.
   *
   * @param top of its plot
   * @param height of its plot
   * @param scale of its values; null where it has none
   */
  record Part(
      ChartInput.Pane pane, double top, double height, @Nullable Scale scale, Content content) {
    /** The vertical place of a value. */
    double y(double value) {
      return scale == null ? top : top + height - scale.fraction(value) * height;
    }

    boolean holds(double y) {
      return y >= top && y <= top + height;
    }
  }

  /** What is drawn in it. */
  sealed interface Content {
    /** A line for each node. */
    record Lines(List<Line> lines) implements Content {}

    /** Percentiles, of one subject with bands, of several as lines. */
    record Bands(List<Band> bands) implements Content {}

    /** Means of phases, one upon the other. */
    record Phases(Slices slices) implements Content {}

    /**
     * How times are spread.
     *
     * @param low the lowest row with something in it
     * @param high the highest one
     * @param most the largest count of a cell
     */
    record Heat(Slices slices, int low, int high, int most) implements Content {}

    /** How the runs of each node went. */
    record Availability(List<Line> rows) implements Content {}
  }

  /**
   * A line.
   *
   * @param color which colour
   * @param columns its samples in pixel columns; null where it is made of steps
   */
  record Line(int color, LineData data, long shift, @Nullable Columns columns) {}

  /**
   * A subject.
   *
   * @param extremes pixel columns of each of its lines of samples
   */
  record Band(int color, String name, long shift, Slices slices, List<Columns> extremes) {}

  /** The horizontal place of a time, of the plot's left edge and width. */
  double x(long time) {
    return Layout.LEFT + view.fraction(time) * Layout.plotWidth(width);
  }

  /** The time at a horizontal place. */
  long time(double x) {
    return view.time((x - Layout.LEFT) / Layout.plotWidth(width));
  }

  /** The chart at a height; null between them. */
  @Nullable Part at(double y) {
    for (Part part : parts) {
      if (part.holds(y)) {
        return part;
      }
    }
    return null;
  }
}
