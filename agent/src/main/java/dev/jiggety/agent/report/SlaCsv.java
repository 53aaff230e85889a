package dev.jiggety.agent.report;

import dev.jiggety.model.rules.report.ErrorBudget;
import dev.jiggety.model.rules.report.Outages;
import dev.jiggety.model.rules.report.RunShare;
import dev.jiggety.model.rules.report.SlaReport;
import dev.jiggety.model.rules.report.TimeShare;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A report as a table for other programs (RFC 4180, UTF-8): one row for each test, each tag and all
 * together. Times are seconds or milliseconds, shares are percent. Texts that a spreadsheet would
 * take for a formula are led by an apostrophe.
 */
final class SlaCsv {
  private static final String FORMULA = "=+-@\t\r";
  private static final String END = "\r\n";

  private static final List<String> HEADER =
      List.of(
          "from",
          "to",
          "scope",
          "id",
          "name",
          "kind",
          "tests",
          "availability_percent",
          "availability_by_runs_percent",
          "coverage_percent",
          "up_s",
          "degraded_s",
          "down_s",
          "maintenance_s",
          "unknown_s",
          "ahead_s",
          "runs_up",
          "runs_degraded",
          "runs_down",
          "runs_unknown",
          "p50_ms",
          "p95_ms",
          "p99_ms",
          "outages",
          "outages_open",
          "longest_outage_s",
          "mttr_s",
          "mtbf_s",
          "target_percent",
          "budget_s",
          "budget_left_s",
          "target_state");

  private SlaCsv() {}

  static String write(SlaReport report) {
    StringBuilder csv = new StringBuilder(String.join(",", HEADER)).append(END);
    report.tests().forEach(line -> row(csv, report, "test", line));
    report.tags().forEach(line -> row(csv, report, "tag", line));
    row(csv, report, "all", report.all());
    return csv.toString();
  }

  private static void row(StringBuilder csv, SlaReport report, String scope, SlaReport.Line line) {
    List<String> cells = new ArrayList<>();
    cells.add(report.span().from().toString());
    cells.add(report.span().to().toString());
    cells.add(scope);
    cells.add(text(line.id()));
    cells.add(text(line.name()));
    cells.add(line.kind() == null ? "" : text(line.kind()));
    cells.add(Integer.toString(line.members()));
    time(cells, line);
    runs(cells, line.figures().runs());
    cells.add(millis(line.quantile(0.5)));
    cells.add(millis(line.quantile(0.95)));
    cells.add(millis(line.quantile(0.99)));
    outages(cells, line.figures().outages());
    budget(cells, line.budget());
    csv.append(String.join(",", cells)).append(END);
  }

  private static void time(List<String> cells, SlaReport.Line line) {
    TimeShare time = line.figures().time();
    cells.add(percent(time.availability()));
    cells.add(percent(line.figures().runs().availability()));
    cells.add(percent(time.coverage()));
    cells.add(seconds(time.up()));
    cells.add(seconds(time.degraded()));
    cells.add(seconds(time.down()));
    cells.add(seconds(time.maintenance()));
    cells.add(seconds(time.unknown()));
    cells.add(seconds(time.ahead()));
  }

  private static void runs(List<String> cells, RunShare runs) {
    cells.add(Long.toString(runs.up()));
    cells.add(Long.toString(runs.degraded()));
    cells.add(Long.toString(runs.down()));
    cells.add(Long.toString(runs.unknown()));
  }

  private static void outages(List<String> cells, Outages outages) {
    cells.add(Integer.toString(outages.count()));
    cells.add(Integer.toString(outages.open()));
    cells.add(seconds(outages.longest()));
    cells.add(outages.meanToRepair().map(SlaCsv::seconds).orElse(""));
    cells.add(outages.meanBetween().map(SlaCsv::seconds).orElse(""));
  }

  private static void budget(
      List<String> cells, @org.jspecify.annotations.Nullable ErrorBudget budget) {
    if (budget == null) {
      cells.addAll(List.of("", "", "", ""));
      return;
    }
    cells.add(budget.target().toPlainString());
    cells.add(seconds(budget.allowed()));
    cells.add(seconds(budget.left()));
    cells.add(budget.state().label());
  }

  /** Cut, not rounded, so that 100 is said of nothing less. */
  static String percent(OptionalDouble share) {
    return share.isEmpty()
        ? ""
        : BigDecimal.valueOf(share.getAsDouble())
            .movePointRight(2)
            .setScale(4, RoundingMode.DOWN)
            .toPlainString();
  }

  private static String seconds(Duration length) {
    return decimal(BigDecimal.valueOf(length.toMillis(), 3));
  }

  private static String millis(Optional<Duration> time) {
    return time.map(
            value -> BigDecimal.valueOf(value.toNanos(), 6).setScale(3, RoundingMode.HALF_UP))
        .map(SlaCsv::decimal)
        .orElse("");
  }

  private static String decimal(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  /** A text as a cell. */
  static String text(String text) {
    boolean formula =
        !text.isEmpty()
            && FORMULA.indexOf(
                    text.stripLeading().isEmpty() ? text.charAt(0) : text.stripLeading().charAt(0))
                >= 0;
    String safe = formula ? "'" + text : text;
    boolean quoted =
        safe.chars().anyMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n')
            || !safe.equals(safe.strip());
    return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
