package dev.jiggety.agent.result;

import dev.jiggety.base.ClockOffset;
import dev.jiggety.document.DatabaseNames;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How an outbox works. Start from {@link #defaults}.
 *
 * @param flushEvery how long results may wait for their batch
 * @param mostRuns runs, and skipped entries, in one batch
 * @param mostBytes JSON in one batch, in bytes; a single entry may be larger
 * @param mostInMemory entries that are held while the disk takes none; beyond it the oldest are
 *     given up
 * @param keep how long batches stay here after the hub has them
 * @param maxFileBytes the outbox' file does not grow beyond this; 0 = no limit
 * @param hubClock how far the hub's clock is from ours at the moment, as far as that is known
 */
public record OutboxOptions(
    String node,
    DatabaseNames names,
    InstantSource clock,
    Duration flushEvery,
    int mostRuns,
    int mostBytes,
    int mostInMemory,
    Duration keep,
    long maxFileBytes,
    Supplier<Optional<ClockOffset>> hubClock) {

  /** Two seconds, 500 runs, 200 KB, 10,000 entries in memory, a day, no limit. */
  public static OutboxOptions defaults(String node, DatabaseNames names, InstantSource clock) {
    return new OutboxOptions(
        node,
        names,
        clock,
        Duration.ofSeconds(2),
        500,
        200_000,
        10_000,
        Duration.ofDays(1),
        0,
        Optional::empty);
  }

  /** The same with another longest wait for a batch. */
  public OutboxOptions withFlushEvery(Duration time) {
    return new OutboxOptions(
        node, names, clock, time, mostRuns, mostBytes, mostInMemory, keep, maxFileBytes, hubClock);
  }

  /** The same with another largest batch. */
  public OutboxOptions withMostRuns(int runs) {
    return new OutboxOptions(
        node,
        names,
        clock,
        flushEvery,
        runs,
        mostBytes,
        mostInMemory,
        keep,
        maxFileBytes,
        hubClock);
  }

  /** The same with another bound of what is held in memory. */
  public OutboxOptions withMostInMemory(int entries) {
    return new OutboxOptions(
        node, names, clock, flushEvery, mostRuns, mostBytes, entries, keep, maxFileBytes, hubClock);
  }

  /** The same with a bound of the file. */
  public OutboxOptions withMaxFileBytes(long bytes) {
    return new OutboxOptions(
        node, names, clock, flushEvery, mostRuns, mostBytes, mostInMemory, keep, bytes, hubClock);
  }

  /** The same, knowing the hub's clock. */
  public OutboxOptions withHubClock(Supplier<Optional<ClockOffset>> offset) {
    return new OutboxOptions(
        node,
        names,
        clock,
        flushEvery,
        mostRuns,
        mostBytes,
        mostInMemory,
        keep,
        maxFileBytes,
        offset);
  }
}
