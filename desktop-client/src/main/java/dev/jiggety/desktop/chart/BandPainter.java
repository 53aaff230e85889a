package dev.jiggety.desktop.chart;

import dev.jiggety.desktop.chart.Frame.Band;
import dev.jiggety.desktop.chart.Frame.Content;
import dev.jiggety.desktop.chart.Frame.Part;
import javafx.scene.paint.Color;

/**
 * Draws percentiles: of one subject the space up to p95 and p99 and every smallest and largest
 * value behind them, of several the median and p95 of each.
 */
final class BandPainter {
  private final Pen pen;
  private final Palette palette;
  private final Frame frame;
  private final Part part;

  BandPainter(Pen pen, Palette palette, Frame frame, Part part) {
    this.pen = pen;
    this.palette = palette;
    this.frame = frame;
    this.part = part;
  }

  /** A figure of a slice. */
  private interface Figure {
    double of(Slices slices, int slice);
  }

  void paint(Content.Bands bands) {
    boolean alone = !frame.input().compares();
    for (Band band : bands.bands()) {
      Color color = palette.line(band.color());
      if (alone) {
        extremes(band, color.deriveColor(0, 1, 1, 0.3));
        between(band, Slices::p95, Slices::p99, color.deriveColor(0, 1, 1, 0.22));
        between(band, Slices::p50, Slices::p95, color.deriveColor(0, 1, 1, 0.42));
        line(band, Slices::p99, color.deriveColor(0, 1, 1, 0.6), 1);
      }
      if (band.shift() == 0) {
        line(band, Slices::p95, color.deriveColor(0, 1, 1, 0.8), 1, 4, 3);
        line(band, Slices::p50, color, 1.8);
      } else {
        line(band, Slices::p95, color.deriveColor(0, 1, 1, 0.6), 1, 2, 4);
        line(band, Slices::p50, color, 1.4, 7, 4);
      }
    }
  }

  private void extremes(Band band, Color color) {
    for (Columns columns : band.extremes()) {
      for (int i = 0; i < columns.count(); i++) {
        if (!columns.isEmpty(i)) {
          double top = part.y(columns.max(i));
          pen.rect(Layout.LEFT + i, top, 1, Math.max(1, part.y(columns.min(i)) - top), color);
        }
      }
    }
    if (band.extremes().isEmpty()) {
      Slices slices = band.slices();
      for (int i = 0; i < slices.count(); i++) {
        if (!slices.isEmpty(i)) {
          double left = x(band, slices.from(i));
          double right = x(band, slices.from(i) + slices.length());
          double top = part.y(slices.max(i));
          double high = Math.max(1, part.y(slices.min(i)) - top);
          pen.rect(left, top, Math.max(1, right - left - (right - left > 3 ? 1 : 0)), high, color);
        }
      }
    }
  }

  /** Slice by slice, as steps: a slope between them would tell of times that nobody measured. */
  private void between(Band band, Figure low, Figure high, Color color) {
    Slices slices = band.slices();
    for (int i = 0; i < slices.count(); i++) {
      if (!slices.isEmpty(i)) {
        double left = Math.round(x(band, slices.from(i)));
        double right = Math.round(x(band, slices.from(i) + slices.length()));
        double top = part.y(high.of(slices, i));
        pen.rect(left, top, Math.max(1, right - left), part.y(low.of(slices, i)) - top, color);
      }
    }
  }

  private void line(Band band, Figure figure, Color color, double width, double... dashes) {
    Slices slices = band.slices();
    double[] xs = new double[slices.count() * 3];
    double[] ys = new double[slices.count() * 3];
    int count = 0;
    int silent = 0;
    boolean begun = false;
    // A few empty slices are only samples that are rare; more of them are a silence.
    int most = (int) Math.min(1_000, frame.input().gap() / slices.length());
    for (int i = 0; i < slices.count(); i++) {
      if (slices.isEmpty(i)) {
        silent++;
        continue;
      }
      if (begun && silent > most) {
        ys[count++] = Double.NaN;
      }
      begun = true;
      silent = 0;
      double y = part.y(figure.of(slices, i));
      xs[count] = x(band, slices.from(i));
      ys[count++] = y;
      xs[count] = x(band, slices.from(i) + slices.length());
      ys[count++] = y;
    }
    pen.path(xs, ys, count, color, width, dashes);
  }

  private double x(Band band, long time) {
    return frame.x(time + band.shift());
  }
}
