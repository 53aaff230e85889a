package dev.jiggety.desktop.chart;

import dev.jiggety.desktop.chart.Frame.Content;
import dev.jiggety.desktop.chart.Frame.Part;
import dev.jiggety.model.Histogram;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Draws a {@link Frame}: grounds, axes and what happened; charts are drawn by the others. */
final class ChartPainter {
  private final Pen pen;
  private final Palette palette;
  private final Words words;

  ChartPainter(Pen pen, Palette palette, Words words) {
    this.pen = pen;
    this.palette = palette;
    this.words = words;
  }

  /** Where a row of the heatmap begins, in milliseconds. */
  static double rowBottom(int row) {
    return row == 0
        ? 0.1 / Math.pow(1.02, Slices.HEAT)
        : 0.1 * Math.pow(1.02, Math.min(Histogram.LAST, row * Slices.HEAT - 1));
  }

  void paint(Frame frame) {
    pen.rect(0, 0, frame.width(), frame.height(), palette.ground());
    List<Ticks.TimeTick> times = times(frame);
    for (Part part : frame.parts()) {
      grid(frame, part, times);
      happened(frame, part);
      pen.clip(Layout.LEFT, part.top() - 4, Layout.plotWidth(frame.width()), part.height() + 5);
      content(frame, part);
      pen.unclip();
      if (part.content() instanceof Content.Availability rows) {
        new SlicePainter(pen, palette, frame, part).names(rows);
      }
      pen.text(
          words.of(part.pane()),
          Layout.LEFT,
          part.top() - Layout.TITLE / 2 + 1,
          Pen.Align.LEFT,
          palette.text());
    }
    axis(frame, times);
    lanes(frame);
  }

  private void content(Frame frame, Part part) {
    switch (part.content()) {
      case Content.Lines lines -> new LinePainter(pen, palette, frame, part).paint(lines);
      case Content.Bands bands -> new BandPainter(pen, palette, frame, part).paint(bands);
      case Content.Phases phases -> new SlicePainter(pen, palette, frame, part).phases(phases);
      case Content.Heat heat -> new SlicePainter(pen, palette, frame, part).heat(heat);
      case Content.Availability rows -> new SlicePainter(pen, palette, frame, part).rows(rows);
    }
  }

  private List<Ticks.TimeTick> times(Frame frame) {
    int most = (int) Math.max(2, Layout.plotWidth(frame.width()) / 90);
    return Ticks.times(frame.view(), most, words.zone(), words.locale());
  }

  private void grid(Frame frame, Part part, List<Ticks.TimeTick> times) {
    double right = Layout.LEFT + Layout.plotWidth(frame.width());
    Scale scale = part.scale();
    if (scale != null) {
      for (double value : scale.ticks((int) Math.max(2, part.height() / 18))) {
        double y = snap(part.y(value));
        pen.line(Layout.LEFT, y, right, y, palette.grid(), 1);
        String label = value == 0 ? "0" : Ticks.millis(value, words.locale());
        pen.text(label, Layout.LEFT - 8, y, Pen.Align.RIGHT, palette.text());
      }
    }
    for (Ticks.TimeTick tick : times) {
      double x = snap(frame.x(tick.time()));
      pen.line(x, part.top(), x, part.top() + part.height(), palette.grid(), 1);
    }
    double bottom = snap(part.top() + part.height());
    pen.line(Layout.LEFT, bottom, right, bottom, palette.cross(), 1);
    double limit = frame.input().limit();
    if (part.pane() == ChartInput.Pane.RESPONSE
        && scale != null
        && limit > scale.low()
        && limit < scale.top()) {
      double y = snap(part.y(limit));
      pen.line(Layout.LEFT, y, right, y, palette.failure().deriveColor(0, 1, 1, 0.55), 1, 6, 4);
    }
  }

  private void axis(Frame frame, List<Ticks.TimeTick> times) {
    if (frame.parts().isEmpty()) {
      return;
    }
    for (Ticks.TimeTick tick : times) {
      double x = Math.min(frame.x(tick.time()), frame.width() - 24);
      pen.text(tick.label(), x, frame.height() - 12, Pen.Align.CENTER, palette.text());
    }
  }

