package dev.jiggety.agent.service;

import dev.jiggety.agent.vitals.Beat;
import dev.jiggety.model.LogExcerpt;
import dev.jiggety.repository.HubException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Gives the last log lines of a part to its hub: soon after a warning, seldom else, and never when
 * nothing is new. A thousand nodes that lose the hub at once do not all write when it is back: the
 * moment is by chance within a minute.
 */
public final class LogReport {
  private static final Duration TICK = Duration.ofSeconds(5);
  private static final Duration LEAST = Duration.ofSeconds(5);
  private static final Duration WARNINGS = Duration.ofSeconds(55);
  private static final Duration REST = Duration.ofMinutes(5);

  private final String writer;
  private final LogRing ring;
  private final Consumer<LogExcerpt> hub;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Instant startedAt;
  private long count;
  private long warnings;
  private Instant toldAt;
  private Instant due = Instant.MAX;

  LogReport(
      String writer,
      LogRing ring,
      Consumer<LogExcerpt> hub,
      InstantSource clock,
      RandomGenerator random) {
    this.writer = writer;
    this.ring = ring;
    this.hub = hub;
    this.clock = clock;
    this.random = random;
    this.startedAt = clock.instant();
    this.toldAt = startedAt;
  }

  /**
   * Begins.
   *
   * @param writer as in {@link LogExcerpt#writer}
   * @param hub takes the lines; may throw that it is away
   */
  public static Beat start(String writer, Consumer<LogExcerpt> hub) {
    LogReport report =
        new LogReport(
            writer, LogRing.shared(), hub, InstantSource.system(), RandomGenerator.getDefault());
    return Beat.start("giving the log to the hub", TICK, report::look);
  }

  /** Gives them where it is time. */
  void look() {
    LogRing.Kept kept = ring.kept();
    Instant now = clock.instant();
    if (kept.count() == count) {
      return;
    }
    if (due.equals(Instant.MAX)) {
      due = kept.warnings() > warnings ? soon(now) : toldAt.plus(REST);
    } else if (kept.warnings() > warnings && due.isAfter(now.plus(LEAST).plus(WARNINGS))) {
      due = soon(now);
    }
    if (now.isBefore(due)) {
      return;
    }
    try {
      hub.accept(new LogExcerpt(writer, startedAt, now, kept.lines()));
      count = kept.count();
      warnings = kept.warnings();
      toldAt = now;
      due = Instant.MAX;
    } catch (HubException e) {
      due = soon(now); // that the hub is away is said by others
    }
  }

  private Instant soon(Instant now) {
    return now.plus(LEAST).plusMillis(random.nextLong(WARNINGS.toMillis()));
  }
}
