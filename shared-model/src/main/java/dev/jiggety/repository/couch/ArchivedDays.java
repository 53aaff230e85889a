package dev.jiggety.repository.couch;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.Outcome;
import dev.jiggety.couch.ViewSums;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Histogram;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Summary;
import dev.jiggety.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Roll-ups of days in the monthly archives, added up by the hub's indexes. */
final class ArchivedDays {
  /** Where the histogram begins in a row of {@code days}. */
  private static final int HISTOGRAM = 24;

  private static final int ERRORS = 7;
  private static final int NO_DAY = 3;

  private final Hub hub;
  private final DatabaseNames names;
  private final Existing existing;

  ArchivedDays(Hub hub, DatabaseNames names, Existing existing) {
    this.hub = hub;
    this.names = names;
    this.existing = existing;
  }

  /**
   * What is wanted.
   *
   * @param from the beginning of a day
   * @param to the end of a day
   * @param level 3 for months, 4 for days, 5 for days and nodes
   */
  record Wish(String test, Instant from, Instant to, int level, boolean phases) {}

  /**
   * A row of the answer.
   *
   * @param from the month or the day
   * @param node empty where all nodes are added up
   */
  record Key(Instant from, String node) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byTime = from.compareTo(other.from);
      return byTime != 0 ? byTime : node.compareTo(other.node);
    }
  }

  /** The sums, by time and node. The months of a long span are asked side by side. */
  SortedMap<Key, Summary> read(Wish wish) {
    SortedMap<Key, Summary> rows = new TreeMap<>();
    existing.of(names.archive(wish.from(), wish.to().minusMillis(1)), hub).parallelStream()
        .map(month -> read(month, wish))
        .toList()
        .forEach(
            ofMonth -> ofMonth.forEach((key, summary) -> rows.merge(key, summary, Summary::plus)));
    return rows;
  }

  private Map<Key, Summary> read(HubDatabase month, Wish wish) {
    Map<Key, JsonObject> times = new HashMap<>();
    answered(
        month
            .views()
            .eachGroup(
                path(DesignDocuments.TIMES),
                first(wish),
                last(wish),
                wish.level(),
                row -> times.put(key(row.key(), wish.level()), row.value().getAsJsonObject())),
        month);
    Map<Key, Map<Phase, Histogram>> phases = wish.phases() ? phases(month, wish) : Map.of();
    Map<Key, Summary> rows = new HashMap<>();
    ask(
        month,
        wish,
        DesignDocuments.DAYS,
        wish.level(),
        row -> {
          Key key = key(row.key(), wish.level());
          rows.put(key, summary(row.sums(), times.get(key), phases.getOrDefault(key, Map.of())));
        });
    return rows;
  }

  private Map<Key, Map<Phase, Histogram>> phases(HubDatabase month, Wish wish) {
    Map<Key, Map<Phase, Histogram>> phases = new HashMap<>();
    int level = wish.level() == 5 ? 6 : 5; // the phase stands before the node
    ask(
        month,
        wish,
        DesignDocuments.PHASES,
        level,
        row -> {
          JsonArray key = row.key().getAsJsonArray();
          Instant day = ViewKeys.time(key, wish.level() == NO_DAY ? 2 : 3);
          Key where = new Key(day, level == 6 ? key.get(5).getAsString() : "");
          for (Phase phase : Phase.values()) {
            if (phase.label().equals(key.get(4).getAsString())) {
              phases
                  .computeIfAbsent(where, none -> new EnumMap<>(Phase.class))
                  .merge(phase, histogram(row.sums(), 0), Histogram::plus);
            }
          }
        });
    return phases;
  }

  private void ask(
      HubDatabase month, Wish wish, String view, int level, Consumer<ViewSums> consumer) {
    answered(month.views().eachSum(path(view), first(wish), last(wish), level, consumer), month);
  }

  private static String path(String view) {
    return DesignDocuments.NAME + "/" + view;
  }

  private static JsonArray first(Wish wish) {
    return ViewKeys.day(wish.test(), wish.from());
  }

  private static JsonArray last(Wish wish) {
    return ViewKeys.end(ViewKeys.day(wish.test(), wish.to().minusMillis(1)));
  }

  private void answered(Outcome<Integer> asked, HubDatabase month) {
    if (asked instanceof Outcome.Missing<Integer>) {
      existing.requireIndex(month);
    } else {
      Answers.value(asked, month, "read the archive");
    }
  }

  private static Key key(JsonElement found, int level) {
    JsonArray key = found.getAsJsonArray();
    return new Key(
        ViewKeys.time(key, level == NO_DAY ? 2 : 3), level == 5 ? key.get(4).getAsString() : "");
  }

  private static Summary summary(
      long[] row, @Nullable JsonObject times, Map<Phase, Histogram> phases) {
    Map<Verdict, Long> runs = new EnumMap<>(Verdict.class);
    int column = 0;
    for (Verdict verdict : Verdict.values()) {
      runs.put(verdict, row[column++]);
    }
    Map<ErrorKind, Long> errors = new EnumMap<>(ErrorKind.class);
    column = ERRORS;
    for (ErrorKind kind : ErrorKind.values()) {
      long count = row[column++];
      if (count > 0) {
        errors.put(kind, count);
      }
    }
    return new Summary(
        runs,
        errors,
        row[4],
        row[5],
        histogram(row, HISTOGRAM),
        phases,
        times == null ? Duration.ZERO : micros(times.get("min")),
        times == null ? Duration.ZERO : micros(times.get("max")),
        Duration.of(row[6], ChronoUnit.MICROS));
  }

  private static Histogram histogram(long[] row, int from) {
    SortedMap<Integer, Long> counts = new TreeMap<>();
    for (int i = from; i < row.length; i++) {
      if (row[i] > 0) {
        counts.put(i - from, row[i]);
      }
    }
    return new Histogram(counts);
  }

  private static Duration micros(JsonElement number) {
    return Duration.of(number.getAsLong(), ChronoUnit.MICROS);
  }
}
