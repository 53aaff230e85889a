package dev.jiggety.desktop.chart;

import dev.jiggety.desktop.chart.ChartInput.Pane;
import dev.jiggety.desktop.chart.ChartInput.Subject;
import dev.jiggety.desktop.chart.Frame.Band;
import dev.jiggety.desktop.chart.Frame.Content;
import dev.jiggety.desktop.chart.Frame.Line;
import dev.jiggety.desktop.chart.Frame.Part;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Works out a {@link Frame}. Pure; not on the FX thread. */
final class FrameMaker {
  private final ChartInput input;
  private final Viewport view;
  private final double width;
  private final double height;
  private final int columns;
  private final @Nullable Slices before;
  private final IdentityHashMap<Samples, Columns> reduced = new IdentityHashMap<>();
  private @Nullable Slices whole;

  private FrameMaker(
      ChartInput input, Viewport view, double width, double height, @Nullable Slices before) {
    this.before = before;
    this.input = input;
    this.view = view;
    this.width = width;
    this.height = height;
    this.columns = (int) Layout.plotWidth(width);
  }

  static Frame make(ChartInput input, Viewport view, double width, double height) {
    return make(input, view, width, height, null);
  }

  /**
   * Makes one after another, which is quicker where they have much in common.
   *
   * @param last the one before; null for none
   */
  static Frame make(
      ChartInput input, Viewport view, double width, double height, @Nullable Frame last) {
    Slices before = last == null ? null : last.whole();
    return new FrameMaker(input, view, width, height, before).frame();
  }

  private Frame frame() {
    List<Part> parts = new ArrayList<>();
    if (!input.isEmpty()) {
      int rows = first().size();
      for (Layout.Place place : Layout.places(input.panes(), rows, lanes(input), height)) {
        parts.add(part(place));
      }
    }
    return new Frame(input, view, width, height, parts, whole);
  }

  /** How many rows of things that happened there are. */
  static int lanes(ChartInput input) {
    return (int) input.annotations().stream().map(Annotation::kind).distinct().count();
  }

  private Part part(Layout.Place place) {
    return switch (place.pane()) {
      case RESPONSE -> input.compares() || input.percentiles() ? bands(place) : lines(place);
      case PHASES -> phases(place);
      case HEATMAP -> heat(place);
      case AVAILABILITY ->
          new Part(
              Pane.AVAILABILITY,
              place.top(),
              place.height(),
              null,
              new Content.Availability(rows()));
    };
  }

  private List<LineData> first() {
    return input.subjects().getFirst().lines().stream()
        .filter(line -> input.compares() || !input.hidden().contains(line.name()))
        .toList();
  }

  private static int lines(double height) {
    return Math.clamp((long) (height / 32), 2, 8);
  }

  private Part lines(Layout.Place place) {
    List<Line> lines = new ArrayList<>();
    double largest = Double.NaN;
    double largestOfAll = 0;
    double smallest = Double.MAX_VALUE;
    List<LineData> all = input.subjects().getFirst().lines();
    for (int i = 0; i < all.size(); i++) {
      if (input.hidden().contains(all.get(i).name())) {
        continue;
      }
      Line line = line(i, all.get(i), 0);
      lines.add(line);
      double passed = largestPassed(line);
      largest = Double.isNaN(largest) || passed > largest ? passed : largest;
      largestOfAll = Math.max(largestOfAll, line.columns() == null ? 0 : line.columns().largest());
      smallest = Math.min(smallest, smallest(line));
    }
    return part(
        place,
        scale(smallest, Double.isNaN(largest) ? largestOfAll : largest, place.height()),
        new Content.Lines(lines));
  }

  /** The scale has room for all that passed; failures beyond it are drawn at the upper edge. */
  private Scale scale(double smallest, double largest, double high) {
    double needed = largest;
    if (input.limit() > 0 && input.limit() < needed * 2) {
      needed = Math.max(needed, input.limit());
    }
    return input.powers() && smallest <= largest
        ? Scale.powers(smallest, needed)
        : Scale.even(needed, lines(high));
  }

  private Line line(int color, LineData data, long shift) {
    return new Line(
        color,
        data,
        shift,
        data instanceof Samples samples
            ? shift == 0 ? columns(samples) : Columns.of(samples, view.shifted(-shift), columns)
            : null);
  }

  /** The same for all charts of a frame. */
  private Columns columns(Samples samples) {
    return reduced.computeIfAbsent(samples, its -> Columns.of(its, view, columns));
  }

  private double largestPassed(Line line) {
    if (line.columns() != null) {
      return line.columns().largestPassed();
    }
    double largest = Double.NaN;
    Steps steps = (Steps) line.data();
    int end = steps.firstAtOrAfter(view.to() - line.shift());
    for (int i = steps.firstEndingAfter(view.from() - line.shift()); i < end; i++) {
      double here = steps.longest(i);
      largest = Double.isNaN(largest) || here > largest ? here : largest;
    }
    return largest;
  }