  /** Faintly behind a chart: how long it lasted. */
  private void happened(Frame frame, Part part) {
    for (Annotation annotation : frame.input().annotations()) {
      double from = edge(frame, annotation.from());
      double to = edge(frame, annotation.to());
      if (annotation.to() < frame.view().from() || annotation.from() > frame.view().to()) {
        continue;
      }
      if (annotation.kind() == Annotation.Kind.ROLLOUT) {
        double x = snap(from);
        pen.line(
            x, part.top(), x, part.top() + part.height(), palette.of(annotation.kind()), 1, 2, 3);
      } else {
        pen.rect(
            from,
            part.top(),
            Math.max(1, to - from),
            part.height(),
            palette.of(annotation.kind()).deriveColor(0, 1, 1, 0.09));
      }
    }
  }

  private void lanes(Frame frame) {
    for (Annotation annotation : frame.input().annotations()) {
      if (annotation.to() < frame.view().from() || annotation.from() > frame.view().to()) {
        continue;
      }
      double y = lane(frame.input(), annotation.kind());
      double from = edge(frame, annotation.from());
      double to = edge(frame, annotation.to());
      var color = palette.of(annotation.kind());
      if (annotation.kind() == Annotation.Kind.ROLLOUT) {
        pen.area(new double[] {from - 5, from + 5, from}, new double[] {y, y, y + 8}, 3, color);
      } else {
        pen.rect(from, y, Math.max(3, to - from), 7, color);
      }
    }
  }

  /** How far from the top the row of a kind is. */
  static double lane(ChartInput input, Annotation.Kind kind) {
    Set<Annotation.Kind> kinds = EnumSet.noneOf(Annotation.Kind.class);
    input.annotations().forEach(annotation -> kinds.add(annotation.kind()));
    int row = 0;
    for (Annotation.Kind other : kinds) {
      if (other == kind) {
        break;
      }
      row++;
    }
    return 2 + row * Layout.LANE;
  }

  private static double edge(Frame frame, long time) {
    double right = Layout.LEFT + Layout.plotWidth(frame.width());
    return Math.clamp(frame.x(time), Layout.LEFT, right);
  }

  /** The line under the mouse through all charts, and the time that it stands at. */
  void crosshair(Frame frame, double x, double mouseY) {
    if (frame.parts().isEmpty()) {
      return;
    }
    double at = snap(x);
    Part first = frame.parts().getFirst();
    Part last = frame.parts().getLast();
    pen.line(at, first.top(), at, last.top() + last.height(), palette.cross(), 1, 3, 3);
    String label = time(frame, frame.time(x));
    double half = label.length() * 3.4 + 6;
    double middle = Math.clamp(at, half, frame.width() - half);
    pen.rect(middle - half, frame.height() - 22, half * 2, 20, palette.text());
    pen.text(label, middle, frame.height() - 12, Pen.Align.CENTER, palette.ground());
    Part under = frame.at(mouseY);
    if (under != null && under.scale() != null) {
      double value = value(under, mouseY);
      pen.line(
          Layout.LEFT,
          snap(mouseY),
          Layout.LEFT + Layout.plotWidth(frame.width()),
          snap(mouseY),
          palette.cross(),
          1,
          3,
          3);
      pen.rect(0, mouseY - 9, Layout.LEFT - 3, 18, palette.text());
      pen.text(
          Ticks.millis(value, words.locale()),
          Layout.LEFT - 8,
          mouseY,
          Pen.Align.RIGHT,
          palette.ground());
    }
  }

  private static double value(Part part, double y) {
    Scale scale = part.scale();
    if (scale == null) {
      return 0;
    }
    double fraction = Math.clamp((part.top() + part.height() - y) / part.height(), 0, 1);
    return scale.log()
        ? scale.low() * Math.pow(scale.top() / scale.low(), fraction)
        : scale.low() + fraction * (scale.top() - scale.low());
  }

  private String time(Frame frame, long time) {
    String pattern = frame.view().span() > 3 * 86_400_000L ? "d MMM yyyy HH:mm" : "d MMM HH:mm:ss";
    return DateTimeFormatter.ofPattern(pattern, words.locale())
        .format(Instant.ofEpochMilli(time).atZone(words.zone()));
  }

  static double snap(double pixel) {
    return Math.floor(pixel) + 0.5;
  }
}
