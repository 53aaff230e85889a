package dev.jiggety.model.rules;

import dev.jiggety.model.Policy.Hours;
import dev.jiggety.model.Schedule;
import java.time.Instant;
import java.util.Optional;

/** Spans of time that begin by the calendar. */
public final class CronSpans {
  private static final int MOST_OVERLAPS = 100;

  private CronSpans() {}

  /** What is wrong with the expression, as one sentence; empty when it is fine. */
  public static Optional<String> problem(Hours hours) {
    return Schedules.problem(new Schedule.Cron(hours.cron(), hours.zone()));
  }

  /** Whether a span is open at a time. */
  public static boolean isOpen(Hours hours, Instant at) {
    return times(hours)
        .after(at.minus(hours.length()))
        .filter(begin -> !begin.isAfter(at))
        .isPresent();
  }

  /**
   * The end of the span that is open at a time, later ones that begin before it ends included;
   * empty when none is. A span that begins again and again without a gap ends somewhere far off.
   */
  public static Optional<Instant> end(Hours hours, Instant at) {
    CronTimes times = times(hours);
    Optional<Instant> begin =
        times.after(at.minus(hours.length())).filter(first -> !first.isAfter(at));
    if (begin.isEmpty()) {
      return Optional.empty();
    }
    Instant end = begin.get().plus(hours.length());
    for (int i = 0; i < MOST_OVERLAPS; i++) {
      Optional<Instant> next = times.after(begin.get());
      if (next.isEmpty() || next.get().isAfter(end)) {
        break;
      }
      begin = next;
      end = next.get().plus(hours.length());
    }
    return Optional.of(end);
  }

  /** When the next one begins, strictly after a time; empty for never. */
  public static Optional<Instant> next(Hours hours, Instant after) {
    return times(hours).after(after);
  }

  private static CronTimes times(Hours hours) {
    return new CronTimes(CronFields.parse(hours.cron()), hours.zone());
  }
}
