package dev.jiggety.model.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jiggety.model.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchedulesTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # spring forward in Berlin, 2026-03-29 02:00 to 03:00: what is skipped runs right after
          30 2 * * *     | Europe/Berlin       | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z
          0,30 2 * * *   | Europe/Berlin       | 2026-03-29T01:00:00Z | 2026-03-30T00:00:00Z
          0 2,3 * * *    | Europe/Berlin       | 2026-03-29T01:00:00Z | 2026-03-30T00:00:00Z
          */30 2 * * *   | Europe/Berlin       | 2026-03-28T12:00:00Z | 2026-03-30T00:00:00Z
          */15 * * * *   | Europe/Berlin       | 2026-03-29T00:45:00Z | 2026-03-29T01:00:00Z
          # fall back in Berlin, 2026-10-25 03:00 to 02:00: a repeated time runs once
          30 2 * * *     | Europe/Berlin       | 2026-10-24T12:00:00Z | 2026-10-25T00:30:00Z
          30 2 * * *     | Europe/Berlin       | 2026-10-25T00:30:00Z | 2026-10-26T01:30:00Z
          30 2 * * *     | Europe/Berlin       | 2026-10-25T01:10:00Z | 2026-10-26T01:30:00Z
          0 * * * *      | Europe/Berlin       | 2026-10-25T00:00:00Z | 2026-10-25T01:00:00Z
          */30 2 * * *   | Europe/Berlin       | 2026-10-25T00:30:00Z | 2026-10-25T01:00:00Z
          # New York, 2026-03-08 and 2026-11-01
          15 2 * * *     | America/New_York    | 2026-03-08T05:00:00Z | 2026-03-08T07:00:00Z
          30 1 * * *     | America/New_York    | 2026-11-01T05:30:00Z | 2026-11-02T06:30:00Z
          # Lord Howe moves by half an hour: 2026-10-04 02:00 to 02:30, 2026-04-05 02:00 to 01:30
          10 2 * * *     | Australia/Lord_Howe | 2026-10-03T12:00:00Z | 2026-10-03T15:30:00Z
          45 1 * * *     | Australia/Lord_Howe | 2026-04-04T12:00:00Z | 2026-04-04T14:45:00Z
          45 1 * * *     | Australia/Lord_Howe | 2026-04-04T14:45:00Z | 2026-04-05T15:15:00Z
          # Samoa left out 30 December 2011
          0 12 30 12 *   | Pacific/Apia        | 2011-12-29T12:00:00Z | 2011-12-30T10:00:00Z
          # leap days, also across 2100, which has none
          0 0 29 2 *     | UTC                 | 2026-01-01T00:00:00Z | 2028-02-29T00:00:00Z
          0 0 29 2 *     | UTC                 | 2096-03-01T00:00:00Z | 2104-02-29T00:00:00Z
          # either day is enough, unless one of the fields begins with a star
          0 0 13 * 5     | UTC                 | 2026-11-01T00:00:00Z | 2026-11-06T00:00:00Z
          0 0 13 * fri   | UTC                 | 2026-11-06T00:00:00Z | 2026-11-13T00:00:00Z
          0 0 */2 * 1    | UTC                 | 2026-11-03T00:00:00Z | 2026-11-09T00:00:00Z
          0 0 * * 7      | UTC                 | 2026-11-21T00:00:00Z | 2026-11-22T00:00:00Z
          0 0 * * sat-7  | UTC                 | 2026-11-20T00:00:00Z | 2026-11-21T00:00:00Z
          0 0 * * fri-sun | UTC                | 2026-11-21T00:00:00Z | 2026-11-22T00:00:00Z
          5/20 9 * * *   | UTC                 | 2026-11-21T09:05:00Z | 2026-11-21T09:25:00Z
          @hourly        | UTC                 | 2026-11-21T09:05:00Z | 2026-11-21T10:00:00Z
          @yearly        | UTC                 | 2026-11-21T09:05:00Z | 2027-01-01T00:00:00Z
          """)
  void followsTheCalendarOfItsZone(String cron, String zone, Instant after, Instant expected) {
    assertThat(slots(cron, ZoneId.of(zone), after, 1)).containsExactly(expected);
  }

  @Test
  void aDayOf23HoursHas23RunsAnHourAndOneOf25Has25() {
    assertThat(runsOfDay("0 * * * *", "2026-03-29T00:00", "2026-03-30T00:00")).hasSize(23);
    assertThat(runsOfDay("0 * * * *", "2026-10-25T00:00", "2026-10-26T00:00")).hasSize(25);
    assertThat(runsOfDay("30 2 * * *", "2026-03-29T00:00", "2026-03-30T00:00")).hasSize(1);
    assertThat(runsOfDay("30 2 * * *", "2026-10-25T00:00", "2026-10-26T00:00")).hasSize(1);
  }

  @Test
  void anIntervalIsCountedFromTheEpochAndSpreadByTestAndNode() {
    Schedule.Every every = new Schedule.Every(Duration.ofSeconds(30));
    Instant now = Instant.parse("2026-11-21T10:00:07Z");
    Set<Instant> firsts = new HashSet<>();
    for (int node = 0; node < 100; node++) {
      List<Instant> times = Schedules.next(every, "home", "node-" + node, now, 3);
      firsts.add(times.getFirst());
      assertThat(Duration.between(now, times.getFirst()))
          .isBetween(Duration.ofMillis(1), every.interval());
      assertThat(Duration.between(times.get(0), times.get(1))).isEqualTo(every.interval());
      // whoever starts later keeps to the same times
      assertThat(Schedules.next(every, "home", "node-" + node, times.get(0).plusMillis(1)))
          .isEqualTo(times.get(1));
    }
    assertThat(firsts).hasSizeGreaterThan(90);
  }

  @Test
  void theSpreadOfATestIsTheSameForEver() {
    Schedule.Every minute = new Schedule.Every(Duration.ofMinutes(1));
    assertThat(Schedules.next(minute, "home", "berlin", Instant.EPOCH))
        .isEqualTo(Instant.parse("1970-01-01T00:00:28.107Z"));
  }

  @Test
  void calendarTimesAreSpreadByATenthOfTheGapAndTenSecondsAtMost() {
    Instant now = Instant.parse("2026-11-21T10:00:00Z");
    for (int node = 0; node < 50; node++) {
      String name = "node-" + node;
      Instant minute = Schedules.next(cron("* * * * *", "UTC"), "home", name, now);
      assertThat(minute.getEpochSecond() % 60).isLessThan(6);
      Instant daily = Schedules.next(cron("0 9 * * *", "UTC"), "home", name, now);
      assertThat(Duration.between(Instant.parse("2026-11-22T09:00:00Z"), daily))
          .isBetween(Duration.ZERO, Duration.ofSeconds(10));
      // its own time is not counted twice, seen from before and after the spread
      assertThat(Schedules.next(cron("0 9 * * *", "UTC"), "home", name, daily.minusMillis(1)))
          .isEqualTo(daily);
      assertThat(Schedules.next(cron("0 9 * * *", "UTC"), "home", name, daily))
          .isAfter(daily.plus(Duration.ofHours(23)));
    }
  }

  @Test
  void impossibleSchedulesSayWhatIsWrong() {
    assertThat(Schedules.problem(cron("0 0 31 2 *", "UTC")))
        .get()
        .asString()
        .contains("never comes");
    assertThat(Schedules.problem(cron("99 * * * *", "UTC")))
        .contains("minute \"99\" must be 0 to 59");
    assertThat(Schedules.problem(cron("* * * foo *", "UTC")))
        .contains("month \"foo\" must be 1 to 12 or jan to dec");
    assertThat(Schedules.problem(cron("* * *", "UTC"))).get().asString().contains("3 of the five");
    assertThat(Schedules.problem(cron("", "UTC"))).get().asString().contains("0 of the five");
    assertThat(Schedules.problem(cron("0 22-2 * * *", "UTC")))
        .get()
        .asString()
        .contains("backwards");
    assertThat(Schedules.problem(cron("*/0 * * * *", "UTC"))).get().asString().contains("step");
    assertThat(Schedules.problem(cron("@reboot", "UTC"))).get().asString().contains("@hourly");
    assertThat(Schedules.problem(cron("@every soon", "UTC"))).get().asString().contains("duration");
    assertThat(Schedules.problem(cron("@every 500ms", "UTC"))).get().asString().contains("1s");
    assertThat(Schedules.problem(new Schedule.Every(Duration.ZERO))).isPresent();
    assertThat(Schedules.problem(new Schedule.Every(Duration.ofDays(400)))).isPresent();
    assertThat(Schedules.problem(cron("@every 30s", "UTC"))).isEmpty();
    assertThat(Schedules.problem(cron("0 0 29 2 1", "UTC"))).isEmpty();
    assertThatThrownBy(() -> Schedules.next(cron("0 0 31 2 *", "UTC"), "a", "b", Instant.EPOCH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("never comes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          @every 30s        | every 30 seconds
          @every 1m         | every minute
          @every 1h30m      | every 1 hour and 30 minutes
          @hourly           | every hour
          * * * * *         | every minute
          */5 * * * *       | every 5 minutes
          7 * * * *         | at minute 7 of every hour
          1-3,40 * * * *    | at minutes 1 to 3 and 40 of every hour
          0 9 * * 1-5       | at 09:00 on weekdays (Europe/Berlin)
          @daily            | at 00:00 every day (Europe/Berlin)
          0,30 8,17 * * *   | at 08:00, 08:30, 17:00 and 17:30 every day (Europe/Berlin)
          */10 9-16 * * mon,thu | every 10 minutes from 09:00 to 16:59 on Monday and Thursday (Europe/Berlin)
          0 0 1,15 * *      | at 00:00 on days 1 and 15 of the month (Europe/Berlin)
          0 0 13 * 5        | at 00:00 on day 13 of the month and on Friday (Europe/Berlin)
          0 6 * 6-8 0,6     | at 06:00 at weekends in June to August (Europe/Berlin)
          99 * * * *        | 99 * * * *
          """)
  void saysItInWords(String cron, String words) {
    assertThat(Schedules.inWords(cron(cron, "Europe/Berlin"))).isEqualTo(words);
  }

  @Test
  void knowsHowOldALastResultMayBe() {
    Schedule weekdays = cron("0 9 * * 1-5", "UTC");
    assertThat(Schedules.interval(weekdays, Instant.parse("2026-11-18T12:00:00Z")))
        .isEqualTo(Duration.ofDays(1));
    assertThat(Schedules.interval(weekdays, Instant.parse("2026-11-22T12:00:00Z")))
        .isEqualTo(Duration.ofDays(3));
    assertThat(Schedules.interval(cron("0 0 29 2 *", "UTC"), Instant.parse("2026-01-01T00:00:00Z")))
        .isEqualTo(Duration.ofDays(1461));
    assertThat(Schedules.interval(cron("@every 30s", "UTC"), Instant.EPOCH))
        .isEqualTo(Duration.ofSeconds(30));
  }

  private static List<Instant> runsOfDay(String cron, String from, String to) {
    Instant start = java.time.LocalDateTime.parse(from).atZone(BERLIN).toInstant();
    Instant end = java.time.LocalDateTime.parse(to).atZone(BERLIN).toInstant();
    List<Instant> inside = new ArrayList<>();
    for (Instant slot : slots(cron, BERLIN, start.minusMillis(1), 30)) {
      if (slot.isBefore(end)) {
        inside.add(slot);
      }
    }
    return inside;
  }

  /** Slots before they are spread. */
  private static List<Instant> slots(String cron, ZoneId zone, Instant after, int count) {
    CronTimes times = new CronTimes(CronFields.parse(cron), zone);
    List<Instant> slots = new ArrayList<>();
    Instant last = after;
    for (int i = 0; i < count; i++) {
      last = times.after(last).orElseThrow();
      slots.add(last);
    }
    return slots;
  }

  private static Schedule cron(String expression, String zone) {
    return new Schedule.Cron(expression, ZoneId.of(zone));
  }
}
