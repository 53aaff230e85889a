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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class SchedulerTest {
  /** Held so that its level stays: what it would log is what the tests do to it. */
  private static final Logger QUIET = Logger.getLogger(Scheduler.class.getName());

  static {
    QUIET.setLevel(Level.OFF);
  }

  private final FakeClock clock = new FakeClock("2026-11-18T10:00:00Z");
  private final List<Slot> started = new ArrayList<>();
  private final List<SkippedSlots> skipped = new ArrayList<>();
  private final List<Integer> eras = new ArrayList<>();
  private boolean runsEnd = true;
  private Scheduler scheduler = open(Accounts.Opening.NEW);

  @Test
  void runsStartAtTheirPlannedTimesWithoutDrift() {
    TestDefinition test = every("home", 30);
    scheduler.update(List.of(test));
    pass(Duration.ofMinutes(10), Duration.ofMillis(7));
    assertThat(started).hasSize(20);
    assertThat(skipped).isEmpty();
    assertThat(planned("home"))
        .isEqualTo(
            Schedules.next(
                test.schedule(), "home", "berlin", Instant.parse("2026-11-18T10:00:00Z"), 20));
  }

  @Test
  void aRunThatIsNotOverHidesTheSlotsThatItCovers() {
    runsEnd = false;
    scheduler.update(List.of(every("home", 10)));
    pass(Duration.ofSeconds(45), Duration.ofMillis(100));
    assertThat(started).hasSize(1);
    assertThat(skipped).as("told after the run, so that nothing overtakes it").isEmpty();
    scheduler.finished("home");
    assertThat(skipped).hasSize(1);
    assertThat(skipped.getFirst().reason()).isEqualTo("the last run still went");
    assertThat(skipped.getFirst().count()).isBetween(3, 4);
    pass(Duration.ofSeconds(10), Duration.ofMillis(100));
    assertThat(started).hasSize(2);
  }

  @Test
  void aChangedTestIsInForceAtOnceAndTheOthersKeepTheirRhythm() {
    TestDefinition home = every("home", 30);
    TestDefinition shop = every("shop", 30);
    scheduler.update(List.of(home, shop));
    pass(Duration.ofMinutes(1), Duration.ofMillis(50));
    List<Instant> before = planned("shop");
    TestDefinition changed = home.toBuilder().name("New name").build();
    scheduler.update(List.of(changed, shop));
    pass(Duration.ofMinutes(1), Duration.ofMillis(50));
    assertThat(started.getLast().test().name()).isIn("New name", "shop");
    assertThat(started.stream().filter(slot -> slot.test().name().equals("New name"))).hasSize(2);
    assertThat(planned("shop"))
        .isEqualTo(Schedules.next(shop.schedule(), "shop", "berlin", start(), 4))
        .startsWith(before.toArray(Instant[]::new));
    assertThat(skipped).isEmpty();
  }

  @Test
  void configurationsThatSwapToAndFroMissAndDoubleNoPlannedRun() {
    TestDefinition old = every("home", 5);
    TestDefinition changed =
        old.toBuilder().check(Check.Http.get("http://127.0.0.1:1/new")).build();
    scheduler.update(List.of(old));
    for (int i = 0; i < 200; i++) {
      pass(Duration.ofMillis(137L * (i % 7)), Duration.ofMillis(50));
      scheduler.update(List.of(i % 2 == 0 ? changed : old));
    }
    assertThat(skipped).isEmpty();
    assertThat(planned("home"))
        .isEqualTo(
            Schedules.next(old.schedule(), "home", "berlin", start(), planned("home").size()));
    assertThat(started).hasSizeGreaterThan(10);
    assertThat(started.stream().map(slot -> slot.test().check()).distinct()).hasSize(2);
  }

  @Test
  void aTestThatIsSwitchedOffIsSuppressedWhileItIsKnown() {
    TestDefinition off = every("home", 30).toBuilder().active(false).build();
    scheduler.update(List.of(off));
    pass(Duration.ofMinutes(20), Duration.ofSeconds(1));
    scheduler.update(List.of(every("home", 30)));
    assertThat(started).isEmpty();
    assertThat(skipped).allMatch(slots -> slots.why() == SkippedSlots.Why.SUPPRESSED);
    assertThat(skipped.stream().mapToInt(SkippedSlots::count).sum()).isEqualTo(40);
    assertThat(skipped).as("written in pieces of minutes").hasSizeLessThan(8);
    pass(Duration.ofMinutes(1), Duration.ofSeconds(1));
    assertThat(started).hasSize(2);
    scheduler.update(List.of());
    pass(Duration.ofMinutes(5), Duration.ofSeconds(1));
    assertThat(started).as("taken away: nothing is owed").hasSize(2);
    assertThat(skipped.stream().mapToInt(SkippedSlots::count).sum()).isEqualTo(40);
  }

  @Test
  void whatANodeCouldNotRunWhileItWasDownIsMissed() {
    Instant last = start().minus(Duration.ofHours(1));
    scheduler = open(new Accounts.Opening(Map.of("home", last), 0));
    scheduler.update(List.of(every("home", 30), every("new", 30)));
    int made = planned("home").size(); // the last one, where it is in time
    assertThat(skipped).hasSize(1);
    assertThat(skipped.getFirst().count()).isEqualTo(120 - made);
    assertThat(skipped.getFirst().reason()).isEqualTo("the node was not running");
    pass(Duration.ofMinutes(1), Duration.ofMillis(100));
    assertThat(planned("home")).hasSize(2 + made);
    assertThat(planned("new")).hasSize(2);
  }

  @Test
  void whatFellDueDuringAShortStopIsMadeUpForAtOnce() {
    scheduler.update(List.of(every("home", 30)));
    while (started.isEmpty()) {
      pass(Duration.ofMillis(100), Duration.ofMillis(100));
    }
    Instant last = planned("home").getLast();
    scheduler.close();
    clock.set(Duration.ofSeconds(34).minus(Duration.between(last, clock.instant())));
    scheduler = open(new Accounts.Opening(Map.of("home", last), 0));
    scheduler.update(List.of(every("home", 30)));
    assertThat(planned("home")).hasSize(2).endsWith(last.plusSeconds(30));
    assertThat(skipped).isEmpty();
  }

  @Test
  void whatFellDueLongBeforeTheNodeIsBackIsMissed() {
    scheduler.update(List.of(every("home", 30)));
    while (started.isEmpty()) {
      pass(Duration.ofMillis(100), Duration.ofMillis(100));
    }
    Instant last = planned("home").getLast();
    scheduler.close();
    clock.set(Duration.ofSeconds(45).minus(Duration.between(last, clock.instant())));
    scheduler = open(new Accounts.Opening(Map.of("home", last), 0));
    scheduler.update(List.of(every("home", 30)));
    assertThat(planned("home")).hasSize(1);
    assertThat(skipped).singleElement().matches(slots -> slots.count() == 1);
  }

  @Test
  void aRareTestOutlivesAClockThatWasDecadesOff() {
    TestDefinition yearly =
        every("yearly", 30).toBuilder()
            .schedule(new Schedule.Cron("0 0 1 1 *", ZoneId.of("UTC")))
            .build();
    scheduler.update(List.of(yearly, every("home", 30)));
    clock.set(Duration.ofDays(90)); // to the middle of February; the slot of January is forgotten
    pass(Duration.ofMinutes(2), Duration.ofMillis(100));
    assertThat(planned("home")).as("the others go on").hasSizeGreaterThanOrEqualTo(4);
    clock.set(Duration.ofDays(318)); // to the last day of the year
    pass(Duration.ofDays(2), Duration.ofSeconds(5));
    assertThat(planned("yearly"))
        .singleElement()
        .asString()
        .as("spread over some seconds")
        .startsWith("2028-01-01T00:00:");
  }

  @Test
  void aClockSetForwardLeavesMissedSlotsCountedOnce() {
    scheduler.update(List.of(every("home", 30)));
    pass(Duration.ofMinutes(1), Duration.ofMillis(100));
    clock.set(Duration.ofHours(2));
    pass(Duration.ofMinutes(1), Duration.ofMillis(100));
    assertThat(scheduler.lastJump().orElseThrow().by()).isEqualTo(Duration.ofHours(2));
    int missed = skipped.stream().mapToInt(SkippedSlots::count).sum();
    assertThat(missed + started.size()).isEqualTo(244);
    assertThat(missed).isBetween(239, 240);
    assertThat(skipped.getFirst().reason()).contains("set forward");
  }

  @Test
  void aClockSetBackDoesNotStopMonitoringAndUsesNoTimeTwice() {
    scheduler.update(List.of(every("home", 30), cron("hourly", "*/5 * * * *")));
    pass(Duration.ofMinutes(20), Duration.ofMillis(100));
    clock.set(Duration.ofMinutes(-15));
    int before = started.size();
    pass(Duration.ofMinutes(5), Duration.ofMillis(100));
    assertThat(started.size() - before).as("goes on at once").isEqualTo(11);
    assertThat(eras).containsExactly(1);
    assertThat(scheduler.lastJump().orElseThrow().by()).isEqualTo(Duration.ofMinutes(-15));
    pass(Duration.ofMinutes(20), Duration.ofMillis(100));
    assertThat(new HashSet<>(planned("home"))).hasSameSizeAs(planned("home"));
    assertThat(new HashSet<>(planned("hourly"))).hasSameSizeAs(planned("hourly"));
    assertThat(skipped).isEmpty();
  }

  @Test
  void aClockThatStepsBackALittleIsWaitedFor() {
    scheduler.update(List.of(every("home", 1)));
    pass(Duration.ofSeconds(20), Duration.ofMillis(100));
    clock.set(Duration.ofSeconds(-5));
    pass(Duration.ofSeconds(20), Duration.ofMillis(100));
    assertThat(eras).isEmpty();
    assertThat(planned("home")).isSorted().doesNotHaveDuplicates().hasSize(35);
  }

  @Test
  void aClockThatWasSetBackWhileTheNodeWasDownBeginsAnEra() {
    Instant future = start().plus(Duration.ofDays(1));
    scheduler = open(new Accounts.Opening(Map.of("home", future), 3));
    assertThat(eras).containsExactly(4);
    scheduler.update(List.of(every("home", 30)));
    pass(Duration.ofMinutes(1), Duration.ofMillis(100));
    assertThat(planned("home")).hasSize(2);
    assertThat(skipped).isEmpty();
  }

  @Test
  void missedSlotsAreToldByTheWeek() {
    Instant last = start().minus(Duration.ofDays(8));
    scheduler = open(new Accounts.Opening(Map.of("home", last), 0));
    scheduler.update(List.of(every("home", 3600)));
    assertThat(skipped).hasSize(2); // the week that ended on Sunday, and this one
    assertThat(skipped.stream().mapToInt(SkippedSlots::count).sum()).isEqualTo(192);
  }

  @Test
  void aRunThatCannotBeStartedIsMissed() {
    Scheduler broken =
        new Scheduler(
            "berlin",
            clock,
            Accounts.Opening.NEW,
            slot -> {
              throw new IllegalStateException("no threads left");
            },
            accounts());
    broken.update(List.of(every("home", 10)));
    for (int i = 0; i < 600; i++) {
      clock.pass(Duration.ofMillis(100));
      broken.step();
    }
    assertThat(skipped.stream().mapToInt(SkippedSlots::count).sum()).isEqualTo(6);
    assertThat(skipped.getFirst().reason()).contains("no threads left");
  }

  private void pass(Duration time, Duration step) {
    for (long i = 0; i < time.dividedBy(step); i++) {
      clock.pass(step);
      scheduler.step();
    }
  }

  private List<Instant> planned(String testId) {
    return started.stream()
        .filter(slot -> slot.test().id().equals(testId))
        .map(Slot::planned)
        .toList();
  }

  private static Instant start() {
    return Instant.parse("2026-11-18T10:00:00Z");
  }

  private Scheduler open(Accounts.Opening opening) {
    Map<String, Scheduler> self = new HashMap<>();
    Scheduler opened =
        new Scheduler(
            "berlin",
            clock,
            opening,
            slot -> {
              started.add(slot);
              if (runsEnd) {
                self.get("self").finished(slot.test().id());
              }
            },
            accounts());
    self.put("self", opened);
    return opened;
  }

  private Accounts accounts() {
    return new Accounts() {
      @Override
      public void skipped(SkippedSlots slots) {
        skipped.add(slots);
      }

      @Override
      public void eraBegins(int era) {
        eras.add(era);
      }
    };
  }

  private static TestDefinition every(String id, int seconds) {
    return TestDefinition.builder(id, Check.Http.get("http://shop.example/"))
        .schedule(new Schedule.Every(Duration.ofSeconds(seconds)))
        .build();
  }

  private static TestDefinition cron(String id, String expression) {
    return TestDefinition.builder(id, Check.Http.get("http://shop.example/"))
        .schedule(new Schedule.Cron(expression, ZoneId.of("Europe/Berlin")))
        .build();
  }
}
