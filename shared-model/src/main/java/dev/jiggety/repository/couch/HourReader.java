package dev.jiggety.repository.couch;

import com.google.gson.JsonObject;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.PackDocument;
import dev.jiggety.model.Point;
import dev.jiggety.model.rules.Sums;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Joins packs of hours with the live runs that are in no pack yet. Where the live databases know
 * more runs of an hour on a node than its packs do, both are compared run by run: no run is left
 * out, none is counted twice, whether the node has packed the hour, has not, or only part of it. An
 * hour at a time is in memory.
 */
final class HourReader {
  private static final Logger LOG = System.getLogger(HourReader.class.getName());

  /** Live runs are asked for so many hours at a time where several in a row lack some. */
  private static final int MOST_AT_ONCE = 6;

  private final LiveRuns live;
  private final ArchivedHours archive;

  HourReader(LiveRuns live, ArchivedHours archive) {
    this.live = live;
    this.archive = archive;
  }

  /**
   * What is known of an hour on a node.
   *
   * @param packs documents, by part
   * @param unpacked live samples that no pack has, by planned time
   */
  record Hour(NodeHour where, List<JsonObject> packs, List<Point> unpacked) {

    /** Adds all of it to sums. */
    void addTo(Sums sums) {
      packs.forEach(pack -> PackDocument.addTo(sums, pack));
      sums.add(unpacked);
    }

    /** All samples, by planned time. */
    List<Point> points() {
      List<Point> points = new ArrayList<>();
      packs.forEach(pack -> points.addAll(PackDocument.points(pack)));
      points.addAll(unpacked);
      points.sort(Comparator.comparing(Point::plannedAt));
      return points;
    }
  }

  /** Takes hours, by time and then by node. */
  interface Sink {
    void hour(Hour hour);
  }

  /** Hands over the hours of a span, which begins and ends with an hour. */
  void each(String test, Predicate<String> nodes, Instant from, Instant to, Sink sink) {
    SortedMap<NodeHour, Long> runs = new TreeMap<>(live.hours(test, from, to));
    runs.keySet().removeIf(where -> !nodes.test(where.node()));
    Merge merge = new Merge(test, runs, sink);
    archive.each(test, from, to, document -> merge.pack(document, nodes));
    merge.end();
  }

  /** Hands over only the samples that no pack has, of hours that lack some. */
  void unpacked(String test, Predicate<String> nodes, Instant from, Instant to, Sink sink) {
    SortedMap<NodeHour, Long> lacking = new TreeMap<>(live.hours(test, from, to));
    if (lacking.isEmpty()) {
      return;
    }
    Instant first = lacking.firstKey().hour();
    Instant last = lacking.lastKey().hour().plus(Duration.ofHours(1));
    SortedMap<NodeHour, Long> packed = archive.hours(test, first, last);
    lacking
        .entrySet()
        .removeIf(entry ->
            !nodes.test(entry.getKey().node())
                || entry.getValue() <= packed.getOrDefault(entry.getKey(), 0L));
    while (!lacking.isEmpty()) {
      Instant begin = lacking.firstKey().hour();
      Instant end = end(begin, lacking);
      Sink withoutPacks =
          hour -> {
            if (!hour.unpacked().isEmpty()) {
              sink.hour(new Hour(hour.where(), List.of(), hour.unpacked()));
            }
          };
      SortedMap<NodeHour, Long> these = new TreeMap<>(lacking.headMap(new NodeHour(end, "")));
      Merge merge = new Merge(test, new TreeMap<>(these), withoutPacks);
      archive.each(
          test, begin, end, document -> merge.pack(document, node -> isAmong(these, document)));
      merge.end();
      lacking.keySet().removeAll(these.keySet());
    }
  }

  private static boolean isAmong(SortedMap<NodeHour, Long> hours, JsonObject document) {
    PackDocument.Key key = PackDocument.key(document);
    return hours.containsKey(new NodeHour(key.from(), key.node()));
  }

