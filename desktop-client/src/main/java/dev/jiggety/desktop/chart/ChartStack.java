package dev.jiggety.desktop.chart;

import dev.jiggety.desktop.fx.Tasks;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/**
 * Charts one below the other on one axis of time, with a crosshair through all of them. What is
 * seen is worked out off the FX thread, for the newest wish only: wishes that were overtaken are
 * dropped. What follows the mouse is on a canvas of its own, so that it costs no charts. {@link
 * ChartGestures} has what mouse and keyboard do. FX thread only.
 */
public final class ChartStack extends Region {
  private final Tasks tasks;
  private final Words words;
  private final Canvas canvas = new Canvas();
  private final Canvas overlay = new Canvas();
  private final ObjectProperty<Viewport> view;
  private final ObjectProperty<Palette> palette = new SimpleObjectProperty<>(Palette.LIGHT);
  private final ReadOnlyObjectWrapper<@Nullable Hover> hover = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<@Nullable Annotation> annotation =
      new ReadOnlyObjectWrapper<>();
  private Consumer<Hover> open = what -> {};
  private Consumer<Annotation> openAnnotation = what -> {};
  private Runnable painted = () -> {};
  private ChartInput input = ChartInput.NOTHING;
  private @Nullable Frame frame;
  private boolean working;
  private boolean wanted;
  private double mouseX = Double.NaN;
  private double mouseY = Double.NaN;
  private double bandFrom = Double.NaN;
  private double bandTo = Double.NaN;

  /** Empty charts of a view, which can be changed from both sides. */
  public ChartStack(Tasks tasks, ObjectProperty<Viewport> view, Words words) {
    this.tasks = tasks;
    this.view = view;
    this.words = words;
    overlay.setMouseTransparent(true);
    getChildren().addAll(canvas, overlay);
    getStyleClass().addAll("chart-stack", "response-chart");
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    setMinSize(240, 120);
    view.addListener((property, before, now) -> refresh());
    palette.addListener((property, before, now) -> paint());
  }

  /** What is shown. */
  public void setInput(ChartInput now) {
    input = now;
    refresh();
  }

  /** What is shown. */
  public ChartInput input() {
    return input;
  }

  /** The span that is shown; set it to zoom or pan. */
  public ObjectProperty<Viewport> viewProperty() {
    return view;
  }

  /** Their colours. */
  public ObjectProperty<Palette> paletteProperty() {
    return palette;
  }

  /** What is under the mouse; null for nothing. */
  public ReadOnlyObjectProperty<@Nullable Hover> hoverPointProperty() {
    return hover.getReadOnlyProperty();
  }

  /** The annotation under the mouse; null for none. */
  public ReadOnlyObjectProperty<@Nullable Annotation> annotationProperty() {
    return annotation.getReadOnlyProperty();
  }

  /** What is done when a person opens what is under the mouse. */
  public void onOpen(Consumer<Hover> point, Consumer<Annotation> happened) {
    open = point;
    openAnnotation = happened;
  }

  /** Told after each frame that was drawn. */
  public void onPainted(Runnable told) {
    painted = told;
  }

  /** What is seen as an SVG document; empty before anything was drawn. */
  public String svg() {
    Frame shown = frame;
    if (shown == null) {
      return "";
    }
    SvgPen pen = new SvgPen(shown.width(), shown.height());
    new ChartPainter(pen, palette.get(), words).paint(shown);
    return pen.document();
  }

  /** The canvas with all charts and without what follows the mouse, to take a picture of. */
  public Canvas picture() {
    return canvas;
  }

  /** The mouse is at a place. */
  void hoverAt(double x, double y) {
    Frame shown = frame;
    mouseX = x;
    mouseY = y;
    hover.set(shown == null ? null : Nearest.find(shown, x, y));
    annotation.set(shown == null ? null : Nearest.annotation(shown, x, y));
    paintOverlay();
  }

  /** The next place of the same line to the right or left; the newest of the first line first. */
  void hoverNext(int step) {
    Frame shown = frame;
    if (shown == null || shown.parts().isEmpty()) {
      return;
    }
    Hover now = hover.get();
    LineData line = now == null ? Nearest.firstLine(input) : line(now.what());
    if (line == null) {
      return;
    }
    int index =
        now == null
            ? line.firstAtOrAfter(view.get().to()) - 1
            : Math.clamp(index(now.what()) + (long) step, 0, line.size() - 1);
    if (index >= 0) {
      Hover there = Nearest.at(shown, line, now == null ? 0 : now.color(), index);
      mouseX = there.x();
      mouseY = Double.NaN;
      hover.set(there);
      paintOverlay();
    }
  }

  /** Where the mouse is, in the charts' own coordinates; NaN where it is not over them. */
  public double mouseX() {
    return mouseX;
  }

