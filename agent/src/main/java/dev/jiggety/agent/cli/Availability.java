package dev.jiggety.agent.cli;

import com.google.gson.JsonObject;
import dev.jiggety.model.Verdict;
import dev.jiggety.repository.VerdictCount;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often tests were up, from counts of verdicts. Runs of which the node could not tell count for
 * neither side.
 */
final class Availability {
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());

  private final Map<Key, Map<Verdict, Long>> sums = new TreeMap<>(ORDER);

  private static final Comparator<Key> ORDER =
      Comparator.comparing(Key::hour).thenComparing(Key::test).thenComparing(Key::node);

  /** What one line is about; without hour, {@link Instant#EPOCH}. */
  private record Key(Instant hour, String test, String node) {}

  /** What is added up to one line. */
  enum By {
    /** Each hour of each test, all nodes. */
    HOUR,
    /** Each test, each node, the whole time. */
    TEST
  }

  Availability(List<VerdictCount> counts, By by) {
    for (VerdictCount count : counts) {
      Key key =
          switch (by) {
            case HOUR -> new Key(count.hour(), count.test(), "");
            case TEST -> new Key(Instant.EPOCH, count.test(), count.node());
          };
      Map<Verdict, Long> sum = sums.computeIfAbsent(key, _ -> new EnumMap<>(Verdict.class));
      count.runs().forEach((verdict, runs) -> sum.merge(verdict, runs, Long::sum));
    }
  }

  void print(PrintWriter out, By by) {
    String first = by == By.HOUR ? "hour" : "node";
    TextTable table =
        new TextTable("test", first, "up", "degraded", "down", "unknown", "available");
    sums.forEach((key, runs) ->
        table.row(
            key.test,
            by == By.HOUR ? HOUR.format(key.hour) : key.node,
            String.valueOf(runs(runs, Verdict.UP)),
            String.valueOf(runs(runs, Verdict.DEGRADED)),
            String.valueOf(runs(runs, Verdict.DOWN)),
            String.valueOf(runs(runs, Verdict.UNKNOWN)),
            percent(runs)));
    out.print(table);
    out.flush();
  }

  void printJson(PrintWriter out, By by) {
    String before = "[\n";
    for (Map.Entry<Key, Map<Verdict, Long>> entry : sums.entrySet()) {
      JsonObject line = new JsonObject();
      line.addProperty("test", entry.getKey().test);
      if (by == By.HOUR) {
        line.addProperty("hour", entry.getKey().hour.toString());
      } else {
        line.addProperty("node", entry.getKey().node);
      }
      entry.getValue().forEach((verdict, runs) -> line.addProperty(verdict.label(), runs));
      out.print(before + line);
      before = ",\n";
    }
    out.println(sums.isEmpty() ? "[]" : "\n]");
    out.flush();
  }

  private static long runs(Map<Verdict, Long> runs, Verdict verdict) {
    return runs.getOrDefault(verdict, 0L);
  }

  /** With as many digits as an availability is talked about with; empty where nobody could tell. */
  private static String percent(Map<Verdict, Long> runs) {
    long good = runs(runs, Verdict.UP) + runs(runs, Verdict.DEGRADED);
    long known = good + runs(runs, Verdict.DOWN);
    return known == 0 ? "" : String.format(Locale.ROOT, "%.3f %%", 100.0 * good / known);
  }
}
