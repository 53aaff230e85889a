package dev.jiggety.desktop.chart;

import dev.jiggety.desktop.chart.ChartInput.Subject;
import dev.jiggety.desktop.chart.Frame.Band;
import dev.jiggety.desktop.chart.Frame.Content;
import dev.jiggety.desktop.chart.Frame.Line;
import dev.jiggety.desktop.chart.Frame.Part;
import org.jspecify.annotations.Nullable;

/** Finds what a person points at. Pure. */
final class Nearest {
  /** How near the mouse must be to a sample, in pixels. */
  private static final double REACH = 28;

  private final Frame frame;
  private final double x;
  private final double y;
  private @Nullable Hover best;
  private double bestDistance = REACH;

  private Nearest(Frame frame, double x, double y) {
    this.frame = frame;
    this.x = x;
    this.y = y;
  }

  /** What is at a place; null for nothing. */
  static @Nullable Hover find(Frame frame, double x, double y) {
    Part part = frame.at(y);
    if (part == null || x < Layout.LEFT || x > frame.width() - Layout.RIGHT) {
      return null;
    }
    Nearest nearest = new Nearest(frame, x, y);
    nearest.look(part);
    return nearest.best;
  }

  /** The annotation at a place; null for none. */
  static @Nullable Annotation annotation(Frame frame, double x, double y) {
    Annotation found = null;
    for (Annotation annotation : frame.input().annotations()) {
      double top = ChartPainter.lane(frame.input(), annotation.kind());
      double from = frame.x(annotation.from()) - 6;
      double to = Math.max(frame.x(annotation.to()) + 3, from + 12);
      if (y >= top - 2 && y <= top + 10 && x >= from && x <= to) {
        found = annotation;
      }
    }
    return found;
  }

  /** A place of a line as if it was pointed at. */
  static Hover at(Frame frame, LineData data, int color, int index) {
    Part part = frame.parts().getFirst();
    return switch (data) {
      case Samples samples ->
          new Hover(
              new Hover.OfSample(samples, index),
              color,
              0,
              frame.x(samples.time(index)),
              part.y(samples.value(index)));
      case Steps steps ->
          new Hover(
              new Hover.OfStep(steps, index),
              color,
              0,
              frame.x(steps.time(index) + steps.length() / 2),
              part.y(steps.value(index)));
    };
  }

  private void look(Part part) {
    switch (part.content()) {
      case Content.Lines lines -> {
        for (Line line : lines.lines()) {
          line(part, line.data(), line.color(), 0);
        }
      }
      case Content.Bands bands -> bands(part, bands);
      case Content.Phases phases -> slice(part, name(), phases.slices(), 0, 0);
      case Content.Heat heat -> slice(part, name(), heat.slices(), 0, 0);
      case Content.Availability rows -> row(part, rows);
    }
  }

  private String name() {
    return frame.input().subjects().getFirst().name();
  }

  private void bands(Part part, Content.Bands bands) {
    if (!frame.input().compares()) {
      for (LineData line : frame.input().subjects().getFirst().lines()) {
        if (line instanceof Samples && !frame.input().hidden().contains(line.name())) {
          line(part, line, 0, 0);
        }
      }
    }
    if (best != null) {
      return;
    }
    double nearest = Double.MAX_VALUE;
    for (Band band : bands.bands()) {
      int slice = band.slices().at(frame.time(x) - band.shift());
      if (slice >= 0 && slice < band.slices().count() && !band.slices().isEmpty(slice)) {
        double distance = Math.abs(part.y(band.slices().p50(slice)) - y);
        if (distance < nearest) {
          nearest = distance;
          slice(part, band.name(), band.slices(), band.color(), band.shift());
        }
      }
    }
  }

  private void slice(Part part, String name, Slices slices, int color, long shift) {
    int slice = slices.at(frame.time(x) - shift);
    if (slice >= 0 && slice < slices.count() && !slices.isEmpty(slice)) {
      double middle = frame.x(slices.from(slice) + shift + slices.length() / 2);
      double height =
          part.pane() == ChartInput.Pane.RESPONSE ? part.y(slices.p50(slice)) : Double.NaN;
      best = new Hover(new Hover.OfSlice(name, slices, slice), color, shift, middle, height);
    }
  }

  private void line(Part part, LineData data, int color, long shift) {
    switch (data) {
      case Samples samples -> {
        int end = samples.firstAtOrAfter(frame.time(x + REACH) - shift + 1);
        for (int i = samples.firstAtOrAfter(frame.time(x - REACH) - shift); i < end; i++) {
          double distance =
              Math.hypot(frame.x(samples.time(i) + shift) - x, part.y(samples.value(i)) - y);
          if (distance <= bestDistance) {
            bestDistance = distance;
            best = at(frame, samples, color, i);
          }
        }
      }
      case Steps steps -> {
        int i = steps.firstEndingAfter(frame.time(x) - shift);
        if (i < steps.size() && steps.time(i) <= frame.time(x) - shift) {
          double distance = Math.abs(part.y(steps.value(i)) - y);
          if (distance <= Math.max(bestDistance, 60) && (best == null || distance < bestDistance)) {
            bestDistance = distance;
            best = at(frame, steps, color, i);
          }
        }
      }
    }
  }

  private void row(Part part, Content.Availability rows) {
    int row = (int) ((y - part.top()) / (part.height() / Math.max(1, rows.rows().size())));
    if (row < 0 || row >= rows.rows().size()) {
      return;
    }
    Line line = rows.rows().get(row);
    int index =
        switch (line.data()) {
          case Samples samples -> samples.firstAtOrAfter(frame.time(x) + 1) - 1;
          case Steps steps -> steps.firstEndingAfter(frame.time(x));
        };
    if (index >= 0
        && index < line.data().size()
        && line.data().time(index) <= frame.time(x)
        && line.data().time(index) >= frame.view().from() - reach(line.data())) {
      Hover there = at(frame, line.data(), line.color(), index);
      best = new Hover(there.what(), there.color(), 0, there.x(), Double.NaN);
    }
  }

  private static long reach(LineData data) {
    return data instanceof Steps steps ? steps.length() : 0;
  }

  /** The first line that is drawn; null for none. */
  static @Nullable LineData firstLine(ChartInput input) {
    for (Subject subject : input.subjects()) {
      for (LineData line : subject.lines()) {
        if (!input.hidden().contains(line.name()) && line.size() > 0) {
          return line;
        }
      }
    }
    return null;
  }
}
