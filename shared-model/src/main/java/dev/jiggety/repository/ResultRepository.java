package dev.jiggety.repository;

import dev.jiggety.model.Batch;
import dev.jiggety.model.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads results. Safe for any thread; throws {@link HubException} when the hub cannot be asked. */
public interface ResultRepository {

  /**
   * Hands over every batch that may hold results of a span of time, oldest first, page by page, so
   * that a long span does not have to fit into memory. Runs outside the span can be among them.
   *
   * @param from inclusive
   * @param to exclusive
   */
  void read(Instant from, Instant to, Consumer<Batch> consumer);

  /**
   * A batch by the id of its document; empty where it is not there, or not any more.
   *
   * @throws IllegalArgumentException where it is no id of a batch
   */
  Optional<Batch> find(String batchId);

  /**
   * The bytes of a picture of a batch.
   *
   * @param name as the evidence names it
   * @return empty where it is not there, or not any more
   * @throws IllegalArgumentException where it is no id of a batch
   */
  Optional<byte[]> picture(String batchId, String name);

  /**
   * How the runs of a span of time went, counted by the hub: by hour, test and node, in this order.
   *
   * @param from in the first hour, which counts as a whole
   * @param to in the last hour, which counts as a whole
   */
  List<VerdictCount> verdicts(Instant from, Instant to);

  /**
   * The same over all nodes together, handed over one by one, by hour: so that a day of thousands
   * of tests need not fit into memory twice. An hour of a test may come in several parts, to be
   * added up.
   *
   * @param from in the first hour, which counts as a whole
   * @param to in the last hour, which counts as a whole
   */
  default void eachTestHour(Instant from, Instant to, Consumer<TestHour> consumer) {
    verdicts(from, to)
        .forEach(count ->
            consumer.accept(
                new TestHour(
                    count.hour(),
                    count.test(),
                    count.runs().getOrDefault(Verdict.UP, 0L),
                    count.runs().getOrDefault(Verdict.DEGRADED, 0L),
                    count.runs().getOrDefault(Verdict.DOWN, 0L),
                    count.runs().getOrDefault(Verdict.UNKNOWN, 0L))));
  }

  /**
   * How runs of a test went in one hour, or in a part of it.
   *
   * @param hour its beginning; hours are those of UTC
   */
  record TestHour(Instant hour, String test, long up, long degraded, long down, long unknown) {}
}
