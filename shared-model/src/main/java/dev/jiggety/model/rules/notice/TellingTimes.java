package dev.jiggety.model.rules.notice;

import dev.jiggety.model.Incident;
import dev.jiggety.model.Policy;
import dev.jiggety.model.Policy.Hours;
import dev.jiggety.model.Policy.Quiet;
import dev.jiggety.model.rules.CronSpans;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** When a policy lets somebody be told: in its hours, and not in its quiet times. */
public final class TellingTimes {
  /** Hours and quiet times that chase each other for so long never let anything pass. */
  private static final int MOST_TURNS = 1000;

  private TellingTimes() {}

  /** The first time from {@code at} on; empty for never. */
  public static Optional<Instant> from(Policy policy, Incident.Kind kind, Instant at) {
    Instant time = at;
    for (int i = 0; i < MOST_TURNS; i++) {
      Optional<Instant> duty = onDuty(policy, time);
      if (duty.isEmpty()) {
        return Optional.empty();
      }
      Instant later = afterQuiet(policy, kind, duty.get());
      if (later.equals(time)) {
        return Optional.of(time);
      }
      time = later;
    }
    return Optional.empty();
  }

  private static Optional<Instant> onDuty(Policy policy, Instant at) {
    if (policy.hours().isEmpty()
        || policy.hours().stream().anyMatch(hours -> CronSpans.isOpen(hours, at))) {
      return Optional.of(at);
    }
    return policy.hours().stream()
        .flatMap((Hours hours) -> CronSpans.next(hours, at).stream())
        .min(Comparator.naturalOrder());
  }

  private static Instant afterQuiet(Policy policy, Incident.Kind kind, Instant at) {
    Instant time = at;
    for (Quiet quiet : policy.quiet()) {
      if (quiet.silences(kind)) {
        time = CronSpans.end(quiet.hours(), time).orElse(time);
      }
    }
    return time;
  }
}
