package dev.jiggety.desktop.chart;

import dev.jiggety.desktop.chart.Nearest.Hit;
import dev.jiggety.desktop.chart.Nearest.Plot;
import dev.jiggety.desktop.fx.Tasks;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/**
 * Lines of response times over time on a canvas. What is seen is worked out off the FX thread, for
 * the newest wish only: wishes that were overtaken are dropped. {@link ChartGestures} has what
 * mouse and keyboard do. FX thread only.
 *
 * @param <T> what stands behind a point
 */
public final class ResponseChart<T> extends Region {
  /** How near the mouse must be to a point, in pixels. */
  private static final double REACH = 28;

  private final Tasks tasks;
  private final Locale locale;
  private final ZoneId zone;
  private final Canvas canvas = new Canvas();
  private final ObjectProperty<Viewport> view;
  private final ObjectProperty<Palette> palette = new SimpleObjectProperty<>(Palette.LIGHT);
  private final ReadOnlyObjectWrapper<@Nullable Hover<T>> hover = new ReadOnlyObjectWrapper<>();
  private List<Series<T>> series = List.of();
  private List<String> hidden = List.of();
  private double limit;
  private long gap = Long.MAX_VALUE;
  private @Nullable ChartPicture picture;
  private boolean working;
  private boolean wanted;
  private double bandFrom = Double.NaN;
  private double bandTo = Double.NaN;

  /**
   * The point under the mouse.
   *
   * @param line which line it belongs to
   * @param x its place in the chart's own coordinates
   * @param y its place in the chart's own coordinates
   */
  public record Hover<T>(Series<T> line, int lineIndex, int index, double x, double y) {
    /** What stands behind the point. */
    public T item() {
      return line.item(index);
    }
  }

  /** An empty chart of a view, which can be changed from both sides. */
  public ResponseChart(Tasks tasks, ObjectProperty<Viewport> view, ZoneId zone, Locale locale) {
    this.tasks = tasks;
    this.view = view;
    this.zone = zone;
    this.locale = locale;
    getChildren().add(canvas);
    getStyleClass().add("response-chart");
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    setMinSize(240, 120);
    view.addListener((property, before, now) -> refresh());
    palette.addListener((property, before, now) -> paint());
  }

  /** The lines, in an order that decides their colours. */
  public void setSeries(List<Series<T>> lines) {
    series = List.copyOf(lines);
    rehover();
    refresh();
  }

  /** The names of lines that are not shown. */
  public void setHidden(List<String> names) {
    hidden = List.copyOf(names);
    hover.set(null);
    refresh();
  }

  /** Where a line is drawn across, in milliseconds; 0 for nowhere. */
  public void setLimit(double millis) {
    limit = millis;
    refresh();
  }

  /** The silence after which a line is broken instead of drawn through. */
  public void setGap(Duration silence) {
    gap = silence.toMillis();
    paint();
  }

  /** What is shown; set it to zoom or pan. */
  public ObjectProperty<Viewport> viewProperty() {
    return view;
  }

  /** Its colours. */
  public ObjectProperty<Palette> paletteProperty() {
    return palette;
  }

  /** The point under the mouse; null for none. */
  public ReadOnlyObjectProperty<@Nullable Hover<T>> hoverPointProperty() {
    return hover.getReadOnlyProperty();
  }

  /** The nearest point to a place becomes the one hovered over. */
  void hoverAt(double x, double y) {
    Plot plot = plot();
    hover.set(
        plot == null
            ? null
            : Nearest.find(series, hidden, plot, x - ChartPainter.LEFT, y - ChartPainter.TOP, REACH)
                .map(hit -> hover(hit, plot))
                .orElse(null));
    paint();
  }

  /**
   * The next point of the same line to the right or left; the newest one of the first line first.
   */
  void hoverNext(int step) {
    Plot plot = plot();
    Hover<T> now = hover.get();
    if (plot == null) {
      return;
    }
    Optional<Hit> next =
        now == null
            ? newestVisible()
            : Optional.of(
                new Hit(now.lineIndex(), Math.clamp(now.index() + step, 0, now.line().size() - 1)));
    next.ifPresent(hit -> hover.set(hover(hit, plot)));
    paint();
  }

