package dev.jiggety.agent.report;

import com.samskivert.mustache.Template;
import dev.jiggety.model.rules.report.ErrorBudget;
import dev.jiggety.model.rules.report.Outages;
import dev.jiggety.model.rules.report.SlaReport;
import dev.jiggety.model.rules.report.TimeShare;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A report as one page to read, print and hand on. */
final class SlaHtml {
  private static final Template PAGE = Templates.load("sla.html");

  /** The width of the bar that shows shares of time. */
  private static final int WIDTH = 1000;

  private SlaHtml() {}

  /** All that the page shows. */
  private record Page(
      String pageTitle,
      String policy,
      String style,
      String icon,
      String title,
      String from,
      String to,
      String asOf,
      String asOfIso,
      boolean running,
      boolean targeted,
      @Nullable String target,
      LineView all,
      boolean hasTags,
      List<LineView> tags,
      List<LineView> tests,
      boolean empty) {}

  private record LineView(
      String name,
      String tests,
      String kind,
      String availability,
      String byRuns,
      String coverage,
      String down,
      String p50,
      String p95,
      String p99,
      int outages,
      String outageWord,
      String longest,
      String repair,
      String between,
      @Nullable String budget,
      @Nullable String left,
      @Nullable String state,
      @Nullable String stateWords,
      String shares,
      List<Share> share,
      Bars bars,
      String firstDay,
      String lastDay,
      boolean hasOutages,
      List<OutageView> list) {}

  /** A part of the bar of shares. */
  private record Share(String level, double x, double width) {}

  private record OutageView(String began, String ended, String length) {}

  static String write(SlaReport report, String title) {
    String target =
        report.target() == null ? null : report.target().stripTrailingZeros().toPlainString();
    return PAGE.execute(
        new Page(
            title,
            Html.POLICY,
            Html.STYLE,
            Html.icon(report.missed() ? "down" : "up"),
            title,
            Words.time(report.span().from()),
            Words.time(report.span().to()),
            Words.time(report.asOf()),
            report.asOf().toString(),
            report.asOf().isBefore(report.span().to()),
            target != null,
            target,
            view(report.all()),
            !report.tags().isEmpty(),
            report.tags().stream().map(SlaHtml::view).toList(),
            report.tests().stream().map(SlaHtml::view).toList(),
            report.tests().isEmpty()));
  }

  private static LineView view(SlaReport.Line line) {
    TimeShare time = line.figures().time();
    Outages outages = line.figures().outages();
    ErrorBudget budget = line.budget();
    return new LineView(
        line.name(),
        Words.count(line.members(), "test"),
        line.kind() == null ? "several kinds" : line.kind(),
        Words.percent(time.availability()),
        Words.percent(line.figures().runs().availability()),
        Words.percent(time.coverage()),
        Words.length(time.down()),
        millis(line.quantile(0.5)),
        millis(line.quantile(0.95)),
        millis(line.quantile(0.99)),
        outages.count(),
        outages.count() == 1 ? "outage" : "outages",
        outages.count() == 0 ? Words.NONE : Words.length(outages.longest()),
        outages.meanToRepair().map(Words::length).orElse(Words.NONE),
        outages.meanBetween().map(Words::length).orElse(Words.NONE),
        budget == null ? null : Words.length(budget.allowed()),
        budget == null ? null : Words.length(budget.left()),
        budget == null ? null : budget.state().label(),
        budget == null ? null : stateWords(budget, !time.ahead().isZero()),
        shares(time),
        share(time),
        Bars.of(line.days()),
        line.days().isEmpty() ? "" : line.days().getFirst().day().toString(),
        line.days().isEmpty() ? "" : line.days().getLast().day().toString(),
        !line.outages().isEmpty(),
        line.outages().stream().map(SlaHtml::outage).toList());
  }

  private static String stateWords(ErrorBudget budget, boolean running) {
    return switch (budget.state()) {
      case MET -> running ? "✓ so far" : "✓ kept";
      case MISSED -> "✗ missed";
      case UNKNOWN -> "not known";
    };
  }

  private static OutageView outage(SlaReport.Outage outage) {
    Instant ended = outage.ended();
    return new OutageView(
        Words.time(outage.began()),
        ended == null ? ", lasts" : " to " + Words.time(ended),
        Words.length(outage.inside()));
  }

  private static String shares(TimeShare time) {
    List<String> parts = new ArrayList<>();
    add(parts, "up", time.up());
    add(parts, "slow", time.degraded());
    add(parts, "down", time.down());
    add(parts, "maintenance", time.maintenance());
    add(parts, "no data", time.unknown());
    add(parts, "ahead", time.ahead());
    return String.join(", ", parts);
  }

  private static void add(List<String> parts, String what, Duration length) {
    if (!length.isZero()) {
      parts.add(what + " " + Words.length(length));
    }
  }

  private static List<Share> share(TimeShare time) {
    List<Share> shares = new ArrayList<>();
    double whole = Math.max(1, time.whole().toMillis());
    double x = part(shares, "down", 0, time.down(), whole);
    x = part(shares, "degraded", x, time.degraded(), whole);
    x = part(shares, "up", x, time.up(), whole);
    x = part(shares, "maintenance", x, time.maintenance(), whole);
    x = part(shares, "unknown", x, time.unknown(), whole);
    part(shares, "ahead", x, time.ahead(), whole);
    return shares;
  }

  /** At least a little of each, so that an outage of minutes is seen in a month. */
  private static double part(
      List<Share> shares, String level, double x, Duration length, double whole) {
    if (length.isZero()) {
      return x;
    }
    double width = Math.min(WIDTH - x, Math.max(3, length.toMillis() / whole * WIDTH));
    shares.add(new Share(level, Math.round(x * 100) / 100.0, Math.round(width * 100) / 100.0));
    return x + width;
  }

  private static String millis(Optional<Duration> time) {
    return time.map(Words::millis).orElse(Words.NONE);
  }
}
