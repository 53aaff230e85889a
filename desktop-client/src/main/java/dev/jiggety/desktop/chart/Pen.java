package dev.jiggety.desktop.chart;

import javafx.scene.paint.Color;

/** What charts are drawn with, on a screen or into a file. Places are pixels from the top left. */
interface Pen {
  void rect(double x, double y, double width, double height, Color fill);

  void line(
      double x1, double y1, double x2, double y2, Color color, double width, double... dashes);

  /** A line through some points; NaN breaks it. */
  void path(double[] xs, double[] ys, int count, Color color, double width, double... dashes);

  /** The inside of a polygon. */
  void area(double[] xs, double[] ys, int count, Color fill);

  void dot(double x, double y, double radius, Color fill);

  /**
   * A text whose left end, middle or right end is at a place, and whose middle is at its height.
   */
  void text(String text, double x, double y, Align align, Color color);

  /** Nothing is drawn outside of it until {@link #unclip}. */
  void clip(double x, double y, double width, double height);

  void unclip();

  /** Where a text stands. */
  enum Align {
    LEFT,
    CENTER,
    RIGHT
  }
}
