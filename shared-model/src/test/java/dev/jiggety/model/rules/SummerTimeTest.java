package dev.jiggety.model.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every zone that Java knows, over ten years: no slot is lost or doubled when clocks change. */
class SummerTimeTest {
  private static final LocalDate FROM = LocalDate.of(2024, 1, 1);
  private static final LocalDate TO = FROM.plusYears(10);

  /** Many names stand for the same rules. */
  private static final Collection<ZoneId> ZONES =
      ZoneId.getAvailableZoneIds().stream()
          .map(ZoneId::of)
          .collect(Collectors.toMap(ZoneId::getRules, zone -> zone, (one, _) -> one))
          .values();

  @ParameterizedTest
  @ValueSource(strings = {"0 0 * * *", "30 2 * * *", "15 3 * * *"})
  void aJobOfTheDayRunsOnceOnEveryDay(String expression) {
    CronFields fields = CronFields.parse(expression);
    for (ZoneId zone : ZONES) {
      CronTimes times = new CronTimes(fields, zone);
      for (ZoneOffsetTransition change : changes(zone.getRules())) {
        LocalDate date = LocalDate.ofInstant(change.getInstant(), zone).minusDays(3);
        Instant time = date.atStartOfDay(zone).toInstant().minusNanos(1);
        for (int day = 0; day < 6; day++) {
          time = times.after(time).orElseThrow();
          assertThat(LocalDate.ofInstant(time, zone))
              .as("%s in %s around %s", expression, zone, change)
              .isEqualTo(date.plusDays(day));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/20 * * * *", "7 * * * *", "*/10 1-3 * * *"})
  void aJobThatFollowsTheClockRunsWheneverItShowsItsTime(String expression) {
    CronFields fields = CronFields.parse(expression);
    assertThat(fields.followsClock()).isTrue();
    for (ZoneId zone : ZONES) {
      CronTimes times = new CronTimes(fields, zone);
      for (ZoneOffsetTransition change : changes(zone.getRules())) {
        Instant from = change.getInstant().minus(Duration.ofHours(2));
        Instant to = change.getInstant().plus(Duration.ofHours(2));
        List<Instant> planned = new ArrayList<>();
        for (Instant time = times.after(from.minusNanos(1)).orElseThrow();
            time.isBefore(to);
            time = times.after(time).orElseThrow()) {
          planned.add(time);
        }
        assertThat(planned)
            .as("%s in %s around %s", expression, zone, change)
            .isEqualTo(shown(fields, zone, from, to));
      }
    }
  }

  @Test
  void thereIsSomethingToTest() {
    Map<ZoneId, Integer> changes = new TreeMap<>(Comparator.comparing(ZoneId::getId));
    ZONES.forEach(zone -> changes.put(zone, changes(zone.getRules()).size()));
    assertThat(ZONES).hasSizeGreaterThan(200);
    assertThat(changes.values().stream().mapToInt(n -> n).sum()).isGreaterThan(1000);
  }

  /** Minute by minute, whether the clock on the wall shows a time of the job. */
  private static List<Instant> shown(CronFields fields, ZoneId zone, Instant from, Instant to) {
    List<Instant> expected = new ArrayList<>();
    Instant first = from.truncatedTo(ChronoUnit.MINUTES);
    for (Instant minute = first; minute.isBefore(to); minute = minute.plusSeconds(60)) {
      ZoneOffset offset = zone.getRules().getOffset(minute);
      LocalDateTime local = LocalDateTime.ofInstant(minute, offset);
      if (!minute.isBefore(from)
          && fields.matches(local.toLocalDate())
          && fields.hours().get(local.getHour())
          && fields.minutes().get(local.getMinute())) {
        expected.add(minute);
      }
    }
    return expected;
  }

  private static List<ZoneOffsetTransition> changes(ZoneRules rules) {
    List<ZoneOffsetTransition> changes = new ArrayList<>();
    Instant end = TO.atStartOfDay().toInstant(ZoneOffset.UTC);
    Instant at = FROM.atStartOfDay().toInstant(ZoneOffset.UTC);
    for (ZoneOffsetTransition next = rules.nextTransition(at);
        next != null && next.getInstant().isBefore(end);
        next = rules.nextTransition(next.getInstant())) {
      changes.add(next);
    }
    return changes;
  }
}
