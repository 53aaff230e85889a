package dev.jiggety.desktop.view.results;

import dev.jiggety.desktop.chart.LineData;
import dev.jiggety.desktop.chart.Samples;
import dev.jiggety.desktop.chart.Steps;
import dev.jiggety.desktop.chart.Viewport;
import dev.jiggety.model.Summary;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.rules.Sums;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/** The figures of what charts show: of every sample in view, and of every step that is partly. */
public record SpanFigures(Summary summary) {
  /** Of nothing. */
  public static final SpanFigures NONE = new SpanFigures(Summary.NONE);

  /** Works them out; takes time in proportion to what is in view, so not on the FX thread. */
  static SpanFigures of(List<LineData> lines, Viewport view) {
    Sums sums = new Sums(false);
    for (LineData line : lines) {
      switch (line) {
        case Samples samples -> {
          int end = samples.firstAtOrAfter(view.to());
          int first = samples.firstAtOrAfter(view.from());
          for (int i = first; i < end; i++) {
            sums.add(samples.point(i), i == first || samples.planned(i) != samples.planned(i - 1));
          }
        }
        case Steps steps -> {
          int end = steps.firstAtOrAfter(view.to());
          for (int i = steps.firstAtOrAfter(view.from() - steps.length() + 1); i < end; i++) {
            sums.add(steps.summary(i));
          }
        }
      }
    }
    return new SpanFigures(sums.summary());
  }

  /** Runs in view. */
  public long runs() {
    return summary.count();
  }

  /** How many of them were down. */
  public long down() {
    return summary.runs().getOrDefault(Verdict.DOWN, 0L);
  }

  /** Samples that failed. */
  public long failures() {
    return summary.errors().values().stream().mapToLong(Long::longValue).sum();
  }

  /** The share of the runs that could tell which said up or degraded; empty without any. */
  public OptionalDouble availability() {
    long good =
        summary.runs().getOrDefault(Verdict.UP, 0L)
            + summary.runs().getOrDefault(Verdict.DEGRADED, 0L);
    long told = good + down();
    return told == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) good / told);
  }

  /** Whether nothing passed. */
  public boolean isEmpty() {
    return summary.total().counts().isEmpty();
  }

  /** The time that a share of the samples does not exceed; zero without any. */
  public Duration quantile(double share) {
    return summary.total().quantile(share).orElse(Duration.ZERO);
  }
}