  /** Where the mouse is; NaN where it is not over the charts. */
  public double mouseY() {
    return mouseY;
  }

  /** Opens what is under the mouse. */
  void openHovered() {
    Annotation happened = annotation.get();
    Hover point = hover.get();
    if (happened != null) {
      openAnnotation.accept(happened);
    } else if (point != null) {
      open.accept(point);
    }
  }

  private static @Nullable LineData line(Hover.What what) {
    return switch (what) {
      case Hover.OfSample sample -> sample.line();
      case Hover.OfStep step -> step.line();
      case Hover.OfSlice slice -> null;
    };
  }

  private static int index(Hover.What what) {
    return switch (what) {
      case Hover.OfSample sample -> sample.index();
      case Hover.OfStep step -> step.index();
      case Hover.OfSlice slice -> slice.slice();
    };
  }

  void leave() {
    mouseX = Double.NaN;
    mouseY = Double.NaN;
    hover.set(null);
    annotation.set(null);
    paintOverlay();
  }

  /** Shows the band of a drag; NaN takes it away. */
  void band(double from, double to) {
    bandFrom = from;
    bandTo = to;
    paintOverlay();
  }

  /** The place between 0 and 1 of a horizontal pixel in the plot. */
  double fraction(double x) {
    return Math.clamp((x - Layout.LEFT) / Layout.plotWidth(getWidth()), 0, 1);
  }

  /** What was hovered over is looked for at its place again, or followed to its new one. */
  private void rehover(Frame now) {
    Hover before = hover.get();
    if (!Double.isNaN(mouseY)) {
      hover.set(Nearest.find(now, mouseX, mouseY));
    } else if (before != null) { // walked to by keyboard
      LineData line = line(before.what());
      for (ChartInput.Subject subject : now.input().subjects()) {
        for (LineData other : subject.lines()) {
          if (line != null && other.name().equals(line.name())) {
            int index = other.firstAtOrAfter(line.time(index(before.what())));
            if (index < other.size() && !now.parts().isEmpty()) {
              hover.set(Nearest.at(now, other, before.color(), index));
              mouseX = now.x(other.time(index));
              return;
            }
          }
        }
      }
      hover.set(null);
    }
  }

  @Override
  protected void layoutChildren() {
    if (canvas.getWidth() != getWidth() || canvas.getHeight() != getHeight()) {
      canvas.setWidth(getWidth());
      canvas.setHeight(getHeight());
      overlay.setWidth(getWidth());
      overlay.setHeight(getHeight());
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
    if (getWidth() <= 0 || getHeight() <= 0 || working) {
      wanted = true;
      return;
    }
    working = true;
    wanted = false;
    ChartInput now = input;
    Viewport shown = view.get();
    double width = getWidth();
    double height = getHeight();
    Frame last = frame;
    tasks
        .create(() -> FrameMaker.make(now, shown, width, height, last))
        .onSuccess(made -> {
          frame = made;
          rehover(made);
          paint();
          painted.run();
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
    Frame shown = frame;
    if (shown != null && getWidth() > 0) {
      new ChartPainter(new CanvasPen(canvas.getGraphicsContext2D()), palette.get(), words)
          .paint(shown);
      paintOverlay();
    }
  }

  private void paintOverlay() {
    Frame shown = frame;
    // Nothing is laid over charts that nobody points at: without a graphics card it would cost
    // as much as the charts themselves.
    boolean needed =
        shown != null
            && !shown.parts().isEmpty()
            && !(Double.isNaN(bandFrom) && Double.isNaN(mouseX) && hover.get() == null);
    overlay.setVisible(needed);
    if (shown == null || !needed) {
      return;
    }
    GraphicsContext g = overlay.getGraphicsContext2D();
    g.clearRect(0, 0, overlay.getWidth(), overlay.getHeight());
    CanvasPen pen = new CanvasPen(g);
    if (!Double.isNaN(bandFrom)) {
      double top = shown.parts().getFirst().top();
      Frame.Part last = shown.parts().getLast();
      pen.rect(
          Math.min(bandFrom, bandTo),
          top,
          Math.abs(bandTo - bandFrom),
          last.top() + last.height() - top,
          palette.get().line(0).deriveColor(0, 1, 1, 0.16));
    }
    if (!Double.isNaN(mouseX) && mouseX >= Layout.LEFT && mouseX <= getWidth() - Layout.RIGHT) {
      new ChartPainter(pen, palette.get(), words).crosshair(shown, mouseX, mouseY);
    }
    Hover point = hover.get();
    if (point != null && !Double.isNaN(point.y())) {
      pen.dot(point.x(), point.y(), 5.5, palette.get().line(point.color()));
      pen.dot(point.x(), point.y(), 3.5, palette.get().ground());
    }
  }
}
