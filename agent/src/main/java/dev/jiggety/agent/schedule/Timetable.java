package dev.jiggety.agent.schedule;

import dev.jiggety.model.SkippedSlots;
import dev.jiggety.model.SkippedSlots.Why;
import dev.jiggety.model.TestDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Decides for each slot of each test whether it becomes a run, is missed, or is suppressed. Reads
 * no clock: every call is told the time. Not thread-safe.
 *
 * <p>For each test the slots come out in the order of their planned times. While a run goes on, the
 * slots that it covers are held back and told when it is over; so whatever is durable of a test
 * accounts for everything before it.
 */
final class Timetable {
  /** How long a clock set back by less is simply waited for. */
  static final Duration WAITED_OUT = Duration.ofSeconds(10);

  /** How often the slots of a test that is switched off are written down. */
  private static final Duration SUPPRESSED_EVERY = Duration.ofMinutes(5);

  private static final String SWITCHED_OFF = "switched off";
  private static final String NOT_RUNNING = "the node was not running";

  private final String node;
  private final Map<String, Line> lines = new HashMap<>();
  private final PriorityQueue<Wake> wakes = new PriorityQueue<>();

  /** What was accounted for when the node stopped; the gap since then is owed. */
  private final Map<String, Instant> opening;

  /** Of tests that were taken away: nothing is owed, but no planned time may come again. */
  private final Map<String, Instant> takenAway = new HashMap<>();

  private final Set<String> running = new HashSet<>();

  private int era;

  /** What is to be done, in this order. */
  record Decisions(List<SkippedSlots> skipped, List<Slot> due) {
    Decisions() {
      this(new ArrayList<>(), new ArrayList<>());
    }
  }

  private record Wake(Instant at, Line line, int turn) implements Comparable<Wake> {
    @Override
    public int compareTo(Wake other) {
      return at.compareTo(other.at);
    }
  }

  /** One test. */
  private static final class Line {
    private TestDefinition test;
    private Rhythm rhythm;
    private Instant accounted;
    private int turn;
    private final List<SkippedSlots> heldBack = new ArrayList<>();

    private Line(TestDefinition test, Rhythm rhythm, Instant accounted) {
      this.test = test;
      this.rhythm = rhythm;
      this.accounted = accounted;
    }
  }

  /**
   * A timetable without tests.
   *
   * @param opening what is accounted for already; when the clock is far behind that, it was set
   *     back meanwhile, and a new era begins
   */
  Timetable(String node, Accounts.Opening opening, Instant now) {
    this.node = node;
    this.era = opening.era();
    this.opening = new HashMap<>(opening.accounted());
    if (opening.accounted().values().stream()
        .anyMatch(time -> time.isAfter(now.plus(WAITED_OUT)))) {
      era++;
      this.opening.replaceAll((test, time) -> time.isAfter(now) ? now : time);
    }
  }

  /** How often the clock was set back. */
  int era() {
    return era;
  }

  /** How many tests there are, also those that are switched off. */
  int size() {
    return lines.size();
  }

  /**
   * Puts other tests into force. A test that stays the same keeps its rhythm; one whose schedule is
   * new begins it now; what is left out is not accounted for any more.
   */
  Decisions update(Collection<TestDefinition> tests, Instant now) {
    Decisions decisions = tick(now, "it was late");
    Set<String> gone = new HashSet<>(lines.keySet());
    for (TestDefinition test : tests) {
      gone.remove(test.id());
      Line line = lines.get(test.id());
      if (line == null) {
        lines.put(test.id(), begin(test, now, decisions));
      } else if (!line.test.equals(test)) {
        change(line, test, now, decisions);
      }
    }
    for (String testId : gone) {
      Line line = Objects.requireNonNull(lines.remove(testId));
      suppress(line, now, decisions);
      line.turn++;
      takenAway.put(testId, line.accounted);
    }
    return decisions;
  }

  /**
   * What is due.
   *
   * @param cause why slots that are long past could not run, for people
   */
  Decisions tick(Instant now, String cause) {
    Decisions decisions = new Decisions();
    while (!wakes.isEmpty() && !wakes.peek().at().isAfter(now)) {
      Wake wake = wakes.remove();
      if (wake.turn() == wake.line().turn) {
        due(wake.line(), now, cause, decisions);
      }
    }
    return decisions;
  }

  /** A run is over and has been written down. */
  List<SkippedSlots> finished(String testId) {
    running.remove(testId);
    Line line = lines.get(testId);
    if (line == null) {
      return List.of();
    }
    List<SkippedSlots> held = List.copyOf(line.heldBack);
    line.heldBack.clear();
    return held;
  }

  /** The clock was set back far: begins a new era, in which every test goes on from now. */
  Decisions rebase(Instant before, Instant now) {
    Decisions decisions = tick(before, "it was late");
    era++;
    for (Line line : lines.values()) {
      suppress(line, before, decisions);
      line.rhythm = rhythm(line.test);
      line.accounted = now;
      plan(line, now);
    }
    takenAway.clear();
    opening.clear();
    return decisions;
  }

  /** The last word before the node stops. */
  Decisions close(Instant now) {
    Decisions decisions = new Decisions();
    lines.values().forEach(line -> suppress(line, now, decisions));
    return decisions;
  }

