package dev.jiggety.agent.cli;

import dev.jiggety.model.Failure;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.rules.Hiccups;
import dev.jiggety.model.rules.Presence;
import dev.jiggety.model.rules.Statistics;
import dev.jiggety.repository.HubFeed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** An {@link Overview} as tables for a terminal. */
final class OverviewText {
  private final Ansi ansi;

  OverviewText(Ansi ansi) {
    this.ansi = ansi;
  }

  /** Tests, then nodes, then the state of the connection when it is not what it should be. */
  List<String> lines(Overview overview, Instant now) {
    List<String> lines = new ArrayList<>(tests(overview, now));
    lines.add("");
    lines.addAll(nodes(overview.nodes(), now));
    if (overview.connection() instanceof HubFeed.Connection.Away away) {
      lines.add("");
      lines.add(ansi.red("hub away: " + away.reason()));
    }
    return lines;
  }

  private List<String> tests(Overview overview, Instant now) {
    TextTable table = new TextTable("VERDICT", "TEST", "NODES", "MEDIAN", "LAST", "WHY");
    for (Overview.Row row : overview.rows(now)) {
      Collection<Run> runs = row.runs().values();
      table.row(
          row.test().active() ? ansi.verdict(row.verdict()) : ansi.dim("· off"),
          row.test().id(),
          runs.stream().map(run -> sign(run.verdict())).collect(Collectors.joining(" ")),
          median(runs),
          runs.stream()
              .map(Run::startedAt)
              .max(Instant::compareTo)
              .map(at -> Times.ago(at, now))
              .orElse("never"),
          why(runs));
    }
    return table.lines();
  }

  private List<String> nodes(List<NodeStatus> nodes, Instant now) {
    TextTable table =
        new TextTable(
            "NODE",
            "SEEN",
            "TESTS",
            "BACKLOG",
            "OLDEST",
            "LATENESS P99",
            "CLOCK",
            "DISK",
            "REFUSED");
    for (NodeStatus node : nodes) {
      String seen = Times.ago(node.heartbeatAt(), now);
      table.row(
          node.name(),
          Presence.isSilent(node.heartbeatAt(), now) ? ansi.red(seen + " (stale)") : seen,
          String.valueOf(node.tests()),
          String.valueOf(node.backlog()),
          node.oldestUnsent() == null ? "-" : Times.ago(node.oldestUnsent(), now),
          node.lateness() == null ? "-" : Times.millis(node.lateness()),
          clock(node),
          node.vitals() == null ? "-" : HealthText.disk(node.vitals(), ansi),
          String.valueOf(node.quarantined()));
    }
    return table.lines();
  }

  private String sign(Verdict verdict) {
    String text = ansi.verdict(verdict);
    return ansi.enabled() ? text.replaceFirst(" [a-z]+", "") : text.substring(0, 1);
  }

  /** By HTTP dates, so it is known to the second at best. */
  private static String clock(NodeStatus node) {
    Duration offset = node.clockOffset();
    if (offset == null) {
      return "-";
    }
    return offset.abs().toSeconds() < 2 ? "agrees" : offset.toSeconds() + " s";
  }

  private static String median(Collection<Run> runs) {
    List<Duration> times =
        runs.stream()
            .flatMap(run -> run.samples().stream())
            .filter(sample -> sample.passed() && !Hiccups.distort(sample))
            .map(Sample::total)
            .toList();
    return times.isEmpty() ? "-" : Times.millis(Statistics.of(times).median());
  }

  private static String why(Collection<Run> runs) {
    return runs.stream()
        .filter(run -> run.verdict() != Verdict.UP)
        .flatMap(run -> run.samples().stream())
        .map(Sample::failure)
        .filter(Objects::nonNull)
        .map(Failure::text)
        .findFirst()
        .orElse("");
  }
}
