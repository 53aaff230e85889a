package dev.jiggety.agent.result.pack;

import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Point;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What stays of a run, as a short text while it waits: the verdict, then for each sample start
 * after the planned time (ms), whole time (ns), status, kind of failure, phases (ns).
 */
final class RunText {
  private RunText() {}

  static String write(Run run) {
    StringBuilder text = new StringBuilder(run.verdict().label());
    for (Sample sample : run.samples()) {
      Failure failure = sample.failure();
      text.append(';')
          .append(sample.startedAt().toEpochMilli() - run.plannedAt().toEpochMilli())
          .append(',')
          .append(sample.total().toNanos())
          .append(',')
          .append(sample.status())
          .append(',')
          .append(failure == null ? "" : failure.kind().label());
      for (Phase phase : Phase.values()) {
        text.append(',').append(sample.phases().nanos(phase));
      }
    }
    return text.toString();
  }

  static List<Point> read(Instant planned, String text) {
    String[] parts = text.split(";", -1);
    Verdict verdict = Verdict.valueOf(parts[0].toUpperCase(Locale.ROOT));
    List<Point> points = new ArrayList<>(parts.length - 1);
    for (int i = 1; i < parts.length; i++) {
      String[] values = parts[i].split(",", -1);
      long[] phases = new long[Phase.values().length];
      for (int phase = 0; phase < phases.length; phase++) {
        phases[phase] = Long.parseLong(values[4 + phase]);
      }
      points.add(
          new Point(
              planned,
              planned.plusMillis(Long.parseLong(values[0])),
              Duration.ofNanos(Long.parseLong(values[1])),
              Phases.ofNanos(phases),
              Integer.parseInt(values[2]),
              verdict,
              values[3].isEmpty() ? null : ErrorKind.valueOf(values[3].toUpperCase(Locale.ROOT))));
    }
    return points;
  }
}
