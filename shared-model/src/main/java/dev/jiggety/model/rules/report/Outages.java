package dev.jiggety.model.rules.report;

import java.time.Duration;
import java.util.Optional;

/**
 * What the outages of a span come to; maintenance is taken out of each. Of several tests the sum.
 *
 * @param count those that lasted at some time of the span outside of maintenance
 * @param open those of them that last
 * @param longest how much of the span the longest took
 * @param repaired those that ended in the span
 * @param repairing how long these lasted together, each from its beginning, be that before the span
 * @param operating how long it was up, slow or not
 */
public record Outages(
    int count, int open, Duration longest, int repaired, Duration repairing, Duration operating) {
  /** None, in no time. */
  public static final Outages NONE =
      new Outages(0, 0, Duration.ZERO, 0, Duration.ZERO, Duration.ZERO);

  /** Both together. */
  public Outages plus(Outages other) {
    return new Outages(
        count + other.count,
        open + other.open,
        longest.compareTo(other.longest) >= 0 ? longest : other.longest,
        repaired + other.repaired,
        repairing.plus(other.repairing),
        operating.plus(other.operating));
  }

  /** The mean time to repair; empty when none ended. */
  public Optional<Duration> meanToRepair() {
    return repaired == 0 ? Optional.empty() : Optional.of(repairing.dividedBy(repaired));
  }

  /** The mean time between failures: the operating time for each outage; empty without any. */
  public Optional<Duration> meanBetween() {
    return count == 0 ? Optional.empty() : Optional.of(operating.dividedBy(count));
  }
}
