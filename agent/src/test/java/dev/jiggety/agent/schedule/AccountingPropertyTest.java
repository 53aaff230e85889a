package dev.jiggety.agent.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Check;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.SkippedSlots;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.Schedules;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever happens to a node: each slot is a run, missed or suppressed, exactly once. */
class AccountingPropertyTest {
  /** Held so that its level stays: what it would log is what the tests do to it. */
  private static final Logger QUIET = Logger.getLogger(Scheduler.class.getName());

  static {
    QUIET.setLevel(Level.OFF);
  }

  private static final Instant FIRST = Instant.parse("2024-01-01T00:00:00Z");
  private static final String TEST = "home";
  private static final String NODE = "berlin";

  enum Event {
    PASS,
    PASS_LONG,
    SLEEP,
    SLEEP_FOR_DAYS,
    END_OF_RUN,
    KILL,
    DOWN_AND_UP,
    SWITCH,
    RENAME,
    STEP_BACK
  }

  @Property(tries = 200)
  void everySlotIsAccountedForExactlyOnce(
      @ForAll("beginnings") Beginning beginning, @ForAll("events") List<Event> events) {
    World world = new World(beginning);
    events.forEach(world::apply);
    world.checkAccounts();
  }

  @Property(tries = 100)
  void noPlannedTimeComesTwiceWhenTheClockIsSetBack(
      @ForAll("beginnings") Beginning beginning, @ForAll("events") List<Event> events) {
    World world = new World(beginning);
    for (Event event : events) {
      world.apply(event);
      if (event == Event.RENAME) {
        world.clock.set(Duration.ofMinutes(-47));
      } else if (event == Event.SWITCH) {
        world.clock.set(Duration.ofDays(-3));
      }
    }
    assertThat(world.runs).doesNotHaveDuplicates();
  }

  /** One node with one test; what it writes down survives it. */
  private static final class World {
    private final FakeClock clock;
    private final Instant begin;
    private final List<Instant> runs = new ArrayList<>();
    private final List<SkippedSlots> skipped = new ArrayList<>();
    private Optional<Instant> durable = Optional.empty();
    private int era;
    private TestDefinition test;
    private Scheduler scheduler;
    private Optional<Slot> running = Optional.empty();
    private Instant latest = Instant.MIN;

    private World(Beginning beginning) {
      clock = new FakeClock(beginning.at().toString());
      begin = clock.instant();
      test =
          TestDefinition.builder(TEST, Check.Http.get("http://shop.example/"))
              .schedule(beginning.schedule())
              .build();
      scheduler = open();
    }

    private Scheduler open() {
      running = Optional.empty();
      Accounts.Opening opening =
          new Accounts.Opening(
              durable.map(time -> Map.of(TEST, time)).orElse(Map.of(TEST, begin)), era);
      Scheduler opened =
          new Scheduler(
              NODE,
              clock,
              opening,
              slot -> {
                assertThat(running).as("no test overlaps with itself").isEmpty();
                running = Optional.of(slot);
              },
              new Accounts() {
                @Override
                public void skipped(SkippedSlots slots) {
                  skipped.add(slots);
                  durable = Optional.of(slots.last());
                }

                @Override
                public void eraBegins(int number) {
                  era = number;
                }
              });
      opened.update(List.of(test));
      return opened;
    }

    private void apply(Event event) {
      latest = clock.instant().isAfter(latest) ? clock.instant() : latest;
      switch (event) {
        case PASS -> pass(Duration.ofSeconds(40), Duration.ofMillis(450));
        case PASS_LONG -> pass(Duration.ofHours(2), Duration.ofSeconds(5));
        case SLEEP -> clock.set(Duration.ofMinutes(37));
        case SLEEP_FOR_DAYS -> clock.set(Duration.ofDays(2));
        case END_OF_RUN -> endRun();
        case KILL -> scheduler = open();
        case DOWN_AND_UP -> {
          clock.pass(Duration.ofHours(3));
          scheduler = open();
        }
        case SWITCH -> {
          test = test.toBuilder().active(!test.active()).build();
          scheduler.update(List.of(test));
        }
        case RENAME -> {
          test = test.toBuilder().name(test.name() + "x").build();
          scheduler.update(List.of(test));
        }
        case STEP_BACK -> stepBack();
      }
      scheduler.step();
    }

