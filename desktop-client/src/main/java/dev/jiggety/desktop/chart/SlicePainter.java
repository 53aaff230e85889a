package dev.jiggety.desktop.chart;

import dev.jiggety.desktop.chart.Frame.Content;
import dev.jiggety.desktop.chart.Frame.Line;
import dev.jiggety.desktop.chart.Frame.Part;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Verdict;
import javafx.scene.paint.Color;

/** Draws what is made of boxes: phases, the heatmap, and how the runs went. */
final class SlicePainter {
  private static final Phase[] PHASES = Phase.values();
  private static final int SHADES = 24;

  /** However few runs were bad, they are seen. */
  private static final double LEAST = 0.3;

  private final Pen pen;
  private final Palette palette;
  private final Frame frame;
  private final Part part;

  SlicePainter(Pen pen, Palette palette, Frame frame, Part part) {
    this.pen = pen;
    this.palette = palette;
    this.frame = frame;
    this.part = part;
  }

  void phases(Content.Phases phases) {
    Slices slices = phases.slices();
    for (int i = 0; i < slices.count(); i++) {
      if (slices.isEmpty(i)) {
        continue;
      }
      double left = Math.round(frame.x(slices.from(i)));
      double right = Math.round(frame.x(slices.from(i) + slices.length()));
      double sum = 0;
      double bottom = part.y(0);
      for (int phase = 0; phase < PHASES.length; phase++) {
        double here = slices.phase(i, phase);
        if (here > 0) {
          sum += here;
          double top = part.y(sum);
          pen.rect(
              left, top, Math.max(1, right - left), bottom - top, palette.phase(PHASES[phase]));
          bottom = top;
        }
      }
    }
  }

  void heat(Content.Heat heat) {
    Slices slices = heat.slices();
    Color[] shades = new Color[SHADES];
    for (int i = 0; i < SHADES; i++) {
      shades[i] = palette.ground().interpolate(palette.heat(), 0.14 + 0.86 * i / (SHADES - 1));
    }
    double full = Math.log1p(heat.most());
    double rows = heat.high() - heat.low() + 1.0;
    double high = part.height() / rows;
    for (int i = 0; i < slices.count(); i++) {
      if (slices.isEmpty(i)) {
        continue;
      }
      double left = Math.round(frame.x(slices.from(i)));
      double width = Math.max(1, Math.round(frame.x(slices.from(i) + slices.length())) - left);
      for (int row = heat.low(); row <= heat.high(); row++) {
        int count = slices.heat(i, row);
        if (count > 0) {
          int shade = (int) Math.min(SHADES - 1, Math.log1p(count) / full * (SHADES - 1));
          double top = part.top() + part.height() - (double) (row - heat.low() + 1) * high;
          pen.rect(left, Math.rint(top), width, Math.ceil(high), shades[shade]);
        }
      }
    }
  }

  void rows(Content.Availability availability) {
    double high = part.height() / Math.max(1, availability.rows().size());
    double y = part.top();
    for (Line row : availability.rows()) {
      double inner = Math.max(2, Math.min(high - 3, 26));
      double top = y + (high - inner) / 2;
      switch (row.data()) {
        case Steps steps -> steps(steps, top, inner);
        case Samples samples -> {
          if (row.columns() != null) {
            samples(row.columns(), top, inner);
          }
        }
      }
      y += high;
    }
  }

  /** The names of the rows, beside the plot, where there is room for them. */
  void names(Content.Availability availability) {
    double high = part.height() / Math.max(1, availability.rows().size());
    double y = part.top() + high / 2;
    for (Line row : availability.rows()) {
      if (high >= 11) {
        String name = row.data().name();
        String label = name.length() > 9 ? name.substring(0, 8) + "…" : name;
        pen.text(label, Layout.LEFT - 6, y, Pen.Align.RIGHT, palette.text());
      }
      y += high;
    }
  }

  private void steps(Steps steps, double top, double high) {
    int to = steps.firstAtOrAfter(frame.view().to());
    for (int i = steps.firstEndingAfter(frame.view().from()); i < to; i++) {
      double left = Math.round(frame.x(steps.time(i)));
      double right = Math.round(frame.x(steps.time(i) + steps.length()));
      var runs = steps.summary(i).runs();
      box(
          left,
          Math.max(1, right - left),
          top,
          high,
          runs.getOrDefault(Verdict.UP, 0L),
          runs.getOrDefault(Verdict.DEGRADED, 0L),
          runs.getOrDefault(Verdict.DOWN, 0L),
          runs.getOrDefault(Verdict.UNKNOWN, 0L));
    }
  }

  /** A column reaches to the next one with a run: the verdict holds until then. */
  private void samples(Columns columns, double top, double high) {
    for (int i = 0; i < columns.count(); ) {
      if (columns.isEmpty(i)) {
        i++;
        continue;
      }
      int next = i + 1;
      while (next < columns.count() && columns.isEmpty(next)) {
        next++;
      }
      long until =
          next < columns.count()
              ? columns.firstTime(next)
              : columns.lastTime(i) + frame.input().gap() / 3;
      boolean silent = until - columns.lastTime(i) > frame.input().gap();
      double left = Layout.LEFT + i;
      double right = silent ? left + 1 : Math.max(left + 1, Math.rint(frame.x(until)));
      box(
          left,
          Math.min(right, Layout.LEFT + columns.count()) - left,
          top,
          high,
          columns.runs(i, Verdict.UP),
          columns.runs(i, Verdict.DEGRADED),
          columns.runs(i, Verdict.DOWN),
          columns.runs(i, Verdict.UNKNOWN));
      i = next;
    }
  }

  private void box(
      double x, double width, double top, double high, long up, long slow, long down, long unsure) {
    long all = up + slow + down + unsure;
    if (all == 0) {
      return;
    }
    double bad = down == 0 ? 0 : Math.max(LEAST, (double) down / all);
    double rest = 1 - bad;
    double poor = slow == 0 ? 0 : Math.min(rest, Math.max(LEAST, (double) slow / all));
    rest -= poor;
    double vague = unsure == 0 ? 0 : Math.min(rest, Math.max(LEAST, (double) unsure / all));
    rest -= vague;
    double y = top;
    for (Verdict verdict :
        new Verdict[] {Verdict.UP, Verdict.UNKNOWN, Verdict.DEGRADED, Verdict.DOWN}) {
      double share =
          switch (verdict) {
            case UP -> rest;
            case UNKNOWN -> vague;
            case DEGRADED -> poor;
            case DOWN -> bad;
          };
      if (share > 0.001) {
        pen.rect(x, y, width, share * high, palette.verdict(verdict));
        y += share * high;
      }
    }
  }
}
