package dev.jiggety.desktop.chart;

import dev.jiggety.desktop.chart.ChartInput.Pane;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Where everything is: room for labels, and how high each chart is. Pure. */
final class Layout {
  /** Room for the labels of values. */
  static final double LEFT = 64;

  static final double RIGHT = 14;

  /** Room for the labels of times. */
  static final double BOTTOM = 26;

  /** Above each plot, for its name. */
  static final double TITLE = 18;

  /** A row of things that happened. */
  static final double LANE = 11;

  private static final double SPACE = 10;
  private static final double ROW = 15;
  private static final double MOST_ROWS = 0.4;

  private Layout() {}

  /** A place for a chart. */
  record Place(Pane pane, double top, double height) {}

  static double plotWidth(double width) {
    return Math.max(1, width - LEFT - RIGHT);
  }

  /** How high the rows of things that happened are together. */
  static double lanes(int lanes) {
    return lanes == 0 ? 2 : lanes * LANE + 5;
  }

  /** The charts from top to bottom, with all of the height used. */
  static List<Place> places(Set<Pane> panes, int rows, int lanes, double height) {
    double room = height - BOTTOM - lanes(lanes) - panes.size() * TITLE;
    room -= Math.max(0, panes.size() - 1) * SPACE;
    double strips =
        panes.contains(Pane.AVAILABILITY)
            ? panes.size() == 1 ? room : Math.min(Math.max(1, rows) * ROW + 4, room * MOST_ROWS)
            : 0;
    double weights = 0;
    for (Pane pane : panes) {
      weights += weight(pane);
    }
    List<Place> places = new ArrayList<>();
    double y = lanes(lanes);
    for (Pane pane : Pane.values()) {
      if (panes.contains(pane)) {
        double high = pane == Pane.AVAILABILITY ? strips : (room - strips) * weight(pane) / weights;
        places.add(new Place(pane, y + TITLE, Math.max(8, high)));
        y += TITLE + Math.max(8, high) + SPACE;
      }
    }
    return places;
  }

  private static double weight(Pane pane) {
    return switch (pane) {
      case RESPONSE -> 3;
      case PHASES, HEATMAP -> 2;
      case AVAILABILITY -> 0;
    };
  }
}
