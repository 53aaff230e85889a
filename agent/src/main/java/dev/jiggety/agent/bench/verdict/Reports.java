package dev.jiggety.agent.bench.verdict;

import static dev.jiggety.agent.bench.verdict.World.SECOND;

import dev.jiggety.agent.bench.verdict.World.Detour;
import dev.jiggety.agent.bench.verdict.World.Kind;
import dev.jiggety.agent.bench.verdict.World.Outage;
import dev.jiggety.agent.bench.verdict.World.Trouble;
import dev.jiggety.base.ClockOffset;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.Verdicts;
import dev.jiggety.model.rules.incident.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a node reports of a run in a {@link World}, and when the manager hears of it. A function of
 * the world alone: asked twice it is the same.
 */
final class Reports {
  private static final long ANSWER = 200;
  private static final long TIMEOUT = 10 * SECOND;
  private static final long RETRY = SECOND;

  /** A node learns that its clock was set, or set right, from the hub's next answer. */
  private static final long CLOCK_NOTICED = 30 * SECOND;

  private static final Failure SILENCE = new Failure(ErrorKind.TIMEOUT, null, "no answer in 10s");
  private static final Failure REFUSED = new Failure(ErrorKind.REFUSED, null, "refused");
  private static final Failure BLIP = new Failure(ErrorKind.RESET, null, "connection cut");
  private static final Failure CUT_OFF =
      new Failure(ErrorKind.ISOLATED, null, "this node reaches none of its reference targets");

  private final World world;

  /**
   * A run that the manager hears of.
   *
   * @param heard when, in the world's time
   */
  record Report(Word word, long heard) {}

  /** One measurement. */
  private record Attempt(long start, long end, @Nullable Failure failure) {}

  Reports(World world) {
    this.world = world;
  }

  /** Whether both samples of a run fail by themselves; most worlds are drawn by this alone. */
  boolean failsByItself(int test, int node, long slot) {
    long bits = bits(test, node, slot);
    return Chance.upper(bits) < World.FAILURES && Chance.lower(bits) < World.FAILURES;
  }

  /** Whether the second sample of a run fails by itself, where there is one. */
  boolean retryFailsByItself(int test, int node, long slot) {
    return Chance.lower(bits(test, node, slot)) < World.FAILURES;
  }

  /** The report on a slot; empty when the node did not run. */
  Optional<Report> of(int test, int node, long phase, long slot) {
    long planned = slot * World.INTERVAL + phase;
    long bits = bits(test, node, slot);
    long more = Chance.bits(bits);
    if (trouble(node, Kind.OFF, planned) != null) {
      return Optional.empty();
    }
    long lateness = lateness(node, planned, more);
    long start = planned + lateness;
    Attempt first = attempt(test, node, start, Chance.upper(bits));
    Attempt second =
        first.failure == null ? null : attempt(test, node, first.end + RETRY, Chance.lower(bits));
    Attempt last = second == null ? first : second;
    if (trouble(node, Kind.OFF, last.end) != null) {
      return Optional.empty();
    }
    Word word = word(test, node, planned, lateness, first, second);
    return Optional.of(new Report(word, heard(node, last, Chance.bits(more))));
  }

  private long bits(int test, int node, long slot) {
    return Chance.bits(world.seed(), test, node, slot);
  }

  private @Nullable Trouble trouble(int node, Kind kind, long time) {
    for (Trouble trouble : world.troubles(node)) {
      if (trouble.from() > time) {
        return null;
      }
      if (trouble.kind() == kind && trouble.at(time)) {
        return trouble;
      }
    }
    return null;
  }

  private long lateness(int node, long planned, long more) {
    if (trouble(node, Kind.SLOW, planned) == null) {
      return more & 7;
    }
    double size = Chance.upper(more);
    return Chance.lower(more) < 0.3
        ? (long) (10 * SECOND + size * 50 * SECOND)
        : (long) (SECOND + size * 8 * SECOND);
  }

  private Attempt attempt(int test, int node, long start, double chance) {
    if (trouble(node, Kind.ISOLATED, start) != null) {
      long end = start + TIMEOUT;
      boolean known = trouble(node, Kind.ISOLATED, end) != null; // it asks when it has failed
      return new Attempt(start, end, known ? CUT_OFF : SILENCE);
    }
    for (Outage outage : world.outages(test)) {
      if (start >= outage.from() && start < outage.to()) {
        return outage.slow()
            ? new Attempt(start, start + TIMEOUT, SILENCE)
            : new Attempt(start, start + 5, REFUSED);
      }
    }
    for (Detour detour : world.detours()) {
      if (detour.hits(test, node, start)) {
        return new Attempt(start, start + TIMEOUT, SILENCE);
      }
    }
    return chance < World.FAILURES
        ? new Attempt(start, start + ANSWER, BLIP)
        : new Attempt(start, start + ANSWER, null);
  }

  /** As the node's own clock has it; what the batch says of the clock lags behind. */
  private Word word(
      int test, int node, long planned, long lateness, Attempt first, @Nullable Attempt second) {
    TestDefinition definition = world.test(test);
    Attempt last = second == null ? first : second;
    Trouble now = trouble(node, Kind.CLOCK, last.end);
    long ahead = now == null ? 0 : now.offset();
    Trouble known = trouble(node, Kind.CLOCK, last.end - CLOCK_NOTICED);
    long believed = known == null ? 0 : known.offset();
    List<Sample> samples = List.of(sample(last, ahead));
    Run run =
        new Run(
            definition.id(),
            World.node(node),
            World.at(planned + ahead),
            Duration.ofMillis(lateness),
            samples,
            second == null ? List.of() : List.of(sample(first, ahead)),
            Verdicts.ofRun(samples, definition.degraded()));
    return Word.of(
        "batch:" + World.node(node),
        new ClockOffset(Duration.ofMillis(-believed), Duration.ofMillis(40)),
        run);
  }

  private static Sample sample(Attempt attempt, long ahead) {
    Instant start = World.at(attempt.start + ahead);
    return new Sample(
        start,
        Duration.ofMillis(attempt.end - attempt.start),
        Phases.NONE,
        0,
        0,
        List.of(),
        attempt.failure,
        Duration.ZERO);
  }

  /** The next flush: at once when it failed, else within five seconds; later without the hub. */
  private long heard(int node, Attempt last, long bits) {
    long flush = last.failure != null ? 2 * SECOND : 5 * SECOND;
    long sent = last.end + 200 + (long) (Chance.upper(bits) * flush);
    long connected = connected(node, sent);
    return connected == sent
        ? sent
        : connected + SECOND + (long) (Chance.lower(bits) * 30 * SECOND);
  }

  /** When a node reaches the hub next. */
  long connected(int node, long from) {
    long at = from;
    for (Trouble trouble : world.troubles(node)) { // in the order of their beginnings
      boolean cuts = trouble.kind() != Kind.CLOCK && trouble.kind() != Kind.SLOW;
      if (cuts && trouble.at(at)) {
        at = trouble.to();
      }
    }
    return at;
  }

  /** How far ahead the node's clock is. */
  long ahead(int node, long time) {
    Trouble trouble = trouble(node, Kind.CLOCK, time);
    return trouble == null ? 0 : trouble.offset();
  }

  /** How far ahead the node believes its clock to be. */
  long believedAhead(int node, long time) {
    return ahead(node, time - CLOCK_NOTICED);
  }

  /** The p99 of lateness that it would report. */
  Duration lateness(int node, long time) {
    return trouble(node, Kind.SLOW, time) == null ? Duration.ofMillis(8) : Duration.ofSeconds(55);
  }
}
