package dev.jiggety.desktop.bench;

import dev.jiggety.desktop.session.Session;
import dev.jiggety.repository.HistoryRepository;
import dev.jiggety.repository.HistoryRepository.Question;
import dev.jiggety.repository.HistoryRepository.Row;
import dev.jiggety.repository.HistoryRepository.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Percentiles of a year, day by day, out of the hub's archives. */
final class YearChart implements Figure {
  private static final int ROUNDS = 7;
  private static final double[] SHARES = {0.5, 0.95, 0.99};

  @Override
  public void measure(Room room, Told told) throws Exception {
    Session session = Room.fx(() -> room.shell().session().orElseThrow());
    Instant now = Instant.now();
    Instant from = now.minus(Duration.ofDays(room.scale().days()));
    double[] millis = new double[ROUNDS];
    for (int i = -1; i < ROUNDS; i++) {
      long began = System.nanoTime();
      read(session.connection().history(), from, now);
      double took = (System.nanoTime() - began) / 1e6;
      if (i < 0) {
        told.figure("a year with percentiles, first time", took, "ms"); // the hub makes its indexes
      } else {
        millis[i] = took;
      }
    }
    Arrays.sort(millis);
    told.figure("a year with percentiles", millis[ROUNDS / 2], "ms");
  }

  private static double read(HistoryRepository history, Instant from, Instant to) {
    List<Row> rows = history.summaries(Question.of(List.of("test-0"), from, to, Step.DAY));
    double sum = 0;
    for (Row row : rows) {
      for (double share : SHARES) {
        sum += row.summary().total().quantile(share).map(Duration::toMillis).orElse(0L);
      }
    }
    return sum;
  }
}
