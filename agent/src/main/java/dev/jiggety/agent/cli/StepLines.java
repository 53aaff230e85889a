package dev.jiggety.agent.cli;

import dev.jiggety.model.Evidence;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Sample;
import dev.jiggety.model.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Draws the steps of a sample on one time axis, and shows what was there when it failed. */
final class StepLines {
  private static final int WIDTH = 30;
  private static final int LONGEST_NAME = 36;
  private static final int MOST_BODY_LINES = 12;
  private static final int LONGEST_BODY_LINE = 120;

  private StepLines() {}

  /** A line for each step, what it wrote below it, and the sum. */
  static List<String> of(Sample sample) {
    List<String> lines = new ArrayList<>();
    long total = Math.max(1, sample.total().toNanos());
    for (Step step : sample.findings().steps()) {
      lines.add(row(step, total));
      step.output().lines().forEach(line -> lines.add("      | " + line));
    }
    lines.add(
        "    total "
            + Times.millis(sample.total())
            + ", of it requests "
            + Times.millis(sample.phases().sum())
            + phases(sample.phases()));
    return lines;
  }

  /** Where it stood, and what stood there; nothing where there is no evidence. */
  static List<String> evidence(Sample sample) {
    Evidence evidence = sample.findings().evidence();
    if (evidence == null || evidence.url().isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("    at " + evidence.url() + "  →  " + evidence.status());
    evidence.headers().forEach(h -> lines.add("    header  " + h.name() + ": " + h.value()));
    evidence.forms().forEach(form -> lines.add("    form    " + form));
    evidence.links().forEach(link -> lines.add("    link    " + link));
    List<String> body = evidence.body().lines().filter(line -> !line.isBlank()).toList();
    body.stream()
        .limit(MOST_BODY_LINES)
        .forEach(line -> lines.add("    | " + cut(line, LONGEST_BODY_LINE)));
    if (body.size() > MOST_BODY_LINES) {
      lines.add("    | … " + (body.size() - MOST_BODY_LINES) + " lines more");
    }
    return lines;
  }

  private static String row(Step step, long total) {
    int from = (int) Math.min(WIDTH - 1, step.offset().toNanos() * WIDTH / total);
    int length = (int) Math.max(1, step.total().toNanos() * WIDTH / total);
    String bar = " ".repeat(from) + "█".repeat(Math.min(length, WIDTH - from));
    return String.format(
            Locale.ROOT,
            "  %s %3s  %-" + LONGEST_NAME + "s %10s  %-" + WIDTH + "s%s",
            step.failure() == null ? " " : "✗",
            step.line() == 0 ? "" : String.valueOf(step.line()),
            cut(step.name(), LONGEST_NAME),
            Times.millis(step.total()),
            bar,
            phases(step.phases()))
        .stripTrailing();
  }

  private static String phases(Phases phases) {
    String each =
        phases.happened().entrySet().stream()
            .filter(phase -> phase.getValue().compareTo(Duration.ofNanos(50_000)) >= 0)
            .map(phase -> phase.getKey().label() + " " + Times.millis(phase.getValue()))
            .collect(Collectors.joining(", "));
    return each.isEmpty() ? "" : "  (" + each + ")";
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }
}
