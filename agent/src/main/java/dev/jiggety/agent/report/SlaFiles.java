package dev.jiggety.agent.report;

import com.google.gson.JsonObject;
import dev.jiggety.model.rules.report.SlaReport;

/** A report of availability in each of its forms. Pure. */
public final class SlaFiles {
  private SlaFiles() {}

  /** A page that needs nothing but a browser, or a printer. */
  public static String html(SlaReport report, String title) {
    return SlaHtml.write(report, title);
  }

  /** A table for other programs. */
  public static String csv(SlaReport report) {
    return SlaCsv.write(report);
  }

  /** The same and the single outages as JSON. */
  public static JsonObject json(SlaReport report) {
    return SlaJson.write(report);
  }

  /** A table for a terminal: header first. */
  public static java.util.List<java.util.List<String>> table(SlaReport report) {
    return SlaTable.rows(report);
  }
}
