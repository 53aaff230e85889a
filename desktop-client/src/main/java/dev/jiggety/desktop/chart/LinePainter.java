package dev.jiggety.desktop.chart;

import dev.jiggety.desktop.chart.Frame.Content;
import dev.jiggety.desktop.chart.Frame.Line;
import dev.jiggety.desktop.chart.Frame.Part;
import javafx.scene.paint.Color;

/**
 * Draws a line for each node. Where there are many samples to a pixel, each pixel column is a bar
 * from its smallest to its largest value, joined to the one before: the same picture as the line
 * itself, at a cost that does not grow with the samples.
 */
final class LinePainter {
  private static final double MARK = 3.5;
  private static final double WIDTH = 1.5;

  private final Pen pen;
  private final Palette palette;
  private final Frame frame;
  private final Part part;

  LinePainter(Pen pen, Palette palette, Frame frame, Part part) {
    this.pen = pen;
    this.palette = palette;
    this.frame = frame;
    this.part = part;
  }

  void paint(Content.Lines lines) {
    for (Line line : lines.lines()) {
      Color color = palette.line(line.color());
      switch (line.data()) {
        case Steps steps -> steps(steps, line.shift(), color);
        case Samples samples -> {
          Columns columns = line.columns();
          if (columns != null) {
            if (columns.points() > columns.count()) {
              dense(columns, color);
            } else {
              thin(columns, color);
            }
          }
        }
      }
    }
    for (Line line : lines.lines()) {
      if (line.columns() != null) {
        marks(line.columns());
      }
    }
  }

  private void dense(Columns columns, Color color) {
    double lastTop = Double.NaN;
    double lastBottom = Double.NaN;
    long before = 0;
    for (int i = 0; i < columns.count(); i++) {
      if (columns.isEmpty(i)) {
        continue;
      }
      double top = part.y(columns.max(i));
      double bottom = part.y(columns.min(i));
      boolean joined =
          !Double.isNaN(lastTop) && columns.firstTime(i) - before <= frame.input().gap();
      double from = joined ? Math.min(top, lastBottom) : top;
      double to = joined ? Math.max(bottom, lastTop) : bottom;
      double y = Math.floor(from);
      pen.rect(Layout.LEFT + i, y, 1, Math.max(WIDTH, Math.ceil(to) - y), color);
      lastTop = top;
      lastBottom = bottom;
      before = columns.lastTime(i);
    }
  }

  private void thin(Columns columns, Color color) {
    double[] xs = new double[columns.count() * 5];
    double[] ys = new double[columns.count() * 5];
    int count = 0;
    long before = Long.MIN_VALUE;
    for (int i = 0; i < columns.count(); i++) {
      if (columns.isEmpty(i)) {
        continue;
      }
      double x = frame.x(columns.firstTime(i));
      double end = frame.x(columns.lastTime(i));
      if (before != Long.MIN_VALUE && columns.firstTime(i) - before > frame.input().gap()) {
        ys[count++] = Double.NaN;
      }
      xs[count] = x;
      ys[count++] = part.y(columns.first(i));
      if (columns.min(i) < columns.max(i)) {
        xs[count] = x;
        ys[count++] = part.y(columns.min(i));
        xs[count] = x;
        ys[count++] = part.y(columns.max(i));
        xs[count] = end;
        ys[count++] = part.y(columns.last(i));
      }
      before = columns.lastTime(i);
    }
    pen.path(xs, ys, count, color, WIDTH);
    if (columns.points() * 10 < columns.count()) {
      for (int i = 0; i < columns.count(); i++) {
        if (!columns.isEmpty(i) && !columns.failed(i)) {
          pen.dot(frame.x(columns.firstTime(i)), part.y(columns.first(i)), 2, color);
        }
      }
    }
  }

  /** A cross for each column with a failure: a shape, so that it does not hang on colour alone. */
  private void marks(Columns columns) {
    double beside = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < columns.count(); i++) {
      double x = columns.failed(i) ? frame.x(columns.lastTime(i)) : 0;
      if (columns.failed(i) && x - beside >= 2) { // closer ones are one mark to the eye
        double y = part.y(columns.max(i));
        pen.line(x - MARK, y - MARK, x + MARK, y + MARK, palette.failure(), 1.8);
        pen.line(x - MARK, y + MARK, x + MARK, y - MARK, palette.failure(), 1.8);
        beside = x;
      }
    }
  }

  /** The median of each step as a line, its shortest and longest time as a bar behind it. */
  private void steps(Steps steps, long shift, Color color) {
    int from = steps.firstEndingAfter(frame.view().from() - shift);
    int to = steps.firstAtOrAfter(frame.view().to() - shift);
    double[] xs = new double[(to - from) * 3 + 1];
    double[] ys = new double[(to - from) * 3 + 1];
    int count = 0;
    long before = Long.MIN_VALUE;
    Color faint = color.deriveColor(0, 1, 1, 0.28);
    for (int i = from; i < to; i++) {
      if (Double.isNaN(steps.value(i))) {
        before = Long.MIN_VALUE;
        ys[count++] = Double.NaN;
        continue;
      }
      double left = frame.x(steps.time(i) + shift);
      double right = frame.x(steps.time(i) + steps.length() + shift);
      double top = part.y(steps.longest(i));
      pen.rect(
          (left + right) / 2 - 0.75,
          top,
          1.5,
          Math.max(WIDTH, part.y(steps.shortest(i)) - top),
          faint);
      if (before != Long.MIN_VALUE && steps.time(i) > before + steps.length()) {
        ys[count++] = Double.NaN;
      }
      double y = part.y(steps.value(i));
      xs[count] = (left + right) / 2;
      ys[count++] = y;
      if (to - from == 1) { // one alone would be no line
        pen.line(left, y, right, y, color, WIDTH);
      }
      before = steps.time(i);
    }
    pen.path(xs, ys, count, color, WIDTH);
  }
}
