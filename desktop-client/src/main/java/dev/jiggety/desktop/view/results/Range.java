package dev.jiggety.desktop.view.results;

import java.time.Duration;

/** How far back a chart reaches. */
public enum Range {
  MINUTES_5(Duration.ofMinutes(5)),
  MINUTES_15(Duration.ofMinutes(15)),
  HOUR(Duration.ofHours(1)),
  HOURS_6(Duration.ofHours(6)),
  DAY(Duration.ofHours(24));

  private final Duration length;

  Range(Duration length) {
    this.length = length;
  }

  public Duration length() {
    return length;
  }
}
