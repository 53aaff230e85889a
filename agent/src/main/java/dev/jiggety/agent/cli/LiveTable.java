package dev.jiggety.agent.cli;

import dev.jiggety.model.Verdict;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An {@link Overview} while it changes: on a terminal the whole table, drawn over the last one,
 * with the last patches below; elsewhere, where nothing can be drawn over, one line for each change
 * of a verdict and for each patch at its end. Not thread-safe.
 */
final class LiveTable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

  private final Ansi ansi;
  private final Map<String, Verdict> told = new HashMap<>();

  LiveTable(Ansi ansi) {
    this.ansi = ansi;
  }

  /**
   * What to print now.
   *
   * @param patches the last patches, a line each
   * @param news a line for each patch that came to its end since the last time
   */
  List<String> update(Overview overview, List<String> patches, List<String> news, Instant now) {
    if (ansi.enabled()) {
      List<String> lines = new ArrayList<>(new OverviewText(ansi).lines(overview, now));
      lines.addFirst(
          ansi.home() + ansi.bold("Jiggety") + "  " + TIME.format(now) + "  (Ctrl-C ends)");
      if (!patches.isEmpty()) {
        lines.add("");
        lines.addAll(patches);
      }
      return lines;
    }
    List<String> lines = new ArrayList<>();
    news.forEach(line -> lines.add(TIME.format(now) + "  " + line));
    for (Overview.Row row : overview.rows(now)) {
      Verdict before = told.put(row.test().id(), row.verdict());
      if (row.verdict() != before && !(before == null && row.verdict() == Verdict.UNKNOWN)) {
        lines.add(TIME.format(now) + "  " + ansi.verdict(row.verdict()) + "  " + row.test().name());
      }
    }
    return lines;
  }
}
