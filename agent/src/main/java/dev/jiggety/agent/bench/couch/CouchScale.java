package dev.jiggety.agent.bench.couch;

import java.time.Duration;
import java.util.List;

/**
 * How much is measured.
 *
 * @param warmUp before each rate
 * @param time of each rate
 * @param listeners how many at a time
 * @param writes to each crowd of listeners
 * @param documents in the view and for our replication
 * @param rivalDocuments in the rival's view and for its replication
 * @param queries of a warm view
 */
public record CouchScale(
    Duration warmUp,
    Duration time,
    List<Integer> listeners,
    int writes,
    int documents,
    int rivalDocuments,
    int queries) {

  /** What the goals are meant for; takes one to two minutes. */
  public static final CouchScale FULL =
      new CouchScale(
          Duration.ofSeconds(1),
          Duration.ofSeconds(3),
          List.of(1, 200, 1_000),
          20,
          50_000,
          10_000,
          20);

  /** A few seconds, to see that it works; its figures mean nothing. */
  public static final CouchScale QUICK =
      new CouchScale(Duration.ofMillis(50), Duration.ofMillis(150), List.of(1, 10), 3, 500, 200, 2);

  Load load() {
    return new Load(warmUp, time);
  }
}
