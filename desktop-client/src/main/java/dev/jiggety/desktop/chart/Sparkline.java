package dev.jiggety.desktop.chart;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.shape.StrokeLineJoin;

/** A small line without axes, for a cell of a table. FX thread only. */
public final class Sparkline extends Region {
  private final Canvas canvas = new Canvas();
  private double[] values = {};
  private boolean[] failed = {};
  private final ObjectProperty<Palette> palette = new SimpleObjectProperty<>(Palette.LIGHT);

  public Sparkline() {
    getChildren().add(canvas);
    getStyleClass().add("sparkline");
    palette.addListener((property, before, now) -> paint());
    setMinSize(40, 18);
    setPrefSize(150, 24);
    setMaxHeight(26);
  }

  /** What is drawn: values from 0 up, oldest first, and which of them get a mark. */
  public void show(double[] line, boolean[] marked) {
    values = line.clone();
    failed = marked.clone();
    paint();
  }

  /** Its colours. */
  public ObjectProperty<Palette> paletteProperty() {
    return palette;
  }

  @Override
  protected void layoutChildren() {
    canvas.setWidth(getWidth());
    canvas.setHeight(getHeight());
    paint();
  }

  private void paint() {
    GraphicsContext g = canvas.getGraphicsContext2D();
    double width = getWidth();
    double height = getHeight();
    g.clearRect(0, 0, width, height);
    if (values.length == 0 || width <= 0) {
      return;
    }
    double lowest = Double.MAX_VALUE;
    double highest = 0;
    for (int i = 0; i < values.length; i++) {
      if (!failed[i] || lowest == Double.MAX_VALUE) { // a time-out must not press all else flat
        lowest = Math.min(lowest, values[i]);
        highest = Math.max(highest, values[i]);
      }
    }
    // Noise of a few per cent must look like noise: the height is at least half of the value.
    double span = Math.max(Math.max(highest - lowest, highest / 2), 1e-9);
    double bottom = Math.max(0, (lowest + highest - span) / 2);
    double scale = (height - 6) / span;
    double step = values.length > 1 ? (width - 6) / (values.length - 1) : 0;
    g.setStroke(palette.get().line(0));
    g.setLineWidth(1.25);
    g.setLineJoin(StrokeLineJoin.ROUND);
    g.beginPath();
    for (int i = 0; i < values.length; i++) {
      double x = 3 + i * step;
      double y = Math.clamp(height - 3 - (values[i] - bottom) * scale, 3, height - 3);
      if (i == 0) {
        g.moveTo(x, y);
      } else {
        g.lineTo(x, y);
      }
    }
    g.stroke();
    g.setFill(palette.get().failure());
    for (int i = 0; i < values.length; i++) {
      if (failed[i]) {
        double y = Math.clamp(height - 3 - (values[i] - bottom) * scale, 3, height - 3);
        g.fillOval(3 + i * step - 2.25, y - 2.25, 4.5, 4.5);
      }
    }
  }
}