  private double smallest(Line line) {
    double smallest = Double.MAX_VALUE;
    Columns of = line.columns();
    if (of != null) {
      for (int i = 0; i < of.count(); i++) {
        smallest = of.isEmpty(i) ? smallest : Math.min(smallest, of.min(i));
      }
      return smallest;
    }
    Steps steps = (Steps) line.data();
    int end = steps.firstAtOrAfter(view.to() - line.shift());
    for (int i = steps.firstEndingAfter(view.from() - line.shift()); i < end; i++) {
      double here = steps.shortest(i);
      smallest = Double.isNaN(here) ? smallest : Math.min(smallest, here);
    }
    return smallest;
  }

  private Part bands(Layout.Place place) {
    List<Band> bands = new ArrayList<>();
    double largest = 0;
    double smallest = Double.MAX_VALUE;
    for (int i = 0; i < input.subjects().size(); i++) {
      Subject subject = input.subjects().get(i);
      if (input.compares() && input.hidden().contains(subject.name())) {
        continue;
      }
      List<LineData> lines = i == 0 ? first() : subject.lines();
      Slices slices =
          i == 0 && subject.shift() == 0 ? whole() : slices(lines, view.shifted(-subject.shift()));
      List<Columns> extremes =
          input.compares()
              ? List.of()
              : Stream.concat(
                      Stream.<Columns>of(),
                      lines.stream()
                          .filter(Samples.class::isInstance)
                          .map(line -> columns((Samples) line)))
                  .toList();
      bands.add(new Band(i, subject.name(), subject.shift(), slices, extremes));
      for (int slice = 0; slice < slices.count(); slice++) {
        if (!slices.isEmpty(slice)) {
          largest = Math.max(largest, input.compares() ? slices.p95(slice) : slices.max(slice));
          smallest = Math.min(smallest, slices.min(slice));
        }
      }
    }
    return part(place, scale(smallest, largest, place.height()), new Content.Bands(bands));
  }

  private Part phases(Layout.Place place) {
    Slices slices = whole();
    double largest = 0;
    for (int slice = 0; slice < slices.count(); slice++) {
      double sum = 0;
      for (int phase = 0; phase < dev.jiggety.model.Phase.values().length; phase++) {
        sum += slices.phase(slice, phase);
      }
      largest = Math.max(largest, sum);
    }
    return part(place, Scale.even(largest, lines(place.height())), new Content.Phases(slices));
  }

  private Part heat(Layout.Place place) {
    Slices slices = whole();
    int low = Slices.ROWS;
    int high = 0;
    int most = 0;
    for (int slice = 0; slice < slices.count(); slice++) {
      for (int row = 0; row < Slices.ROWS; row++) {
        int here = slices.heat(slice, row);
        if (here > 0) {
          low = Math.min(low, row);
          high = Math.max(high, row);
          most = Math.max(most, here);
        }
      }
    }
    low = Math.min(low, high);
    // One row of room keeps a single row from filling all of the height.
    int from = Math.max(0, low - 1);
    int to = Math.min(Slices.ROWS - 1, high + 1);
    Scale scale = new Scale(true, ChartPainter.rowBottom(from), ChartPainter.rowBottom(to + 1), 0);
    return part(place, scale, new Content.Heat(slices, from, to, most));
  }

  private List<Line> rows() {
    List<Line> rows = new ArrayList<>();
    List<LineData> all = input.subjects().getFirst().lines();
    for (int i = 0; i < all.size(); i++) {
      if (input.compares() || !input.hidden().contains(all.get(i).name())) {
        rows.add(line(i, all.get(i), 0));
      }
    }
    return rows;
  }

  /** The slices of the first subject, which several charts show. */
  private Slices whole() {
    if (whole == null) {
      List<LineData> lines = first();
      long length = sliceLength(lines, view.span(), columns);
      whole = Slices.of(lines, view, length, before);
    }
    return whole;
  }

  private Slices slices(List<LineData> lines, Viewport span) {
    return Slices.of(lines, span, sliceLength(lines, span.span(), columns));
  }

  /** A round length: a few pixels, and whole steps where the lines are made of them. */
  static long sliceLength(List<? extends LineData> lines, long span, int columns) {
    long step = 0;
    for (LineData line : lines) {
      if (line instanceof Steps steps) {
        step = Math.max(step, steps.length());
      }
    }
    return Math.max(step, Ticks.roundLength(span, Math.max(1, columns / (step > 0 ? 2 : 4))));
  }

  private static Part part(Layout.Place place, Scale scale, Content content) {
    return new Part(place.pane(), place.top(), place.height(), scale, content);
  }
}
