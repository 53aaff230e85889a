package dev.jiggety.model.rules.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/**
 * What a target leaves.
 *
 * @param target in percent, above 0 and below 100
 * @param allowed how long it may be down: of the observed time and of what is still ahead
 * @param spent how long it was
 * @param state what that means
 */
public record ErrorBudget(BigDecimal target, Duration allowed, Duration spent, State state) {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** What a target has come to. */
  public enum State {
    /** It is kept. */
    MET,
    /** It cannot be kept any more. */
    MISSED,
    /** Nothing was observed. */
    UNKNOWN;

    /** The lower-case name that documents and screens use. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a target leaves of a time. */
  public static ErrorBudget of(BigDecimal target, TimeShare time) {
    check(target);
    Duration counted = time.observed().plus(time.ahead());
    Duration allowed =
        Duration.ofMillis(
            BigDecimal.valueOf(counted.toMillis())
                .multiply(HUNDRED.subtract(target))
                .divide(HUNDRED, 0, RoundingMode.DOWN)
                .longValueExact());
    State state =
        time.observed().isZero()
            ? State.UNKNOWN
            : time.down().compareTo(allowed) > 0 ? State.MISSED : State.MET;
    return new ErrorBudget(target, allowed, time.down(), state);
  }

  /**
   * Sees that a target makes sense.
   *
   * @throws IllegalArgumentException when no target can be that high or low
   */
  public static void check(BigDecimal target) {
    if (target.signum() <= 0 || target.compareTo(HUNDRED) >= 0 || target.scale() > 6) {
      throw new IllegalArgumentException(
          "the target must be a percentage above 0 and below 100 with at most six decimals, like"
              + " 99.9; it is "
              + target);
    }
  }

  /** What is left of the allowed time; negative when more was spent. */
  public Duration left() {
    return allowed.minus(spent);
  }
}
