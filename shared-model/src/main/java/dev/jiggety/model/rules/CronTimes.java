package dev.jiggety.model.rules;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * A cron expression on the time line of a zone. Summer time is decided as Vixie cron does it: a job
 * at a fixed time whose local time is skipped runs right after the gap, one whose local time comes
 * twice runs the first time only. A job with a star in minute or hour follows the clock: it has no
 * run in a gap and runs in both passes of a repeated hour.
 *
 * @param fields the expression
 * @param zone where its fields are read
 */
record CronTimes(CronFields fields, ZoneId zone) {

  /** The first time strictly after an instant; empty when there is none, ever. */
  Optional<Instant> after(Instant instant) {
    return fields.followsClock() ? followingClock(instant) : onceForEachDate(instant);
  }

  /** The last time at or before an instant, looking back a hundred years at most. */
  Optional<Instant> atOrBefore(Instant instant) {
    Duration back = Duration.ofMinutes(2);
    while (back.toDays() < 36_525) {
      Optional<Instant> time = after(instant.minus(back));
      Optional<Instant> last = Optional.empty();
      while (time.isPresent() && !time.get().isAfter(instant)) {
        last = time;
        time = after(time.get());
      }
      if (last.isPresent()) {
        return last;
      }
      back = back.multipliedBy(2);
    }
    return Optional.empty();
  }

  /** Goes from one change of the offset to the next; within each the local clock just runs. */
  private Optional<Instant> followingClock(Instant instant) {
    ZoneRules rules = zone.getRules();
    Instant from = instant.plusNanos(1);
    while (true) {
      ZoneOffset offset = rules.getOffset(from);
      Optional<LocalDateTime> local = fields.atOrAfter(LocalDateTime.ofInstant(from, offset));
      if (local.isEmpty()) {
        return Optional.empty();
      }
      Instant candidate = local.get().toInstant(offset);
      ZoneOffsetTransition change = rules.nextTransition(from);
      if (change == null || candidate.isBefore(change.getInstant())) {
        return Optional.of(candidate);
      }
      from = change.getInstant();
    }
  }

  private Optional<Instant> onceForEachDate(Instant instant) {
    LocalDateTime from = LocalDateTime.ofInstant(instant, zone);
    while (true) {
      Optional<LocalDateTime> local = fields.atOrAfter(from);
      if (local.isEmpty()) {
        return Optional.empty();
      }
      Instant candidate = toInstant(local.get());
      if (candidate.isAfter(instant)) {
        return Optional.of(candidate);
      }
      from = local.get().plusMinutes(1);
    }
  }

  /** In a gap its end; of two the earlier. */
  private Instant toInstant(LocalDateTime local) {
    ZoneOffsetTransition change = zone.getRules().getTransition(local);
    if (change != null && change.isGap()) {
      return change.getInstant();
    }
    return local.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
  }
}
