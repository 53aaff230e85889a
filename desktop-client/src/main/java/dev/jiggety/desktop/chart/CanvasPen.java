package dev.jiggety.desktop.chart;

import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineJoin;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;

/** Draws on a canvas. On the FX thread. */
final class CanvasPen implements Pen {
  private static final Font LABELS = Font.font("System", 11.5);

  private final GraphicsContext g;

  CanvasPen(GraphicsContext graphics) {
    this.g = graphics;
    g.setFont(LABELS);
    g.setTextBaseline(VPos.CENTER);
    g.setLineJoin(StrokeLineJoin.BEVEL); // a pointed join would overshoot the spike
  }

  @Override
  public void rect(double x, double y, double width, double height, Color fill) {
    g.setFill(fill);
    g.fillRect(x, y, width, height);
  }

  @Override
  public void line(
      double x1, double y1, double x2, double y2, Color color, double width, double... dashes) {
    if (dashes.length == 0 && (x1 == x2 || y1 == y2)) {
      straight(x1, y1, x2, y2, color, width);
      return;
    }
    g.setStroke(color);
    g.setLineWidth(width);
    g.setLineDashes(dashes);
    g.strokeLine(x1, y1, x2, y2);
  }

  /** As a box, which is filled at once; a stroke would be cut into shapes first. */
  private void straight(double x1, double y1, double x2, double y2, Color color, double width) {
    double half = width / 2;
    boolean upright = x1 == x2;
    rect(
        upright ? x1 - half : Math.min(x1, x2),
        upright ? Math.min(y1, y2) : y1 - half,
        upright ? width : Math.abs(x2 - x1),
        upright ? Math.abs(y2 - y1) : width,
        color);
  }

  @Override
  public void path(
      double[] xs, double[] ys, int count, Color color, double width, double... dashes) {
    g.setStroke(color);
    g.setLineWidth(width);
    g.setLineDashes(dashes);
    g.beginPath();
    boolean drawing = false;
    for (int i = 0; i < count; i++) {
      if (Double.isNaN(ys[i])) {
        drawing = false;
      } else if (drawing) {
        g.lineTo(xs[i], ys[i]);
      } else {
        g.moveTo(xs[i], ys[i]);
        drawing = true;
      }
    }
    g.stroke();
  }

  @Override
  public void area(double[] xs, double[] ys, int count, Color fill) {
    g.setFill(fill);
    g.fillPolygon(xs, ys, count);
  }

  @Override
  public void dot(double x, double y, double radius, Color fill) {
    g.setFill(fill);
    g.fillOval(x - radius, y - radius, radius * 2, radius * 2);
  }

  @Override
  public void text(String text, double x, double y, Align align, Color color) {
    g.setTextAlign(
        switch (align) {
          case LEFT -> TextAlignment.LEFT;
          case CENTER -> TextAlignment.CENTER;
          case RIGHT -> TextAlignment.RIGHT;
        });
    g.setFill(color);
    g.fillText(text, x, y);
  }

  @Override
  public void clip(double x, double y, double width, double height) {
    g.save();
    g.beginPath();
    // On whole pixels: a clip with soft edges costs a picture of its own for everything inside.
    double left = Math.floor(x);
    double top = Math.floor(y);
    g.rect(left, top, Math.ceil(x + width) - left, Math.ceil(y + height) - top);
    g.clip();
  }

  @Override
  public void unclip() {
    g.restore();
  }
}
