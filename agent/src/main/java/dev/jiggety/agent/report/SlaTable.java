package dev.jiggety.agent.report;

import dev.jiggety.model.rules.report.Outages;
import dev.jiggety.model.rules.report.SlaReport;
import java.util.ArrayList;
import java.util.List;

/** A report as a table for a terminal. */
final class SlaTable {
  private SlaTable() {}

  static List<List<String>> rows(SlaReport report) {
    List<List<String>> rows = new ArrayList<>();
    List<String> header =
        new ArrayList<>(
            List.of(
                "TEST", "AVAILABLE", "BY RUNS", "DOWN", "OUTAGES", "MTTR", "P50", "P95", "P99"));
    if (report.target() != null) {
      header.add("BUDGET LEFT");
      header.add("TARGET");
    }
    rows.add(header);
    report.tests().forEach(line -> rows.add(row(line.id(), line)));
    report.tags().forEach(line -> rows.add(row("tag " + line.id(), line)));
    rows.add(row("all", report.all()));
    return rows;
  }

  private static List<String> row(String name, SlaReport.Line line) {
    Outages outages = line.figures().outages();
    List<String> row = new ArrayList<>();
    row.add(name);
    row.add(Words.percent(line.figures().time().availability()));
    row.add(Words.percent(line.figures().runs().availability()));
    row.add(Words.length(line.figures().time().down()));
    row.add(Integer.toString(outages.count()));
    row.add(outages.meanToRepair().map(Words::length).orElse(Words.NONE));
    for (double share : new double[] {0.5, 0.95, 0.99}) {
      row.add(line.quantile(share).map(Words::millis).orElse(Words.NONE));
    }
    if (line.budget() != null) {
      row.add(Words.length(line.budget().left()));
      row.add(line.budget().state().label());
    }
    return row;
  }
}