  /** The end of the hours in a row that lack something, or of as many as are read at once. */
  private static Instant end(Instant first, SortedMap<NodeHour, Long> lacking) {
    Set<Instant> hours = new TreeSet<>();
    lacking.keySet().forEach(where -> hours.add(where.hour()));
    Instant end = first;
    for (int i = 0; i < MOST_AT_ONCE && hours.contains(end); i++) {
      end = end.plus(Duration.ofHours(1));
    }
    return end;
  }

  /** Puts packs, which come by hour and node, together with the live counts of the same. */
  private final class Merge {
    private final String test;
    private final SortedMap<NodeHour, Long> runs;
    private final Sink sink;
    private final SortedMap<String, List<JsonObject>> packs = new TreeMap<>();
    private final Map<NodeHour, List<Point>> fetched = new HashMap<>();
    private Instant hour = Instant.MIN;
    private Instant fetchedTo = Instant.MIN;

    Merge(String test, SortedMap<NodeHour, Long> runs, Sink sink) {
      this.test = test;
      this.runs = runs;
      this.sink = sink;
    }

    void pack(JsonObject document, Predicate<String> nodes) {
      PackDocument.Key key;
      try {
        key = PackDocument.key(document);
      } catch (DocumentException e) {
        LOG.log(Level.WARNING, "left out a pack that cannot be read: {0}", e.getMessage());
        return;
      }
      if (!nodes.test(key.node())) {
        return;
      }
      if (!key.from().equals(hour)) {
        flushBefore(key.from());
        hour = key.from();
      }
      packs.computeIfAbsent(key.node(), none -> new ArrayList<>()).add(document);
    }

    void end() {
      flushBefore(Instant.MAX);
    }

    /** Hands over the hour of the packs, and those before the next one that have none. */
    private void flushBefore(Instant next) {
      if (!packs.isEmpty()) {
        liveAlone(hour);
        SortedMap<String, List<JsonObject>> ofHour = new TreeMap<>(packs);
        packs.clear();
        oneHour(hour, ofHour);
      }
      liveAlone(next);
    }

    private void liveAlone(Instant before) {
      while (!runs.isEmpty() && runs.firstKey().hour().isBefore(before)) {
        oneHour(runs.firstKey().hour(), new TreeMap<>());
      }
    }

    private void oneHour(Instant at, SortedMap<String, List<JsonObject>> ofHour) {
      Set<String> nodes = new TreeSet<>(ofHour.keySet());
      SortedMap<NodeHour, Long> counts =
          runs.subMap(new NodeHour(at, ""), new NodeHour(at.plusMillis(1), ""));
      counts.keySet().forEach(where -> nodes.add(where.node()));
      for (String node : nodes) {
        NodeHour where = new NodeHour(at, node);
        List<JsonObject> documents = ofHour.getOrDefault(node, List.of());
        sink.hour(
            new Hour(where, documents, unpacked(where, documents, counts.getOrDefault(where, 0L))));
      }
      counts.clear();
    }

    private List<Point> unpacked(NodeHour where, List<JsonObject> documents, long runsLive) {
      if (runsLive <= documents.stream().mapToLong(HourReader::runs).sum()) {
        return List.of();
      }
      if (!where.hour().isBefore(fetchedTo)) {
        fetched.clear();
        fetchedTo = HourReader.end(where.hour(), runs);
        fetched.putAll(live.points(test, where.hour(), fetchedTo));
      }
      List<Point> points = fetched.getOrDefault(where, List.of());
      if (documents.isEmpty()) {
        return points;
      }
      Set<Instant> packed = new HashSet<>();
      for (JsonObject document : documents) {
        PackDocument.points(document).forEach(point -> packed.add(point.plannedAt()));
      }
      return points.stream().filter(point -> !packed.contains(point.plannedAt())).toList();
    }
  }

  private static long runs(JsonObject document) {
    long sum = 0;
    for (var count : document.getAsJsonArray("runs")) {
      sum += count.getAsLong();
    }
    return sum;
  }
}