  void leave() {
    hover.set(null);
    paint();
  }

  /** Shows the band of a drag; NaN takes it away. */
  void band(double from, double to) {
    bandFrom = from;
    bandTo = to;
    paint();
  }

  /** The place between 0 and 1 of a horizontal pixel in the plot. */
  double fraction(double x) {
    double width = getWidth() - ChartPainter.LEFT - ChartPainter.RIGHT;
    return Math.clamp((x - ChartPainter.LEFT) / Math.max(1, width), 0, 1);
  }

  /** Finds the point that was hovered over among new lines, or at its new place. */
  private void rehover() {
    Hover<T> before = hover.get();
    Plot plot = plot();
    if (before == null || plot == null) {
      return;
    }
    hover.set(null);
    for (int i = 0; i < series.size(); i++) {
      Series<T> line = series.get(i);
      int index = line.firstAtOrAfter(before.line().time(before.index()));
      if (line.name().equals(before.line().name()) && index < line.size()) {
        hover.set(hover(new Hit(i, index), plot));
      }
    }
  }

  private Optional<Hit> newestVisible() {
    for (int line = 0; line < series.size(); line++) {
      int index = series.get(line).firstAtOrAfter(view.get().to()) - 1;
      if (index >= 0 && !hidden.contains(series.get(line).name())) {
        return Optional.of(new Hit(line, index));
      }
    }
    return Optional.empty();
  }

  private Hover<T> hover(Hit hit, Plot plot) {
    Series<T> line = series.get(hit.line());
    return new Hover<>(
        line,
        hit.line(),
        hit.index(),
        ChartPainter.LEFT + plot.x(line.time(hit.index())),
        ChartPainter.TOP + plot.y(line.value(hit.index())));
  }

  private @Nullable Plot plot() {
    return picture == null
        ? null
        : ChartPainter.plot(picture.view(), getWidth(), getHeight(), picture.scale().top());
  }

  @Override
  protected void layoutChildren() {
    if (canvas.getWidth() != getWidth() || canvas.getHeight() != getHeight()) {
      canvas.setWidth(getWidth());
      canvas.setHeight(getHeight());
      refresh();
    }
  }

  @Override
  protected double computePrefWidth(double height) {
    return 640;
  }

  @Override
  protected double computePrefHeight(double width) {
    return 320;
  }

  /** Works out the picture anew; at most one such work goes on, and one more waits. */
  private void refresh() {
    if (getWidth() <= 0 || working) {
      wanted = true;
      return;
    }
    working = true;
    wanted = false;
    List<Series<T>> lines = series;
    List<String> left = hidden;
    Viewport shown = view.get();
    double line = limit;
    int columns = (int) (getWidth() - ChartPainter.LEFT - ChartPainter.RIGHT);
    tasks
        .create(() -> ChartPicture.of(lines, left, shown, columns, line))
        .onSuccess(worked -> {
          picture = worked;
          rehover();
          paint();
        })
        .onFinally(() -> {
          working = false;
          if (wanted) {
            refresh();
          }
        })
        .start();
  }

  private void paint() {
    ChartPicture shown = picture;
    if (shown == null || getWidth() <= 0) {
      return;
    }
    ChartPainter painter =
        new ChartPainter(
            canvas.getGraphicsContext2D(), getWidth(), getHeight(), palette.get(), locale);
    painter.paint(shown, zone, limit, gap);
    Plot plot = ChartPainter.plot(shown.view(), getWidth(), getHeight(), shown.scale().top());
    if (!Double.isNaN(bandFrom)) {
      painter.band(bandFrom - ChartPainter.LEFT, bandTo - ChartPainter.LEFT, plot);
    }
    Hover<T> point = hover.get();
    if (point != null) {
      painter.cross(
          plot.x(point.line().time(point.index())),
          plot.y(point.line().value(point.index())),
          plot,
          palette.get().line(point.lineIndex()));
    }
  }
}
