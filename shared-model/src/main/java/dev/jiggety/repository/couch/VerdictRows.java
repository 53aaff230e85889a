package dev.jiggety.repository.couch;

import com.google.gson.JsonArray;
import dev.jiggety.couch.ViewGroup;
import dev.jiggety.couch.ViewSums;
import dev.jiggety.model.Verdict;
import dev.jiggety.repository.ResultRepository.TestHour;
import dev.jiggety.repository.VerdictCount;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rows of the view {@code verdicts}, from several databases: an hour at the turn of the week
 * has runs in two of them.
 */
final class VerdictRows {
  /** The columns of a row's value. */
  private static final List<Verdict> COLUMNS =
      List.of(Verdict.UP, Verdict.DEGRADED, Verdict.DOWN, Verdict.UNKNOWN);

  /** How many parts of a key say hour and test. */
  static final int TEST_LEVEL = 5;

  private final Map<Key, Map<Verdict, Long>> counts = new TreeMap<>();

  private record Key(Instant hour, String test, String node) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byHour = hour.compareTo(other.hour);
      int byTest = byHour != 0 ? byHour : test.compareTo(other.test);
      return byTest != 0 ? byTest : node.compareTo(other.node);
    }
  }

  /** The beginning of the keys of an hour. */
  static JsonArray hour(Instant at) {
    OffsetDateTime utc = at.atOffset(ZoneOffset.UTC);
    JsonArray key = new JsonArray();
    key.add(utc.getYear());
    key.add(utc.getMonthValue());
    key.add(utc.getDayOfMonth());
    key.add(utc.getHour());
    return key;
  }

  /** A row of the first {@link #TEST_LEVEL} parts of the keys. */
  static TestHour testHour(ViewSums row) {
    JsonArray key = row.key().getAsJsonArray();
    long[] sums = row.sums();
    return new TestHour(hour(key), key.get(4).getAsString(), sums[0], sums[1], sums[2], sums[3]);
  }

  private static Instant hour(JsonArray key) {
    return OffsetDateTime.of(
            key.get(0).getAsInt(),
            key.get(1).getAsInt(),
            key.get(2).getAsInt(),
            key.get(3).getAsInt(),
            0,
            0,
            0,
            ZoneOffset.UTC)
        .toInstant();
  }

  void add(ViewGroup row) {
    JsonArray key = row.key().getAsJsonArray();
    Instant hour = hour(key);
    Map<Verdict, Long> runs =
        counts.computeIfAbsent(
            new Key(hour, key.get(4).getAsString(), key.get(5).getAsString()),
            absent -> new EnumMap<>(Verdict.class));
    JsonArray value = row.value().getAsJsonArray();
    for (int i = 0; i < COLUMNS.size(); i++) {
      runs.merge(COLUMNS.get(i), value.get(i).getAsLong(), Long::sum);
    }
  }

  /** All of them, by hour, test and node. */
  List<VerdictCount> counts() {
    return counts.entrySet().stream()
        .map(entry -> {
          Key key = entry.getKey();
          return new VerdictCount(key.hour(), key.test(), key.node(), entry.getValue());
        })
        .toList();
  }
}
