package dev.jiggety.agent.schedule;

import dev.jiggety.model.Schedule;
import dev.jiggety.model.SkippedSlots;
import dev.jiggety.model.rules.Schedules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The planned times of one test on one node, in one era of the clock.
 *
 * @param era moves every planned time on by as many milliseconds
 */
record Rhythm(Schedule schedule, String testId, String node, int era) {

  private static final long WEEK = Duration.ofDays(7).toSeconds();

  /** From the Monday of the week of 1970-01-01, a Thursday, to that day. */
  private static final long FIRST_MONDAY = Duration.ofDays(3).toSeconds();

  /** Nobody keeps results for longer; a clock that was decades off must not fill the disk. */
  private static final Duration LONGEST_GAP = Duration.ofDays(35);

  /** The first planned time strictly after an instant. */
  Instant next(Instant after) {
    return Schedules.next(schedule, testId, node, after.minusMillis(era)).plusMillis(era);
  }

  /**
   * The planned times of a span as skipped; one piece for each ISO week (UTC), since results are
   * kept by the week. Of a span of more than five weeks only the last five count.
   *
   * @param after exclusive
   * @param until inclusive
   */
  List<SkippedSlots> skipped(Instant after, Instant until, SkippedSlots.Why why, String reason) {
    List<SkippedSlots> pieces = new ArrayList<>();
    Instant earliest = until.minus(LONGEST_GAP);
    Instant from = after.isBefore(earliest) ? earliest : after;
    while (from.isBefore(until)) {
      Instant weekEnds = endOfWeek(from.plusMillis(1));
      Instant to = weekEnds.isBefore(until) ? weekEnds : until;
      Schedules.between(schedule, testId, node, from.minusMillis(era), to.minusMillis(era))
          .ifPresent(slots ->
              pieces.add(
                  new SkippedSlots(
                      testId,
                      why,
                      slots.first().plusMillis(era),
                      slots.last().plusMillis(era),
                      Math.toIntExact(slots.count()),
                      reason)));
      from = to;
    }
    return pieces;
  }

  /**
   * How late a run may begin and still count as the run of its slot: half of the time to the next
   * one, at least one and at most ten seconds.
   */
  Duration grace(Instant planned) {
    long half = Duration.between(planned, next(planned)).toMillis() / 2;
    return Duration.ofMillis(Math.clamp(half, 1_000, 10_000));
  }

  /** The number of the ISO week (UTC), counted from 1970. */
  static long week(Instant time) {
    return Math.floorDiv(time.getEpochSecond() + FIRST_MONDAY, WEEK);
  }

  private static Instant endOfWeek(Instant time) {
    return Instant.ofEpochSecond((week(time) + 1) * WEEK - FIRST_MONDAY).minusMillis(1);
  }
}
