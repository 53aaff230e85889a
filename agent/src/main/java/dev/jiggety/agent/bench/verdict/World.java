package dev.jiggety.agent.bench.verdict;

import dev.jiggety.model.Check;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.Schedules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What truly happens: outages of sites, and troubles of nodes. Times are milliseconds since {@link
 * #START}. Immutable.
 */
final class World {
  static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  static final long SECOND = 1_000;
  static final long MINUTE = 60 * SECOND;
  static final long HOUR = 60 * MINUTE;
  static final long DAY = 24 * HOUR;
  static final long INTERVAL = MINUTE;

  /** The share of samples that fail by themselves. */
  static final double FAILURES = 0.01;

  /** Outages of one site are told apart when this much lies between them. */
  private static final long APART = 15 * MINUTE;

  private final int days;
  private final long seed;
  private final List<TestDefinition> tests = new ArrayList<>();
  private final List<List<Outage>> outages = new ArrayList<>();
  private final List<List<Trouble>> troubles = new ArrayList<>();
  private final List<Detour> detours = new ArrayList<>();

  /**
   * A site is down, for everybody.
   *
   * @param slow whether nothing comes until the timeout, or the connection is refused at once
   */
  record Outage(long from, long to, boolean slow) {}

  /** What can be wrong with a node. */
  enum Kind {
    /** It does not run. */
    OFF,
    /** It reaches neither sites nor the hub. */
    ISOLATED,
    /** It does not reach the hub. */
    NO_HUB,
    /** Its clock is off. */
    CLOCK,
    /** It has too little CPU. */
    SLOW
  }

  /**
   * Something is wrong with a node.
   *
   * @param offset how far its clock is ahead
   */
  record Trouble(Kind kind, long from, long to, long offset) {
    boolean at(long time) {
      return time >= from && time < to;
    }
  }

  /** Some nodes do not reach some sites, though these are up: one test in {@code every}. */
  record Detour(long from, long to, List<Integer> nodes, int every, int remainder) {
    boolean hits(int test, int node, long time) {
      return time >= from && time < to && test % every == remainder && nodes.contains(node);
    }
  }

  World(int tests, int nodes, int days, long seed) {
    this.days = days;
    this.seed = seed;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < tests; i++) {
      String id = "test-" + i;
      this.tests.add(
          TestDefinition.builder(id, Check.Http.get("http://" + id + ".example/"))
              .schedule(new Schedule.Every(Duration.ofMillis(INTERVAL)))
              .build());
      outages.add(outagesOf(random.split()));
    }
    for (int i = 0; i < nodes; i++) {
      troubles.add(new ArrayList<>());
    }
    for (int i = 0; i < nodes; i++) {
      troublesOf(i, random.split());
    }
    partitions(random.split());
    troubles.forEach(list -> list.sort(Comparator.comparingLong(Trouble::from)));
  }

  long end() {
    return days * DAY;
  }

  long seed() {
    return seed;
  }

  int nodes() {
    return troubles.size();
  }

  int tests() {
    return tests.size();
  }

  TestDefinition test(int test) {
    return tests.get(test);
  }

  List<Outage> outages(int test) {
    return outages.get(test);
  }

  List<Trouble> troubles(int node) {
    return troubles.get(node);
  }

  List<Detour> detours() {
    return detours;
  }

  static String node(int node) {
    return "node-" + node;
  }

  static Instant at(long time) {
    return START.plusMillis(time);
  }

  /** When a node runs a test first. */
  long phase(int test, int node) {
    TestDefinition definition = tests.get(test);
    Instant first =
        Schedules.next(definition.schedule(), definition.id(), node(node), START.minusMillis(1));
    return Duration.between(START, first).toMillis();
  }

  /** Once a week each, a minute to half an hour. */
  private List<Outage> outagesOf(SplittableRandom random) {
    List<Outage> some = new ArrayList<>();
    long at = HOUR + wait(random, 7 * DAY);
    while (at < end() - 2 * HOUR) {
      long to = at + random.nextLong(MINUTE, 30 * MINUTE + 1);
      some.add(new Outage(at, to, random.nextBoolean()));
      at = to + APART + wait(random, 7 * DAY);
    }
    return some;
  }

  private void troublesOf(int node, SplittableRandom random) {
    some(node, Kind.OFF, 10 * DAY, 5 * MINUTE, 6 * HOUR, random);
    some(node, Kind.ISOLATED, 5 * DAY, 2 * MINUTE, 4 * HOUR, random);
    some(node, Kind.NO_HUB, 5 * DAY, 2 * MINUTE, 4 * HOUR, random);
    some(node, Kind.CLOCK, 10 * DAY, 5 * MINUTE, 2 * HOUR, random);
    some(node, Kind.SLOW, 10 * DAY, 10 * MINUTE, HOUR, random);
  }

  /** Of one kind at times that do not overlap. */
  private void some(
      int node, Kind kind, long every, long shortest, long longest, SplittableRandom random) {
    long at = HOUR + wait(random, every);
    while (at < end() - 8 * HOUR) {
      long to = at + random.nextLong(shortest, longest);
      troubles.get(node).add(new Trouble(kind, at, to, kind == Kind.CLOCK ? jump(random) : 0));
      at = to + HOUR + wait(random, every);
    }
  }

  /** From ten seconds to a day, to either side. */
  private static long jump(SplittableRandom random) {
    double size = Math.exp(random.nextDouble(Math.log(10), Math.log(86_400)));
    long away = (long) (size * SECOND);
    return random.nextBoolean() ? away : -away;
  }

  /** Half of the nodes together lose the hub or all, and pairs of nodes lose the way to sites. */
  private void partitions(SplittableRandom random) {
    long at = DAY + wait(random, 10 * DAY);
    while (at < end() - DAY) {
      long to = at + random.nextLong(5 * MINUTE, HOUR);
      Kind kind = random.nextBoolean() ? Kind.NO_HUB : Kind.ISOLATED;
      int first = random.nextInt(Math.max(1, nodes()));
      for (int i = 0; i < nodes() / 2; i++) {
        troubles.get((first + i) % nodes()).add(new Trouble(kind, at, to, 0));
      }
      at = to + DAY + wait(random, 10 * DAY);
    }
    at = wait(random, 5 * DAY);
    while (at < end() - DAY) {
      long to = at + random.nextLong(5 * MINUTE, HOUR);
      int first = random.nextInt(Math.max(1, nodes()));
      detours.add(
          new Detour(at, to, List.of(first, (first + 1) % nodes()), 20, random.nextInt(20)));
      at = to + wait(random, 5 * DAY);
    }
  }

  private static long wait(SplittableRandom random, long mean) {
    return (long) (-Math.log(1 - random.nextDouble()) * mean);
  }
}