  /** When to come back; empty when there is nothing to wait for. */
  Optional<Instant> nextWake() {
    while (!wakes.isEmpty() && wakes.peek().turn() != wakes.peek().line().turn) {
      wakes.remove();
    }
    return Optional.ofNullable(wakes.peek()).map(Wake::at);
  }

  private Line begin(TestDefinition test, Instant now, Decisions decisions) {
    Instant floor = takenAway.remove(test.id());
    Instant owedFrom = opening.remove(test.id());
    Instant from = owedFrom != null ? owedFrom : floor == null ? now : later(floor, now);
    Line line = new Line(test, rhythm(test), from);
    if (owedFrom != null && owedFrom.isBefore(now)) {
      owed(line, now, decisions);
    }
    plan(line, now);
    return line;
  }

  /** What fell due while the node was not there: the last slot still runs where it is in time. */
  private void owed(Line line, Instant now, Decisions decisions) {
    boolean active = line.test.active();
    Why why = active ? Why.MISSED : Why.SUPPRESSED;
    String reason = active ? NOT_RUNNING : SWITCHED_OFF;
    List<SkippedSlots> owed = line.rhythm.skipped(line.accounted, now, why, reason);
    Instant last = owed.isEmpty() ? null : owed.getLast().last();
    if (active
        && last != null
        && !isRunning(line)
        && Duration.between(last, now).compareTo(line.rhythm.grace(last)) <= 0) {
      owed = line.rhythm.skipped(line.accounted, last.minusMillis(1), why, reason);
      running.add(line.test.id());
      decisions.due().add(new Slot(line.test, last));
    }
    decisions.skipped().addAll(owed);
    line.accounted = now;
  }

  private void change(Line line, TestDefinition test, Instant now, Decisions decisions) {
    suppress(line, now, decisions);
    line.test = test;
    Rhythm rhythm = rhythm(test);
    if (!rhythm.equals(line.rhythm)) {
      line.rhythm = rhythm;
      line.accounted = later(line.accounted, now);
    }
    plan(line, now);
  }

  private void due(Line line, Instant now, String cause, Decisions decisions) {
    if (!line.test.active()) {
      suppress(line, now, decisions);
    } else {
      Instant first = line.rhythm.next(line.accounted);
      Instant last = lastSlot(line, first, now);
      boolean inTime = Duration.between(last, now).compareTo(line.rhythm.grace(last)) <= 0;
      if (isRunning(line)) {
        skip(line, last, "the last run still went", decisions);
      } else if (inTime) {
        if (first.isBefore(last)) {
          skip(line, last.minusMillis(1), cause, decisions);
        }
        running.add(line.test.id());
        decisions.due().add(new Slot(line.test, last));
      } else {
        skip(line, last, cause, decisions);
      }
      line.accounted = last;
    }
    plan(line, now);
  }

  /** Of the slots that are due the last one; the first where all of them are long forgotten. */
  private static Instant lastSlot(Line line, Instant first, Instant now) {
    if (line.rhythm.next(first).isAfter(now)) {
      return first; // as a rule there is no more than one
    }
    List<SkippedSlots> due = line.rhythm.skipped(line.accounted, now, Why.MISSED, "");
    return due.isEmpty() ? first : due.getLast().last();
  }

  private void skip(Line line, Instant until, String reason, Decisions decisions) {
    List<SkippedSlots> skipped = line.rhythm.skipped(line.accounted, until, Why.MISSED, reason);
    if (isRunning(line)) {
      skipped.forEach(slots -> hold(line, slots));
    } else {
      decisions.skipped().addAll(skipped);
    }
  }

  /** A run of hours covers many slots; they make one entry for each reason and week. */
  private static void hold(Line line, SkippedSlots more) {
    SkippedSlots last = line.heldBack.isEmpty() ? null : line.heldBack.getLast();
    if (last != null
        && last.reason().equals(more.reason())
        && Rhythm.week(last.first()) == Rhythm.week(more.first())) {
      line.heldBack.removeLast();
      line.heldBack.add(
          new SkippedSlots(
              last.testId(),
              last.why(),
              last.first(),
              more.last(),
              last.count() + more.count(),
              last.reason()));
    } else {
      line.heldBack.add(more);
    }
  }

  /** Accounts for the slots of a test that is switched off, up to now. */
  private void suppress(Line line, Instant now, Decisions decisions) {
    if (line.test.active() || !line.accounted.isBefore(now)) {
      return;
    }
    List<SkippedSlots> skipped =
        line.rhythm.skipped(line.accounted, now, Why.SUPPRESSED, SWITCHED_OFF);
    if (isRunning(line)) {
      line.heldBack.addAll(skipped);
    } else {
      decisions.skipped().addAll(skipped);
    }
    line.accounted = now;
  }

  private void plan(Line line, Instant now) {
    line.turn++;
    Instant next = line.rhythm.next(line.accounted);
    Instant at = line.test.active() ? next : later(next, now.plus(SUPPRESSED_EVERY));
    wakes.add(new Wake(at, line, line.turn));
  }

  private boolean isRunning(Line line) {
    return running.contains(line.test.id());
  }

  private Rhythm rhythm(TestDefinition test) {
    return new Rhythm(test.schedule(), test.id(), node, era);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
