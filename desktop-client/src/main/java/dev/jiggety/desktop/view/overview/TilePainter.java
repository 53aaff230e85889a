package dev.jiggety.desktop.view.overview;

import dev.jiggety.desktop.feed.NodeVerdict;
import dev.jiggety.desktop.feed.TestPicture;
import dev.jiggety.model.Verdict;
import java.util.Comparator;
import java.util.List;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import org.jspecify.annotations.Nullable;

/**
 * Draws the word of each node as a strip and the last day as a bar. What is bad is not only of
 * another colour: in the strip it stands higher, in the bar it hangs from above.
 */
final class TilePainter {
  private static final double GAP = 2;
  private static final double LEAST_NODE = 3;
  private static final double LEAST_BAD = 2.5;

  private final GraphicsContext g;
  private final Inks inks;

  TilePainter(GraphicsContext g, Inks inks) {
    this.g = g;
    this.inks = inks;
  }

  /** One upright for each node, by name; where there is no room for all, the worst. */
  void strip(TestPicture picture, double x, double y, double width, double height) {
    List<NodeVerdict> words = picture.nodes();
    int room = (int) ((width + GAP) / (LEAST_NODE + GAP));
    if (words.size() > room) {
      words =
          words.stream()
              .sorted(Comparator.comparingInt(TilePainter::severity))
              .limit(room)
              .toList();
    }
    int count = words.size();
    if (count == 0) {
      g.setFill(inks.idle());
      g.fillRect(x, y + height - 2, width, 2);
      return;
    }
    double each = Math.floor(Math.min(height * 0.7, (width + GAP) / count - GAP));
    for (int i = 0; i < count; i++) {
      node(words.get(i).verdict(), x + i * (each + GAP), y, each, height);
    }
  }

  private static int severity(NodeVerdict word) {
    return switch (word.verdict()) {
      case DOWN -> 0;
      case DEGRADED -> 1;
      case UNKNOWN -> 2;
      case UP -> 3;
    };
  }

  private void node(Verdict verdict, double x, double y, double width, double height) {
    switch (verdict) {
      case UP -> upright(inks.up(), x, y, width, height, 0.45);
      case DEGRADED -> upright(inks.degraded(), x, y, width, height, 0.72);
      case DOWN -> upright(inks.down(), x, y, width, height, 1);
      case UNKNOWN -> {
        double part = Math.round(height * 0.45);
        g.setStroke(inks.unknown());
        g.setLineWidth(1);
        g.strokeRect(x + 0.5, y + height - part + 0.5, Math.max(1, width - 1), part - 1);
      }
    }
  }

  private void upright(Color ink, double x, double y, double width, double height, double share) {
    double part = Math.round(height * share);
    g.setFill(ink);
    g.fillRect(x, y + height - part, width, part);
  }

  /** An upright for each hour; runs that were not up hang from above and are never too thin. */
  void day(int @Nullable [] counts, double x, double y, double width, double height) {
    double each = width / DayBook.HOURS;
    for (int hour = 0; hour < DayBook.HOURS; hour++) {
      double from = Math.round(x + hour * each);
      double to = Math.round(x + (hour + 1) * each) - 1;
      hour(counts, hour * DayBook.COLUMNS, from, y, to - from, height);
    }
  }

  private void hour(
      int @Nullable [] counts, int at, double x, double y, double width, double height) {
    int all = counts == null ? 0 : counts[at] + counts[at + 1] + counts[at + 2] + counts[at + 3];
    if (counts == null || all == 0) {
      g.setFill(inks.idle());
      g.fillRect(x, y + height - 2, width, 2);
      return;
    }
    double down = part(counts[at + 2], all, height);
    double degraded = part(counts[at + 1], all, height);
    double unknown = part(counts[at + 3], all, height);
    double bad = Math.min(height, down + degraded + unknown);
    g.setFill(inks.up());
    g.fillRect(x, y + bad, width, height - bad);
    double top = y;
    top = hang(inks.down(), x, top, width, down, y + height);
    top = hang(inks.degraded(), x, top, width, degraded, y + height);
    hang(inks.unknown(), x, top, width, unknown, y + height);
  }

  private double hang(Color ink, double x, double top, double width, double part, double bottom) {
    double height = Math.min(part, bottom - top);
    if (height > 0) {
      g.setFill(ink);
      g.fillRect(x, top, width, height);
    }
    return top + Math.max(0, height);
  }

  private static double part(int some, int all, double height) {
    return some == 0 ? 0 : Math.max(LEAST_BAD, height * some / all);
  }
}
