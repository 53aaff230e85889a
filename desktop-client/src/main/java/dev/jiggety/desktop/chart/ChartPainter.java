package dev.jiggety.desktop.chart;

import dev.jiggety.desktop.chart.Nearest.Plot;
import java.time.ZoneId;
import java.util.Locale;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineJoin;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;

/** Draws a {@link ChartPicture}. On the FX thread; work in proportion to the width in pixels. */
final class ChartPainter {
  /** Room for the labels of values. */
  static final double LEFT = 64;

  /** Room for the labels of times. */
  static final double BOTTOM = 26;

  static final double TOP = 10;
  static final double RIGHT = 14;

  private static final double MARK = 3.5;
  private static final Font LABELS = Font.font("System", 11.5);

  private final GraphicsContext g;
  private final double width;
  private final double height;
  private final Palette palette;
  private final Locale locale;

  ChartPainter(
      GraphicsContext graphics, double width, double height, Palette palette, Locale locale) {
    this.g = graphics;
    this.width = width;
    this.height = height;
    this.palette = palette;
    this.locale = locale;
  }

  /** The plot of a view inside a chart of a size. */
  static Plot plot(Viewport view, double width, double height, double top) {
    return new Plot(
        view, Math.max(1, width - LEFT - RIGHT), Math.max(1, height - TOP - BOTTOM), top);
  }

  void paint(ChartPicture picture, ZoneId zone, double limit, long gap) {
    Plot plot = plot(picture.view(), width, height, picture.scale().top());
    g.setFill(palette.ground());
    g.fillRect(0, 0, width, height);
    values(picture, plot);
    times(picture, plot, zone);
    if (limit > 0 && limit < picture.scale().top()) {
      limit(plot, limit);
    }
    g.save();
    g.beginPath();
    g.rect(LEFT, TOP - MARK, plot.width(), plot.height() + MARK + 1);
    g.clip();
    for (ChartPicture.Line line : picture.lines()) {
      line(line.columns(), plot, palette.line(line.index()), gap);
    }
    for (ChartPicture.Line line : picture.lines()) {
      marks(line.columns(), plot);
    }
    g.restore();
  }

  /** A ring round a point and a thin line down to the axis. */
  void cross(double x, double y, Plot plot, Color color) {
    g.setStroke(palette.cross());
    g.setLineWidth(1);
    g.setLineDashes(3, 3);
    g.strokeLine(snap(LEFT + x), TOP, snap(LEFT + x), TOP + plot.height());
    g.setLineDashes();
    g.setFill(palette.ground());
    g.fillOval(LEFT + x - 4.5, TOP + y - 4.5, 9, 9);
    g.setStroke(color);
    g.setLineWidth(2);
    g.strokeOval(LEFT + x - 4.5, TOP + y - 4.5, 9, 9);
  }

  /** The span that is being dragged over. */
  void band(double from, double to, Plot plot) {
    g.setFill(palette.line(0).deriveColor(0, 1, 1, 0.16));
    g.fillRect(LEFT + Math.min(from, to), TOP, Math.abs(to - from), plot.height());
  }

  private void values(ChartPicture picture, Plot plot) {
    g.setFont(LABELS);
    g.setTextBaseline(VPos.CENTER);
    g.setTextAlign(TextAlignment.RIGHT);
    g.setLineWidth(1);
    int steps = (int) Math.round(picture.scale().top() / picture.scale().step());
    for (int i = 0; i <= steps; i++) {
      double value = i * picture.scale().step();
      double y = snap(TOP + plot.y(value));
      g.setStroke(i == 0 ? palette.cross() : palette.grid());
      g.strokeLine(LEFT, y, LEFT + plot.width(), y);
      g.setFill(palette.text());
      g.fillText(i == 0 ? "0" : Ticks.millis(value, locale), LEFT - 8, y);
    }
  }

  private void times(ChartPicture picture, Plot plot, ZoneId zone) {
    g.setTextBaseline(VPos.TOP);
    g.setTextAlign(TextAlignment.CENTER);
    int most = (int) Math.max(2, plot.width() / 90);
    for (Ticks.TimeTick tick : Ticks.times(picture.view(), most, zone, locale)) {
      double x = snap(LEFT + plot.x(tick.time()));
      g.setStroke(palette.grid());
      g.strokeLine(x, TOP, x, TOP + plot.height());
      g.setFill(palette.text());
      g.fillText(tick.label(), Math.min(x, width - 24), TOP + plot.height() + 7);
    }
  }

  private void limit(Plot plot, double limit) {
    double y = snap(TOP + plot.y(limit));
    g.setStroke(palette.failure().deriveColor(0, 1, 1, 0.55));
    g.setLineDashes(6, 4);
    g.strokeLine(LEFT, y, LEFT + plot.width(), y);
    g.setLineDashes();
  }

  private void line(Columns columns, Plot plot, Color color, long gap) {
    g.setStroke(color);
    g.setLineWidth(1.5);
    g.setLineJoin(StrokeLineJoin.ROUND); // a pointed join would overshoot the spike
    g.beginPath();
    long before = Long.MIN_VALUE;
    boolean sparse = columns.points() * 10 < columns.count();
    for (int i = 0; i < columns.count(); i++) {
      if (columns.isEmpty(i)) {
        continue;
      }
      double x = LEFT + plot.x(columns.firstTime(i));
      double end = LEFT + plot.x(columns.lastTime(i));
      if (before == Long.MIN_VALUE || columns.firstTime(i) - before > gap) {
        g.moveTo(x, TOP + plot.y(columns.first(i)));
      } else {
        g.lineTo(x, TOP + plot.y(columns.first(i)));
      }
      if (columns.min(i) < columns.max(i)) {
        g.lineTo(x, TOP + plot.y(columns.min(i)));
        g.lineTo(x, TOP + plot.y(columns.max(i)));
        g.lineTo(end, TOP + plot.y(columns.last(i)));
      }
      before = columns.lastTime(i);
    }
    g.stroke();
    g.setFill(color);
    for (int i = 0; sparse && i < columns.count(); i++) {
      if (!columns.isEmpty(i) && !columns.failed(i)) {
        g.fillOval(
            LEFT + plot.x(columns.firstTime(i)) - 2, TOP + plot.y(columns.first(i)) - 2, 4, 4);
      }
    }
  }

  /** A cross for each column with a failure: a shape, so that it does not hang on colour alone. */
  private void marks(Columns columns, Plot plot) {
    g.setStroke(palette.failure());
    g.setLineWidth(1.8);
    for (int i = 0; i < columns.count(); i++) {
      if (columns.failed(i)) {
        double x = LEFT + plot.x(columns.lastTime(i));
        double y = TOP + plot.y(columns.max(i));
        g.strokeLine(x - MARK, y - MARK, x + MARK, y + MARK);
        g.strokeLine(x - MARK, y + MARK, x + MARK, y - MARK);
      }
    }
  }

  private static double snap(double pixel) {
    return Math.floor(pixel) + 0.5;
  }
}
