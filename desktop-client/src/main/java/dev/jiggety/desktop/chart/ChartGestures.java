package dev.jiggety.desktop.chart;

import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;

/**
 * What mouse and keyboard do with a chart: the wheel zooms at the mouse, a drag zooms to a span, a
 * drag with Shift or another button pans, a click opens what is there, a double click goes back.
 * Keys: left and right pan, plus and minus zoom, Home goes back, comma and full stop walk from
 * point to point, Enter opens the point.
 */
public final class ChartGestures {
  private static final double WHEEL = 1.25;
  private static final double SHORTEST_DRAG = 6;

  private final ChartStack chart;
  private final Wish wish;
  private double pressedAt = Double.NaN;
  private double draggedTo = Double.NaN;
  private double mouseX = Double.NaN;
  private double mouseY = Double.NaN;
  private boolean panning;

  /** Who decides what becomes of a wish: limits, and whether the chart goes on following. */
  public interface Wish {
    /** A person wants to see this span. */
    void show(Viewport wanted);

    /** A person wants to see all again. */
    void reset();

    /** The longest span that can be seen, in milliseconds. */
    long longest();
  }

  private ChartGestures(ChartStack chart, Wish wish) {
    this.chart = chart;
    this.wish = wish;
  }

  /** Listens to a chart. */
  public static void install(ChartStack chart, Wish wish) {
    ChartGestures gestures = new ChartGestures(chart, wish);
    chart.setOnScroll(gestures::scrolled);
    chart.setOnMouseMoved(gestures::moved);
    chart.setOnMouseExited(event -> chart.leave());
    chart.setOnMousePressed(gestures::pressed);
    chart.setOnMouseDragged(gestures::dragged);
    chart.setOnMouseReleased(gestures::released);
    chart.setOnMouseClicked(gestures::clicked);
    chart.setOnKeyPressed(gestures::key);
  }

  /** JavaFX repeats the last move after every layout; that must not undo what a key did. */
  private void moved(MouseEvent event) {
    if (event.getX() != mouseX || event.getY() != mouseY) {
      mouseX = event.getX();
      mouseY = event.getY();
      chart.hoverAt(mouseX, mouseY);
    }
  }

  private void scrolled(ScrollEvent event) {
    if (event.isShiftDown() && event.getDeltaY() != 0) {
      wish.show(view().moved(-Math.signum(event.getDeltaY()) * 0.1));
    } else if (event.getDeltaY() != 0) {
      zoom(chart.fraction(event.getX()), event.getDeltaY() > 0 ? 1 / WHEEL : WHEEL);
    } else if (event.getDeltaX() != 0) {
      wish.show(view().moved(-Math.signum(event.getDeltaX()) * 0.1));
    }
    event.consume();
  }

  private void pressed(MouseEvent event) {
    chart.requestFocus();
    pressedAt = event.getX();
    draggedTo = event.getX();
    panning = event.isShiftDown() || event.getButton() != MouseButton.PRIMARY;
  }

  private void dragged(MouseEvent event) {
    if (Double.isNaN(pressedAt)) {
      return;
    }
    if (panning) {
      wish.show(view().moved(chart.fraction(draggedTo) - chart.fraction(event.getX())));
    } else {
      chart.band(pressedAt, event.getX());
    }
    draggedTo = event.getX();
  }

  private void released(MouseEvent event) {
    if (!panning && Math.abs(event.getX() - pressedAt) >= SHORTEST_DRAG) {
      double from = chart.fraction(Math.min(pressedAt, event.getX()));
      double to = chart.fraction(Math.max(pressedAt, event.getX()));
      Viewport wanted =
          new Viewport(view().time(from), Math.max(view().time(to), view().time(from) + 1));
      wish.show(
          wanted.zoomed(
              0.5, Math.max(1, (double) Viewport.SHORTEST / wanted.span()), wish.longest()));
    }
    chart.band(Double.NaN, Double.NaN);
    pressedAt = Double.NaN;
    mouseX = event.getX();
    mouseY = event.getY();
  }

  private void clicked(MouseEvent event) {
    if (event.getClickCount() == 2 && event.getButton() == MouseButton.PRIMARY) {
      wish.reset();
    } else if (event.isStillSincePress() && event.getButton() == MouseButton.PRIMARY) {
      chart.openHovered();
    }
  }

  private void key(KeyEvent event) {
    switch (event.getCode()) {
      case LEFT -> wish.show(view().moved(-0.1));
      case RIGHT -> wish.show(view().moved(0.1));
      case PLUS, ADD, EQUALS -> zoom(0.5, 1 / WHEEL);
      case MINUS, SUBTRACT -> zoom(0.5, WHEEL);
      case HOME -> wish.reset();
      case ENTER -> chart.openHovered();
      case COMMA -> chart.hoverNext(-1);
      case PERIOD -> chart.hoverNext(1);
      default -> {
        return;
      }
    }
    event.consume();
  }

  private void zoom(double fraction, double factor) {
    wish.show(view().zoomed(fraction, factor, wish.longest()));
  }

  private Viewport view() {
    return chart.viewProperty().get();
  }
}
