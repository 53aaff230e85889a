package dev.jiggety.desktop.feed;

import dev.jiggety.model.Failure;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.rules.Hiccups;
import dev.jiggety.model.rules.Statistics;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the screens keep of a run: small, so that a day of them fits into memory.
 *
 * @param plannedAt with test and node the identity of the run
 * @param startedAt when it truly began
 * @param total the median of its samples, without those during which the node stood still
 * @param phases those of the sample that is nearest to the median
 * @param status the HTTP status of that sample, 0 for none
 * @param failure of the first sample that failed; null when none did
 * @param samples how many measurements count
 * @param distorted whether the node itself stood still during all of them: its times say nothing
 *     about the site, and no statistics count them
 */
public record RunPoint(
    Instant plannedAt,
    Instant startedAt,
    Duration total,
    Phases phases,
    int status,
    Verdict verdict,
    @Nullable Failure failure,
    int samples,
    boolean distorted) {

  /** The point of a run. A run without samples has a total of zero. */
  public static RunPoint of(Run run) {
    Instant started = run.startedAt();
    if (run.samples().isEmpty()) {
      return new RunPoint(
          run.plannedAt(), started, Duration.ZERO, Phases.NONE, 0, run.verdict(), null, 0, false);
    }
    List<Sample> sound = Hiccups.leaveOut(run.samples());
    Duration median = Statistics.of(sound.stream().map(Sample::total).toList()).median();
    Sample failed =
        run.samples().stream().filter(sample -> !sample.passed()).findFirst().orElse(null);
    Sample shown =
        failed != null
            ? failed
            : sound.stream()
                .min(Comparator.comparing(sample -> sample.total().minus(median).abs()))
                .orElseThrow();
    return new RunPoint(
        run.plannedAt(),
        started,
        failed != null ? failed.total() : median,
        shown.phases(),
        shown.status(),
        run.verdict(),
        failed == null ? null : failed.failure(),
        run.samples().size(),
        run.samples().stream().allMatch(Hiccups::distort));
  }

  /** Whether it counts against the site or could not be told: it gets a mark in charts. */
  public boolean failed() {
    return failure != null || verdict == Verdict.DOWN;
  }
}
