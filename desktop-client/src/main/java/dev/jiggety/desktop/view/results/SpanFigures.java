package dev.jiggety.desktop.view.results;

import dev.jiggety.desktop.chart.Series;
import dev.jiggety.desktop.chart.Viewport;
import dev.jiggety.desktop.feed.RunPoint;
import dev.jiggety.model.rules.Statistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The figures of what a chart shows.
 *
 * @param count runs in view
 * @param failed how many of them failed
 * @param passed the times of the others, without those during which the node itself stood still;
 *     null when there are none
 */
public record SpanFigures(int count, int failed, @Nullable Statistics passed) {
  /** Of nothing. */
  public static final SpanFigures NONE = new SpanFigures(0, 0, null);

  /** Works them out; takes time in proportion to the runs in view, so not on the FX thread. */
  static SpanFigures of(List<Series<RunPoint>> lines, Viewport view) {
    List<Duration> passed = new ArrayList<>();
    int failed = 0;
    int distorted = 0;
    for (Series<RunPoint> line : lines) {
      int end = line.firstAtOrAfter(view.to());
      for (int i = line.firstAtOrAfter(view.from()); i < end; i++) {
        if (line.failed(i)) {
          failed++;
        } else if (line.item(i).distorted()) {
          distorted++;
        } else {
          passed.add(line.item(i).total());
        }
      }
    }
    return new SpanFigures(
        passed.size() + failed + distorted,
        failed,
        passed.isEmpty() ? null : Statistics.of(passed));
  }
}
