package dev.jiggety.agent.manager;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The hub's time, on a machine whose clock may be wrong, may be set, and knows the hub's only to
 * the second: it runs by the monotonic clock and is put right when it is far off, so that it does
 * not jump to and fro. Safe for any thread.
 */
final class HubClock implements InstantSource {
  private static final System.Logger LOG = System.getLogger(HubClock.class.getName());

  /** Twice what the offset may be wrong by. */
  private static final Duration BEARABLE = Duration.ofSeconds(3);

  private final InstantSource system;
  private final LongSupplier nanos;
  private final Supplier<Optional<Duration>> offset;
  private @Nullable Instant anchor;
  private long anchorNanos;

  /**
   * @param system this machine's clock
   * @param nanos this machine's monotonic clock
   * @param offset the hub's clock minus this machine's, to the second; empty where not known
   */
  HubClock(InstantSource system, LongSupplier nanos, Supplier<Optional<Duration>> offset) {
    this.system = system;
    this.nanos = nanos;
    this.offset = offset;
  }

  @Override
  public synchronized Instant instant() {
    long ticks = nanos.getAsLong();
    Optional<Duration> known = offset.get();
    Duration correction = known.orElse(Duration.ZERO);
    if (correction.abs().compareTo(BEARABLE) < 0) {
      correction = Duration.ZERO; // not worth it
    }
    Instant told = system.instant().plus(correction);
    Instant since = anchor;
    if (since != null) {
      Instant ours = since.plusNanos(ticks - anchorNanos);
      if (Duration.between(ours, told).abs().compareTo(BEARABLE) < 0) {
        return ours;
      }
      LOG.log(
          System.Logger.Level.INFO,
          "the time is put right by {0} s: it goes by the hub''s clock",
          Duration.between(ours, told).toSeconds());
    }
    anchor = told;
    anchorNanos = ticks;
    return told;
  }
}
