package dev.jiggety.model.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Schedule;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SchedulesPropertyTest {
  private static final List<String> ZONES =
      List.of(
          "UTC",
          "Europe/Berlin",
          "America/New_York",
          "Australia/Lord_Howe",
          "America/St_Johns",
          "Africa/Casablanca",
          "Asia/Kathmandu");

  @Property(tries = 300)
  void plannedTimesStrictlyIncreaseAndDoNotDependOnWhereOneBegins(
      @ForAll("crons") Schedule.Cron schedule, @ForAll("instants") Instant start) {
    List<Instant> times = Schedules.next(schedule, "home", "berlin", start, 20);
    Instant last = start;
    for (Instant time : times) {
      assertThat(time).isAfter(last);
      assertThat(time).isEqualTo(time.truncatedTo(ChronoUnit.MILLIS));
      assertThat(Schedules.next(schedule, "home", "berlin", time.minusMillis(1))).isEqualTo(time);
      assertThat(Schedules.next(schedule, "home", "berlin", midway(last, time))).isEqualTo(time);
      last = time;
    }
  }

  @Property(tries = 60)
  void agreesWithAWalkOverEveryMinute(
      @ForAll("crons") Schedule.Cron schedule, @ForAll("instants") Instant start) {
    CronFields fields = CronFields.parse(schedule.expression());
    CronTimes times = new CronTimes(fields, schedule.zone());
    Instant next = times.after(start).orElseThrow();
    Instant minute = start.plusSeconds(60 - Math.floorMod(start.getEpochSecond(), 60L));
    minute = minute.truncatedTo(ChronoUnit.MINUTES);
    for (int i = 0; i < 5000 && minute.isBefore(next); i++) {
      boolean wanted = isDue(fields, schedule.zone(), minute);
      assertThat(wanted).as("%s is due and was left out before %s", minute, next).isFalse();
      minute = minute.plusSeconds(60);
    }
    if (minute.equals(next)) {
      ZonedDateTime local = next.atZone(schedule.zone());
      boolean afterGap =
          !schedule.zone().getRules().getOffset(next.minusSeconds(1)).equals(local.getOffset());
      assertThat(isDue(fields, schedule.zone(), next) || afterGap).isTrue();
    }
  }

  private static boolean isDue(CronFields fields, ZoneId zone, Instant minute) {
    ZonedDateTime zoned = minute.atZone(zone);
    LocalDateTime local = zoned.toLocalDateTime();
    boolean repeated = !zoned.withEarlierOffsetAtOverlap().equals(zoned);
    return fields.matches(local.toLocalDate())
        && fields.hours().get(local.getHour())
        && fields.minutes().get(local.getMinute())
        && (fields.followsClock() || !repeated);
  }

  private static Instant midway(Instant from, Instant to) {
    return from.plusMillis((to.toEpochMilli() - from.toEpochMilli()) / 2);
  }

  @Provide
  Arbitrary<Instant> instants() {
    Arbitrary<Long> anywhere = Arbitraries.longs().between(1_500_000_000L, 2_000_000_000L);
    Arbitrary<Long> nearAChange =
        Combinators.combine(
                Arbitraries.of(
                    "2026-03-29T01:00:00Z",
                    "2026-10-25T01:00:00Z",
                    "2026-03-08T07:00:00Z",
                    "2026-11-01T06:00:00Z",
                    "2026-10-03T15:30:00Z",
                    "2026-04-04T15:00:00Z",
                    "2028-02-29T00:00:00Z"),
                Arbitraries.longs().between(-10_000, 10_000))
            .as((change, seconds) -> Instant.parse(change).getEpochSecond() + seconds);
    return Arbitraries.oneOf(anywhere, nearAChange).map(Instant::ofEpochSecond);
  }

  @Provide
  Arbitrary<Schedule.Cron> crons() {
    return Combinators.combine(
            field(0, 59),
            field(0, 23),
            field(1, 28),
            field(1, 12),
            field(0, 7),
            Arbitraries.of(ZONES))
        .as((minute, hour, day, month, weekday, zone) ->
            new Schedule.Cron(
                String.join(" ", minute, hour, day, month, weekday), ZoneId.of(zone)));
  }

  private static Arbitrary<String> field(int min, int max) {
    Arbitrary<Integer> number = Arbitraries.integers().between(min, max);
    Arbitrary<String> range =
        Combinators.combine(number, number).as((a, b) -> Math.min(a, b) + "-" + Math.max(a, b));
    Arbitrary<String> step = Arbitraries.integers().between(1, max).map(n -> "*/" + n);
    Arbitrary<String> list =
        number.list().ofMinSize(1).ofMaxSize(3).map(SchedulesPropertyTest::join);
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(4, Arbitraries.just("*")),
        net.jqwik.api.Tuple.of(2, range),
        net.jqwik.api.Tuple.of(2, step),
        net.jqwik.api.Tuple.of(2, list));
  }

  private static String join(List<Integer> numbers) {
    return String.join(",", numbers.stream().map(String::valueOf).toList());
  }
}
