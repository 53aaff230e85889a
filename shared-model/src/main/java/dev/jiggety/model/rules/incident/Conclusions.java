package dev.jiggety.model.rules.incident;

import dev.jiggety.base.Durations;
import dev.jiggety.model.Incident.Kind;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.Freshness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** From what the words say to episodes: what is left out, and what nobody is told. */
final class Conclusions {
  private static final Duration SHORTEST_GRACE = Duration.ofMinutes(1);
  private static final Duration LONGEST_GRACE = Duration.ofHours(1);

  private Conclusions() {}

  /**
   * How long nobody may be able to tell how a test is before data are missing, in milliseconds: one
   * interval, a minute to an hour.
   */
  static long grace(TestDefinition test, long at) {
    Duration interval = Freshness.interval(test, Instant.ofEpochMilli(at));
    return Math.clamp(interval.toMillis(), SHORTEST_GRACE.toMillis(), LONGEST_GRACE.toMillis());
  }

  static List<Episode> of(TestDefinition test, Fold fold, Surroundings around, Instant now) {
    List<Episode> episodes = new ArrayList<>();
    boolean isExpected = test.active() && !around.nodes().isEmpty();
    for (Fold.Span span : fold.spans(now.toEpochMilli())) {
      if (span.kind() != Kind.NO_DATA || isExpected) {
        episodes.add(episode(test, span));
      }
    }
    episodes.addAll(certificates(test, fold.certificates().steps(), around, now));
    return episodes.stream()
        .map(episode -> episode.withSuppressed(Suppressions.of(test, episode, around, now)))
        .sorted(Comparator.comparing(Episode::began).thenComparing(Episode::kind))
        .toList();
  }

  private static Episode episode(TestDefinition test, Fold.Span span) {
    return new Episode(
        span.kind(),
        test.id(),
        Instant.ofEpochMilli(span.began()),
        Instant.ofEpochMilli(span.confirmed()),
        span.lasts() ? null : Instant.ofEpochMilli(span.ended()),
        span.text(),
        span.witnesses(),
        span.latest(),
        null);
  }

  private static List<Episode> certificates(
      TestDefinition test, List<Certificates.Step> steps, Surroundings around, Instant now) {
    List<Episode> episodes = new ArrayList<>();
    List<Integer> days = around.settings().certificateDays();
    int first = days.stream().mapToInt(Integer::intValue).max().orElse(0);
    for (int i = 0; i < steps.size() && first > 0; i++) {
      Certificates.Step step = steps.get(i);
      Instant until = i + 1 < steps.size() ? Instant.ofEpochMilli(steps.get(i + 1).from()) : null;
      if (step.ends() != Said.NEVER) {
        Instant ends = Instant.ofEpochMilli(step.ends());
        Instant warned = ends.minus(Duration.ofDays(first));
        Instant seen = Instant.ofEpochMilli(step.from());
        Instant began = warned.isAfter(seen) ? warned : seen;
        if (!began.isAfter(now) && (until == null || began.isBefore(until))) {
          episodes.add(
              new Episode(
                  Kind.CERTIFICATE,
                  test.id(),
                  began,
                  began,
                  until,
                  text(test, ends, days, until == null ? now : until),
                  List.of(),
                  List.of(),
                  null));
        }
      }
    }
    return episodes;
  }

  /** Changes only where one more of the days that people want to be told is reached. */
  private static String text(TestDefinition test, Instant ends, List<Integer> days, Instant at) {
    Duration left = Duration.between(at, ends);
    if (left.isNegative()) {
      return "the certificate of " + test.name() + " has ended at " + ends;
    }
    int within =
        days.stream()
            .mapToInt(Integer::intValue)
            .filter(day -> left.compareTo(Duration.ofDays(day)) <= 0)
            .min()
            .orElse(0);
    return "the certificate of "
        + test.name()
        + " ends within "
        + Durations.format(Duration.ofDays(within))
        + ", at "
        + ends;
  }
}
