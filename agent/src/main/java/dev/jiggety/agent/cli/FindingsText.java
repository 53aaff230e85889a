package dev.jiggety.agent.cli;

import dev.jiggety.model.Evidence;
import dev.jiggety.model.Findings;
import dev.jiggety.model.PageLoad;
import dev.jiggety.model.Sample;
import dev.jiggety.model.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Steps, page and evidence of a sample as lines for a terminal of a certain width. */
final class FindingsText {
  /** Where nothing says how wide the terminal is. */
  static final int USUAL_WIDTH = 80;

  private static final int BODY_LINES = 12;
  private static final int TIME = 10;

  private final int width;
  private final int text;
  private final int bar;
  private final List<String> lines = new ArrayList<>();

  private FindingsText(int width) {
    this.width = Math.clamp(width, 60, 200);
    this.bar = this.width / 4;
    this.text = this.width - bar - TIME - 14;
  }

  /** By the variable that shells set. */
  static int terminalWidth(Map<String, String> environment) {
    String columns = environment.getOrDefault("COLUMNS", "");
    return columns.matches("\\d{1,4}") ? Integer.parseInt(columns) : USUAL_WIDTH;
  }

  /** All there is to tell beyond the phases; no lines where there is nothing. */
  static List<String> of(Sample sample, int width) {
    FindingsText it = new FindingsText(width);
    Findings findings = sample.findings();
    it.steps(findings.steps(), sample.total());
    if (findings.page() != null) {
      it.page(findings.page());
    }
    if (findings.evidence() != null) {
      it.evidence(findings.evidence());
    }
    return it.lines;
  }

  private void steps(List<Step> steps, Duration total) {
    if (steps.isEmpty()) {
      return;
    }
    add("  steps");
    for (Step step : steps) {
      String number = step.line() == 0 ? "" : "" + step.line();
      row(number, step.name(), step.offset(), step.total(), total);
      if (!step.output().isEmpty()) {
        step.output().lines().forEach(line -> add("          " + line));
      }
      if (step.failure() != null) {
        wrapped("        ✗ " + step.failure().kind().label() + ": " + step.failure().text());
      }
    }
  }

  /** A name, a time, and a bar to scale. */
  private void row(String number, String name, Duration start, Duration took, Duration total) {
    long whole = Math.max(1, total.toNanos());
    int from = (int) Math.clamp(start.toNanos() * bar / whole, 0, bar - 1);
    int length = (int) Math.clamp(took.toNanos() * bar / whole, 1, bar - from);
    add(
        String.format(
            Locale.ROOT,
            "    %4s  %-" + text + "s %" + TIME + "s  %s",
            number,
            cut(name, text),
            Times.millis(took),
            " ".repeat(from) + "█".repeat(length)));
  }

  private void page(PageLoad page) {
    wrapped(
        "  page, loaded by "
            + page.engine()
            + ": "
            + count(page.requests(), "request")
            + ", "
            + bytes(page.bytes())
            + ", "
            + count(page.consoleErrors(), "console error")
            + ", "
            + count(page.networkErrors(), "network error"));
    page.milestones().entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .forEach(one ->
            add(
                String.format(
                    Locale.ROOT, "    %-26s %10s", one.getKey(), Times.millis(one.getValue()))));
    Duration end =
        page.resources().stream()
            .map(resource -> resource.start().plus(resource.duration()))
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    for (PageLoad.Resource resource : page.resources()) {
      String status =
          resource.failed() ? "✗" : resource.status() == 0 ? "" : "" + resource.status();
      row(status, resource.url(), resource.start(), resource.duration(), end);
    }
    page.messages().forEach(message -> wrapped("    ! " + message));
  }

  private void evidence(Evidence evidence) {
    String status = evidence.status() == 0 ? "" : "  →  " + evidence.status();
    add(
        cut(
            "  evidence: " + (evidence.url().isEmpty() ? "no page" : evidence.url()) + status,
            width));
    evidence.headers().forEach(header -> add("    " + header.name() + ": " + header.value()));
    List<String> body = evidence.body().lines().filter(line -> !line.isBlank()).toList();
    body.stream().limit(BODY_LINES).forEach(line -> add("    │ " + line));
    if (body.size() > BODY_LINES) {
      add("    │ … " + (body.size() - BODY_LINES) + " more lines");
    }
    evidence.forms().forEach(form -> add("    form  " + form));
    evidence.links().forEach(link -> add("    link  " + link));
    if (evidence.picture() != null) {
      add(
          "    picture: "
              + evidence.picture().mediaType()
              + ", "
              + bytes(evidence.picture().bytes()));
    }
    evidence.leftOut().forEach(what -> add("    left out: " + what));
  }

  private void add(String line) {
    lines.add(cut(line.stripTrailing(), width));
  }

  /** A long line goes on below, indented like its beginning. */
  private void wrapped(String line) {
    int indent = line.length() - line.stripLeading().length() + 2;
    String rest = line.strip();
    String prefix = " ".repeat(indent - 2);
    while (!rest.isEmpty()) {
      int room = width - prefix.length();
      int end = rest.length() <= room ? rest.length() : rest.lastIndexOf(' ', room);
      end = end <= 0 ? Math.min(room, rest.length()) : end;
      lines.add(prefix + rest.substring(0, end));
      rest = rest.substring(end).strip();
      prefix = " ".repeat(indent);
    }
  }

  private static String cut(String text, int most) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= most ? line : line.substring(0, most - 1) + "…";
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private static String bytes(long bytes) {
    if (bytes < 1_000) {
      return bytes + " B";
    }
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.1f KB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
