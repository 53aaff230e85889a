package dev.jiggety.desktop.view.results;

import java.time.Duration;

/** Which earlier time a test is compared with. */
public enum Shift {
  NONE(Duration.ZERO),
  HOUR(Duration.ofHours(1)),
  DAY(Duration.ofDays(1)),
  WEEK(Duration.ofDays(7)),
  FOUR_WEEKS(Duration.ofDays(28)),
  YEAR(Duration.ofDays(364));

  private final Duration length;

  Shift(Duration length) {
    this.length = length;
  }

  /** How much earlier; whole weeks where it is long, so that weekends lie on weekends. */
  public Duration length() {
    return length;
  }
}
