package dev.jiggety.desktop.bench;

import dev.jiggety.desktop.chart.ResponseChart;
import dev.jiggety.desktop.chart.SeriesBuffer;
import dev.jiggety.desktop.chart.Viewport;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import javafx.animation.AnimationTimer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.stage.Stage;

/** A chart of a great many raw points: until it is first seen, then moved and zoomed. */
final class RawPoints implements Figure {
  private static final long SECOND = 1000;
  private static final int FRAMES = 180;

  @Override
  public void measure(Room room, Told told) throws Exception {
    SeriesBuffer<String> points = points(room.scale().points());
    Viewport all = new Viewport(0, room.scale().points() * SECOND);
    ObjectProperty<Viewport> view = new SimpleObjectProperty<>(all);
    Stage stage =
        Room.fx(() -> {
          Stage made = new Stage();
          made.setScene(
              new Scene(
                  new ResponseChart<String>(
                      room.tasks(), view, ZoneId.systemDefault(), Locale.ENGLISH),
                  1200,
                  700));
          made.show();
          return made;
        });
    room.untilDrawn(() -> {});
    told.figure(
        "raw points to first frame",
        room.untilDrawn(() -> {
          @SuppressWarnings("unchecked") // it was put there above
          var chart = (ResponseChart<String>) stage.getScene().getRoot();
          chart.setSeries(List.of(points.snapshot()));
        }),
        "ms");
    told.figure("pan", framesPerSecond(room, frame -> view.set(panned(all, frame))), "1/s");
    told.figure("zoom", framesPerSecond(room, frame -> view.set(zoomed(all, frame))), "1/s");
  }

  private static SeriesBuffer<String> points(int count) {
    Random random = new Random(7);
    List<SeriesBuffer.Point<String>> points = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      points.add(
          new SeriesBuffer.Point<>(
              i * SECOND, 80 + 15 * random.nextGaussian() + i % 86_400 / 4000.0, false, "run"));
    }
    SeriesBuffer<String> buffer = new SeriesBuffer<>("node-0", count);
    buffer.add(points);
    return buffer;
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
