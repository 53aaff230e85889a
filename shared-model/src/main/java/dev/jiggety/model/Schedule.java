package dev.jiggety.model;

import java.time.Duration;
import java.time.ZoneId;

/** When a test runs. The next planned times follow from it in {@code model.rules.Schedules}. */
public sealed interface Schedule {

  /**
   * Again and again, spread within the interval by a stable hash of test and node.
   *
   * @param interval at least one second
   */
  record Every(Duration interval) implements Schedule {}

  /**
   * By the calendar.
   *
   * @param expression five fields as in crontab(5), or {@code @hourly} and friends
   * @param zone the time zone in which its fields are read
   */
  record Cron(String expression, ZoneId zone) implements Schedule {}
}
