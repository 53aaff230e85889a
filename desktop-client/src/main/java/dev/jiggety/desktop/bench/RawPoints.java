package dev.jiggety.desktop.bench;

import dev.jiggety.desktop.chart.ChartInput;
import dev.jiggety.desktop.chart.ChartInput.Pane;
import dev.jiggety.desktop.chart.ChartStack;
import dev.jiggety.desktop.chart.LineData;
import dev.jiggety.desktop.chart.SamplesBuffer;
import dev.jiggety.desktop.chart.Viewport;
import dev.jiggety.desktop.chart.Words;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Point;
import dev.jiggety.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import javafx.animation.AnimationTimer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.stage.Stage;

/** A chart of a great many raw points: until it is first seen, then moved and zoomed. */
final class RawPoints implements Figure {
  private static final long SECOND = 1000;
  private static final int FRAMES = 180;
  private static final int NODES = 3;

  /** They come from the hub in portions, not a million objects at once. */
  private static final int PORTION = 10_000;

  @Override
  public void measure(Room room, Told told) throws Exception {
    ChartInput input = input(room.scale().points());
    Viewport all = new Viewport(0, room.scale().points() * SECOND);
    ObjectProperty<Viewport> view = new SimpleObjectProperty<>(all);
    ChartStack charts =
        Room.fx(() ->
            new ChartStack(
                room.tasks(), view, new Words(Map.of(), ZoneId.systemDefault(), Locale.ENGLISH)));
    Stage stage =
        Room.fx(() -> {
          Stage made = new Stage();
          made.setScene(new Scene(charts, 1200, 700));
          made.show();
          return made;
        });
    room.untilDrawn(() -> {});
    told.figure("raw points to first frame", room.untilDrawn(() -> charts.setInput(input)), "ms");
    told.figure("pan", framesPerSecond(room, frame -> view.set(panned(all, frame))), "1/s");
    told.figure("zoom", framesPerSecond(room, frame -> view.set(zoomed(all, frame))), "1/s");
    Room.fx(() -> {
      view.set(all);
      charts.setInput(withAllCharts(input));
      return true;
    });
    room.untilDrawn(() -> {});
    told.figure(
        "pan, four charts", framesPerSecond(room, frame -> view.set(panned(all, frame))), "1/s");
    Room.fx(() -> {
      stage.close();
      return true;
    });
  }

  private static ChartInput withAllCharts(ChartInput input) {
    return new ChartInput(
        input.subjects(),
        true,
        false,
        Set.of(Pane.values()),
        input.annotations(),
        input.limit(),
        input.gap(),
        input.hidden());
  }

  /** Three nodes, as a test has them, with a spike here and there. */
  private static ChartInput input(int count) {
    Random random = new Random(7);
    List<LineData> lines = new ArrayList<>();
    for (int node = 0; node < NODES; node++) {
      SamplesBuffer buffer = new SamplesBuffer("node-" + node, count);
      List<Point> points = new ArrayList<>(PORTION);
      for (int i = 0; i < count / NODES; i++) {
        double millis =
            60
                + 20 * node
                + 12 * random.nextGaussian()
                + i % 86_400 / 4000.0
                + (random.nextInt(50_000) == 0 ? 400 : 0);
        points.add(point(i * SECOND * NODES, (long) (Math.max(5, millis) * 1e6)));
        if (points.size() == PORTION) {
          buffer.add(points);
          points.clear();
        }
      }
      buffer.add(points);
      lines.add(buffer.snapshot());
    }
    return new ChartInput(
        List.of(new ChartInput.Subject("test", 0, lines)),
        false,
        false,
        Set.of(Pane.RESPONSE, Pane.AVAILABILITY),
        List.of(),
        0,
        Long.MAX_VALUE,
        Set.of());
  }

  private static Point point(long time, long nanos) {
    return new Point(
        Instant.ofEpochMilli(time),
        Instant.ofEpochMilli(time),
        Duration.ofNanos(nanos),
        Phases.ofNanos(
            0, nanos / 20, nanos / 10, Phases.ABSENT, nanos / 50, nanos * 6 / 10, nanos / 10),
        200,
        Verdict.UP,
        null);
  }

  private static Viewport panned(Viewport all, int frame) {
    return all.zoomed(0, 0.5, all.span()).moved(frame / (double) FRAMES);
  }

  private static Viewport zoomed(Viewport all, int frame) {
    return all.zoomed(0.5, Math.pow(0.97, frame), all.span());
  }

  /** One step. */
  private interface Step {
    void take(int frame);
  }

  /** A step each pulse; pulses wait for what the one before gave to draw. */
  private static double framesPerSecond(Room room, Step step) throws Exception {
    double millis =
        room.untilDone(done ->
            new AnimationTimer() {
              private int frame;

              @Override
              public void handle(long now) {
                if (!room.isQuiet()) {
                  return; // the picture of the last step is not made yet
                }
                step.take(frame++);
                if (frame == FRAMES) {
                  stop();
                  done.run();
                }
              }
            }.start());
    return FRAMES * 1e3 / millis;
  }
}
