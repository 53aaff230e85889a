package dev.jiggety.model.rules.incident;

import dev.jiggety.base.ClockOffset;
import dev.jiggety.model.Batch;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.rules.Hiccups;
import dev.jiggety.model.rules.Verdicts;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one run said, as the judge needs it. Times are the hub's: where the node's clock is known to
 * be off they were put right.
 *
 * @param test the test's id
 * @param node the node's name
 * @param planned when the schedule wanted it, by the node's own clock: with test and node it is the
 *     run's identity
 * @param start when it began
 * @param end when it ended, with all retries; from then on it counts. Never before {@code start}
 * @param verdict what it says; unknown where it is in {@code doubt}
 * @param failure the first failure that counts; null for none
 * @param doubt why the node is not believed; null where it is
 * @param totals whole times of the samples that passed and that the node's own standstill did not
 *     distort
 * @param certificateEnds when the first certificate that it saw ends, where that is soon; null
 *     where it is not soon, or it saw none
 * @param batch the id of the document that holds the run with all its evidence
 */
public record Word(
    String test,
    String node,
    Instant planned,
    Instant start,
    Instant end,
    Verdict verdict,
    @Nullable Failure failure,
    @Nullable Doubt doubt,
    List<Duration> totals,
    @Nullable Instant certificateEnds,
    String batch) {

  /** A run that begins later than that after its planned time tells of an overloaded node. */
  public static final Duration LATE = Duration.ofSeconds(10);

  /** A clock that is surely further off than that makes certificates and time-outs a lottery. */
  public static final Duration CLOCK_OFF = Duration.ofSeconds(5);

  /** No run is longer: what seems to be was made by a clock that was set meanwhile. */
  private static final Duration LONGEST = Duration.ofHours(1);

  public Word {
    totals = List.copyOf(totals);
  }

  /** Why a node is not believed. */
  public enum Doubt {
    /** It began too late: the node is overloaded, or was asleep. */
    LATE,
    /** The node's clock is off. */
    CLOCK,
    /** It reached none of its reference targets. */
    ISOLATED,
    /** It had trouble of its own: a bug, no memory, no socket, a secret that is missing. */
    OWN;

    /** The lower-case name that texts use. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The words of all runs of a batch.
   *
   * @param id of the batch's document
   */
  public static List<Word> of(String id, Batch batch) {
    return batch.runs().stream().map(run -> of(id, batch.clock(), run)).toList();
  }

  /**
   * The word of a run.
   *
   * @param id of the document of its batch
   * @param clock what its batch says of the node's clock
   */
  public static Word of(String id, @Nullable ClockOffset clock, Run run) {
    Duration off = surelyOff(clock);
    Duration toHub = clock == null || off.isZero() ? Duration.ZERO : clock.offset();
    Instant start = run.startedAt().plus(toHub);
    Failure failure = failure(run);
    Doubt doubt = doubt(run, off, failure);
    return new Word(
        run.testId(),
        run.node(),
        run.plannedAt(),
        start,
        end(run, start, toHub),
        doubt == null ? run.verdict() : Verdict.UNKNOWN,
        failure,
        doubt,
        Hiccups.leaveOut(run.samples()).stream().filter(Sample::passed).map(Sample::total).toList(),
        run.samples().stream()
            .map(sample -> sample.findings().certificateEnds())
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder())
            .orElse(null),
        id);
  }

  /** How far a clock is surely off; zero where it may be right. */
  public static Duration surelyOff(@Nullable ClockOffset clock) {
    if (clock == null) {
      return Duration.ZERO;
    }
    Duration sure = clock.offset().abs().minus(clock.within());
    return sure.isNegative() ? Duration.ZERO : sure;
  }

  private static Instant end(Run run, Instant start, Duration toHub) {
    Instant last =
        Stream.concat(run.retried().stream(), run.samples().stream())
            .map(sample -> sample.startedAt().plus(sample.total()).plus(toHub))
            .max(Comparator.naturalOrder())
            .orElse(start);
    boolean possible = !last.isBefore(start) && !last.isAfter(start.plus(LONGEST));
    return possible ? last : start;
  }

  /** The site's before the node's own. */
  private static @Nullable Failure failure(Run run) {
    return run.samples().stream()
        .filter(sample -> !sample.passed())
        .max(Comparator.comparing(Verdicts::blamesSite)) // of equals the first
        .map(Sample::failure)
        .orElse(null);
  }

  private static @Nullable Doubt doubt(Run run, Duration off, @Nullable Failure failure) {
    if (off.compareTo(CLOCK_OFF) > 0) {
      return Doubt.CLOCK;
    }
    if (run.lateness().compareTo(LATE) > 0) {
      return Doubt.LATE;
    }
    if (run.verdict() != Verdict.UNKNOWN) {
      return null;
    }
    return failure != null && failure.kind() == ErrorKind.ISOLATED ? Doubt.ISOLATED : Doubt.OWN;
  }
}
