package dev.jiggety.desktop.chart;

import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Point;
import dev.jiggety.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lines for tests. */
final class Lines {
  private Lines() {}

  static Point point(long time, long millis, Verdict verdict, @Nullable ErrorKind error) {
    Duration total = Duration.ofMillis(millis);
    return new Point(
        Instant.ofEpochMilli(time),
        Instant.ofEpochMilli(time),
        total,
        Phases.of(Map.of(Phase.WAIT, total.dividedBy(2), Phase.RECEIVE, total.dividedBy(2))),
        200,
        verdict,
        error);
  }

  /** A sample each so many milliseconds; some are slow, some fail. */
  static Samples samples(String name, long interval, List<Integer> millis) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < millis.size(); i++) {
      int value = millis.get(i);
      boolean failed = value % 17 == 0;
      Verdict verdict =
          failed
              ? Verdict.DOWN
              : value % 13 == 0 ? Verdict.DEGRADED : value % 29 == 0 ? Verdict.UNKNOWN : Verdict.UP;
      points.add(point(i * interval, value, verdict, failed ? ErrorKind.TIMEOUT : null));
    }
    SamplesBuffer buffer = new SamplesBuffer(name, 1_000_000);
    buffer.add(points);
    return buffer.snapshot();
  }
}