    /** Never further in all than a node waits out: that would begin an era with other slots. */
    private void stepBack() {
      Duration step = Duration.ofSeconds(3);
      if (clock.instant().minus(step).plus(Timetable.WAITED_OUT).isAfter(latest)) {
        clock.set(step.negated());
      }
    }

    private void pass(Duration time, Duration step) {
      for (long i = 0; i < time.dividedBy(step); i++) {
        clock.pass(step);
        scheduler.step();
      }
    }

    private void endRun() {
      running.ifPresent(slot -> {
        runs.add(slot.planned());
        durable = Optional.of(slot.planned());
        running = Optional.empty();
        scheduler.finished(TEST);
      });
    }

    private void checkAccounts() {
      endRun();
      pass(Duration.ofHours(1), Duration.ofSeconds(1)); // over what was set back
      endRun();
      scheduler.close();
      List<Instant> accounted = new ArrayList<>(runs);
      for (SkippedSlots slots : skipped) {
        List<Instant> times =
            Schedules.next(
                test.schedule(), TEST, NODE, slots.first().minusMillis(1), slots.count());
        assertThat(times.getLast()).isEqualTo(slots.last());
        accounted.addAll(times);
      }
      accounted.sort(null);
      List<Instant> expected = new ArrayList<>();
      Instant end = accounted.isEmpty() ? begin : accounted.getLast();
      Instant next = Schedules.next(test.schedule(), TEST, NODE, begin);
      while (!next.isAfter(end)) {
        expected.add(next);
        next = Schedules.next(test.schedule(), TEST, NODE, next);
      }
      assertThat(accounted).isEqualTo(expected);
      assertThat(next)
          .as("nothing is left to account for")
          .isAfter(clock.instant().minusSeconds(1));
    }
  }

  @Provide
  Arbitrary<List<Event>> events() {
    return Arbitraries.of(Event.class).list().ofMinSize(3).ofMaxSize(25);
  }

  /** A schedule, and when the node begins to keep it. */
  record Beginning(Schedule schedule, Instant at) {}

  /** Shortly before the clocks change, in any zone that Java knows and any of ten years. */
  @Provide
  Arbitrary<Beginning> beginnings() {
    List<ZoneId> zones =
        ZoneId.getAvailableZoneIds().stream()
            .sorted()
            .map(ZoneId::of)
            .filter(zone -> zone.getRules().nextTransition(FIRST) != null)
            .toList();
    return Combinators.combine(
            Arbitraries.of(zones),
            Arbitraries.integers().between(0, 3650),
            Arbitraries.integers().between(0, 180),
            Arbitraries.integers().between(0, 5))
        .as((zone, day, minutes, which) -> {
          Instant after = FIRST.plus(Duration.ofDays(day));
          ZoneOffsetTransition change = zone.getRules().nextTransition(after);
          Instant at = change == null ? after : change.getInstant();
          return new Beginning(schedules(zone).get(which), at.minus(Duration.ofMinutes(minutes)));
        });
  }

  private static List<Schedule> schedules(ZoneId zone) {
    return List.of(
        new Schedule.Every(Duration.ofSeconds(7)),
        new Schedule.Every(Duration.ofSeconds(60)),
        new Schedule.Every(Duration.ofMinutes(45)),
        new Schedule.Cron("* * * * *", zone),
        new Schedule.Cron("*/20 1,2,3 * * *", zone),
        new Schedule.Cron("30 2 * * *", zone));
  }
}
