package dev.jiggety.desktop.view.results;

import dev.jiggety.desktop.chart.ChartInput;
import dev.jiggety.desktop.chart.ChartInput.Subject;
import dev.jiggety.desktop.chart.LineData;
import dev.jiggety.desktop.chart.Samples;
import dev.jiggety.desktop.chart.Steps;
import dev.jiggety.desktop.chart.Viewport;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Point;
import dev.jiggety.model.Summary;
import dev.jiggety.model.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * What is seen as comma-separated values (RFC 4180): a row for each sample, or for each step of a
 * line of sums. Times are in UTC, durations in milliseconds with a point, whatever the language.
 */
final class Csv {
  private static final String END = "\r\n";

  private Csv() {}

  /** Writes all lines that are shown, in their order. */
  static void write(ChartInput input, Viewport view, Appendable out) throws IOException {
    boolean raw =
        input.subjects().stream()
            .flatMap(subject -> subject.lines().stream())
            .anyMatch(Samples.class::isInstance);
    out.append(raw ? samplesHead() : stepsHead()).append(END);
    for (Subject subject : input.subjects()) {
      for (LineData line : subject.lines()) {
        if (!input.hidden().contains(input.compares() ? subject.name() : line.name())) {
          write(subject, line, view.shifted(-subject.shift()), out, raw);
        }
      }
    }
  }

  private static void write(
      Subject subject, LineData line, Viewport view, Appendable out, boolean raw)
      throws IOException {
    switch (line) {
      case Samples samples -> {
        int end = samples.firstAtOrAfter(view.to());
        for (int i = samples.firstAtOrAfter(view.from()); i < end; i++) {
          sample(subject.name(), line.name(), samples.point(i), out);
        }
      }
      case Steps steps -> {
        if (!raw) { // never two sorts of rows in one file
          int end = steps.firstAtOrAfter(view.to());
          for (int i = steps.firstAtOrAfter(view.from() - steps.length() + 1); i < end; i++) {
            step(subject.name(), line.name(), steps, i, out);
          }
        }
      }
    }
  }

  private static String samplesHead() {
    StringBuilder head =
        new StringBuilder("subject,line,planned,started,verdict,status,error,total_ms");
    for (Phase phase : Phase.values()) {
      head.append(',').append(phase.label()).append("_ms");
    }
    return head.toString();
  }

  private static void sample(String subject, String line, Point point, Appendable out)
      throws IOException {
    out.append(quoted(subject)).append(',').append(quoted(line)).append(',');
    out.append(point.plannedAt().toString()).append(',');
    out.append(point.startedAt().toString()).append(',').append(point.verdict().label());
    out.append(',').append(point.status() == 0 ? "" : Integer.toString(point.status()));
    out.append(',').append(point.error() == null ? "" : point.error().label());
    out.append(',').append(millis(point.total()));
    for (Phase phase : Phase.values()) {
      long nanos = point.phases().nanos(phase);
      out.append(',').append(nanos == Phases.ABSENT ? "" : millis(Duration.ofNanos(nanos)));
    }
    out.append(END);
  }

  private static String stepsHead() {
    return "subject,line,from,to,runs,up,degraded,down,unknown,missed,failed_samples,"
        + "min_ms,p50_ms,p95_ms,p99_ms,max_ms,mean_ms";
  }

  private static void step(String subject, String line, Steps steps, int index, Appendable out)
      throws IOException {
    Summary summary = steps.summary(index);
    out.append(quoted(subject)).append(',').append(quoted(line)).append(',');
    out.append(Instant.ofEpochMilli(steps.time(index)).toString()).append(',');
    out.append(Instant.ofEpochMilli(steps.time(index) + steps.length()).toString());
    out.append(',').append(Long.toString(summary.count()));
    for (Verdict verdict : Verdict.values()) {
      out.append(',').append(Long.toString(summary.runs().getOrDefault(verdict, 0L)));
    }
    out.append(',').append(Long.toString(summary.missed()));
    long failed = summary.errors().values().stream().mapToLong(Long::longValue).sum();
    out.append(',').append(Long.toString(failed));
    boolean none = summary.total().counts().isEmpty();
    out.append(',').append(none ? "" : millis(summary.shortest()));
    for (double share : new double[] {0.5, 0.95, 0.99}) {
      out.append(',').append(summary.total().quantile(share).map(Csv::millis).orElse(""));
    }
    out.append(',').append(none ? "" : millis(summary.longest()));
    out.append(',').append(none ? "" : millis(summary.mean())).append(END);
  }

  private static String millis(Duration time) {
    return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e6);
  }

  /** Spreadsheets run what begins with one of these as a formula. */
  private static String quoted(String text) {
    String safe = !text.isEmpty() && "=+-@".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return safe.matches("[^\",\r\n]*") ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
  }
}
