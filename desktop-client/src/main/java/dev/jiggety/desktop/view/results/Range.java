package dev.jiggety.desktop.view.results;

import java.time.Duration;

/** How far back charts reach. */
public enum Range {
  MINUTES_5(Duration.ofMinutes(5)),
  MINUTES_15(Duration.ofMinutes(15)),
  HOUR(Duration.ofHours(1)),
  HOURS_6(Duration.ofHours(6)),
  DAY(Duration.ofHours(24)),
  WEEK(Duration.ofDays(7)),
  MONTH(Duration.ofDays(30)),
  QUARTER(Duration.ofDays(90)),
  /** Thirteen months: as long as results are kept, unless a hub says otherwise. */
  YEAR(Duration.ofDays(396));

  /** The longest of all. */
  public static final Duration LONGEST = YEAR.length();

  private final Duration length;

  Range(Duration length) {
    this.length = length;
  }

  public Duration length() {
    return length;
  }
}
