package dev.jiggety.agent.cli;

import com.google.gson.JsonObject;
import dev.jiggety.model.Summary;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.rules.Sums;
import dev.jiggety.repository.HistoryRepository.Row;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sums of results, a line for each step, test or node: how often it was up, and percentiles of the
 * times. Runs of which the node could not tell count for neither side of the availability.
 */
final class HistoryTable {
  private static final double[] SHARES = {0.5, 0.95, 0.99};

  private final By by;
  private final Map<Key, Sums> sums = new TreeMap<>(ORDER);

  private static final Comparator<Key> ORDER =
      Comparator.comparing(Key::from).thenComparing(Key::test).thenComparing(Key::node);

  /** What one line is about; without time, {@link Instant#EPOCH}. */
  private record Key(Instant from, String test, String node) {}

  /** What is added up to one line. */
  enum By {
    /** Each minute of each test, all nodes. */
    MINUTE,
    /** Each hour of each test, all nodes. */
    HOUR,
    /** Each day of each test, all nodes. */
    DAY,
    /** Each month of each test, all nodes. */
    MONTH,
    /** Each test, each node, the whole time. */
    TEST,
    /** Each node, all tests, the whole time. */
    NODE;

    /** Whether lines are steps of time. */
    boolean isTime() {
      return this != TEST && this != NODE;
    }
  }

  HistoryTable(List<Row> rows, By by) {
    this.by = by;
    for (Row row : rows) {
      Key key =
          new Key(
              by.isTime() ? row.from() : Instant.EPOCH,
              by == By.NODE ? "" : text(row.test()),
              by.isTime() ? "" : text(row.node()));
      sums.computeIfAbsent(key, none -> new Sums(false)).add(row.summary());
    }
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  void print(PrintWriter out) {
    TextTable table = new TextTable(header().toArray(String[]::new));
    sums.forEach(
        (key, sum) -> table.row(cells(key, sum.summary(), " ms", " %").toArray(String[]::new)));
    out.print(table);
    out.flush();
  }

  /** One line of comma-separated values each, times in milliseconds; RFC 4180. */
  void printCsv(PrintWriter out) {
    out.print(String.join(",", header()) + "\r\n");
    sums.forEach(
        (key, sum) -> out.print(String.join(",", cells(key, sum.summary(), "", "")) + "\r\n"));
    out.flush();
  }

  void printJson(PrintWriter out) {
    String before = "[\n";
    for (Map.Entry<Key, Sums> entry : sums.entrySet()) {
      out.print(before + json(entry.getKey(), entry.getValue().summary()));
      before = ",\n";
    }
    out.println(sums.isEmpty() ? "[]" : "\n]");
    out.flush();
  }

  private JsonObject json(Key key, Summary summary) {
    JsonObject line = new JsonObject();
    if (by != By.NODE) {
      line.addProperty("test", key.test);
    }
    if (by.isTime()) {
      line.addProperty(by.name().toLowerCase(Locale.ROOT), key.from.toString());
    } else {
      line.addProperty("node", key.node);
    }
    for (Verdict verdict : Verdict.values()) {
      line.addProperty(verdict.label(), summary.runs().getOrDefault(verdict, 0L));
    }
    line.addProperty("missed", summary.missed());
    line.addProperty("suppressed", summary.suppressed());
    available(summary).ifPresent(share -> line.addProperty("available", share));
    for (double share : SHARES) {
      summary
          .total()
          .quantile(share)
          .ifPresent(time -> line.addProperty(name(share), Math.round(time.toNanos() / 1e3) / 1e3));
    }
    return line;
  }

  private List<String> header() {
    List<String> header = new ArrayList<>();
    if (by != By.NODE) {
      header.add("test");
    }
    header.add(by.isTime() ? by.name().toLowerCase(Locale.ROOT) : "node");
    for (Verdict verdict : Verdict.values()) {
      header.add(verdict.label());
    }
    header.add("missed");
    header.add("available");
    for (double share : SHARES) {
      header.add(name(share));
    }
    return header;
  }

  private List<String> cells(Key key, Summary summary, String millis, String percent) {
    List<String> cells = new ArrayList<>();
    if (by != By.NODE) {
      cells.add(key.test);
    }
    cells.add(by.isTime() ? key.from.toString() : key.node);
    for (Verdict verdict : Verdict.values()) {
      cells.add(String.valueOf(summary.runs().getOrDefault(verdict, 0L)));
    }
    cells.add(String.valueOf(summary.missed()));
    OptionalDouble available = available(summary);
    cells.add(
        available.isPresent()
            ? String.format(Locale.ROOT, "%.3f%s", available.getAsDouble(), percent)
            : "");
    for (double share : SHARES) {
      cells.add(
          summary
              .total()
              .quantile(share)
              .map(time -> String.format(Locale.ROOT, "%.1f%s", time.toNanos() / 1e6, millis))
              .orElse(""));
    }
    return cells;
  }

  private static String name(double share) {
    return "p" + Math.round(share * 100);
  }

  /** Percent; empty where nobody could tell. */
  private static OptionalDouble available(Summary summary) {
    Map<Verdict, Long> runs = summary.runs();
    long good = runs.getOrDefault(Verdict.UP, 0L) + runs.getOrDefault(Verdict.DEGRADED, 0L);
    long known = good + runs.getOrDefault(Verdict.DOWN, 0L);
    return known == 0 ? OptionalDouble.empty() : OptionalDouble.of(100.0 * good / known);
  }
}
