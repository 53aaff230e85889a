package dev.jiggety.desktop.view.overview;

import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.session.HubConnection;
import dev.jiggety.model.Histogram;
import dev.jiggety.repository.HistoryRepository.Question;
import dev.jiggety.repository.HistoryRepository.Row;
import dev.jiggety.repository.HistoryRepository.Step;
import dev.jiggety.repository.HubException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks the archive for the p95 of the same hours a week ago: this hour's and those beside it. Only
 * for tests that are on the screen, many in one call, one call at a time: no index of the hub
 * answers it for thousands of tests. FX thread, but for the asking.
 */
final class LastWeek {
  /** Tests in one call, at most. */
  static final int MOST = 60;

  private static final Duration AGAIN = Duration.ofSeconds(30);
  private static final Duration WEEK = Duration.ofDays(7);

  private final Desk desk;
  private final HubConnection hub;
  private final Runnable changed;
  private boolean asking;
  private Instant next = Instant.MIN;

  LastWeek(Desk desk, HubConnection hub, Runnable changed) {
    this.desk = desk;
    this.hub = hub;
    this.changed = changed;
  }

  /** Asks for those of the tiles that nobody has asked for yet. */
  void look(List<Tile> seen) {
    if (asking || desk.now().isBefore(next)) {
      return;
    }
    List<Tile> wanted = new ArrayList<>();
    for (Tile tile : seen) {
      if (!tile.isWeekKnown() && wanted.size() < MOST) {
        wanted.add(tile);
      }
    }
    if (!wanted.isEmpty()) {
      ask(wanted);
    }
  }

  private void ask(List<Tile> wanted) {
    asking = true;
    Instant hour = DayBook.hour(desk.now()).minus(WEEK);
    List<String> ids = wanted.stream().map(Tile::id).toList();
    Question question =
        Question.of(
            ids,
            hour.minus(1, ChronoUnit.HOURS),
            hour.plus(2, ChronoUnit.HOURS).minusMillis(1),
            Step.HOUR);
    desk.tasks()
        .create(() -> p95(hub.history().summaries(question)))
        .onSuccess(times -> {
          wanted.forEach(tile -> tile.lastWeek(times.get(tile.id())));
          changed.run();
        })
        .onError(HubException.class, e -> next = desk.now().plus(AGAIN))
        .onFinally(() -> asking = false)
        .start();
  }

  private static Map<String, Duration> p95(List<Row> rows) {
    Map<String, Histogram> sums = new HashMap<>();
    for (Row row : rows) {
      if (row.test() != null) {
        sums.merge(row.test(), row.summary().total(), Histogram::plus);
      }
    }
    Map<String, Duration> times = new HashMap<>();
    sums.forEach((test, sum) -> sum.quantile(0.95).ifPresent(time -> times.put(test, time)));
    return times;
  }
}
