package dev.jiggety.desktop.view.results;

import dev.jiggety.desktop.chart.LineData;
import dev.jiggety.desktop.chart.Samples;
import dev.jiggety.desktop.chart.SamplesBuffer;
import dev.jiggety.desktop.chart.Steps;
import dev.jiggety.desktop.chart.Viewport;
import dev.jiggety.desktop.view.results.Wish.Tier;
import dev.jiggety.model.Point;
import dev.jiggety.model.Run;
import dev.jiggety.model.Summary;
import dev.jiggety.model.rules.Packing;
import dev.jiggety.repository.HistoryRepository;
import dev.jiggety.repository.HistoryRepository.Question;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the results of one test: single samples and sums, each over the span that was
 * read of them. A sample that comes by the feed and from an archive is there once. Thread-safe; the
 * hub is asked without holding anybody up.
 */
final class History {
  /** Samples of a node that are kept at least. */
  static final int CAP = 1_000_000;

  private final String test;
  private final NavigableMap<String, SamplesBuffer> raw = new TreeMap<>();
  private final Map<Tier, NavigableMap<Key, Summary>> sums = new HashMap<>();
  private final Map<Tier, Viewport> covered = new HashMap<>();

  /** Sums of a node, or of all together where it is empty, in a step. */
  private record Key(long from, String node) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byTime = Long.compare(from, other.from);
      return byTime != 0 ? byTime : node.compareTo(other.node);
    }
  }

  History(String test) {
    this.test = test;
  }

  String test() {
    return test;
  }

  /** From now on what was read counts as old: it is shown, and read again. */
  synchronized void doubt() {
    covered.clear();
  }

  /** Up to when single samples are known without a gap; null where they are not. */
  synchronized @Nullable Viewport covered(Wish wish) {
    return covered.get(wish.tier());
  }

  /** The feed tells everything, so what was read up to its beginning is known up to now. */
  synchronized void heardUpTo(long since, long now) {
    covered.computeIfPresent(
        new Tier(Resolution.RAW, true, true),
        (tier, span) ->
            span.to() >= since && span.to() < now ? new Viewport(span.from(), now) : span);
  }

  /**
   * The pieces that have to be read, in this order, so that what was read has no hole.
   *
   * @param tail how much newer than what was read something may be, in milliseconds
   */
  synchronized List<Viewport> missing(Wish wish, long tail) {
    Viewport have = covered.get(wish.tier());
    long step = Math.max(1, wish.resolution().length());
    long from = Math.floorDiv(wish.span().from(), step) * step;
    long to = wish.span().to();
    List<Viewport> pieces = new ArrayList<>();
    if (have == null || have.to() < from || have.from() > to) {
      backwards(from, to, wish.resolution(), pieces);
      return pieces;
    }
    if (to - have.to() > tail) {
      // The last step was not over when it was read, and results come late.
      long again = Math.max(from, Math.floorDiv(have.to() - step, step) * step - 120_000);
      pieces.add(new Viewport(Math.floorDiv(again, step) * step, to));
    }
    if (from < have.from()) {
      backwards(from, have.from(), wish.resolution(), pieces);
    }
    return pieces;
  }

  private static void backwards(long from, long to, Resolution resolution, List<Viewport> pieces) {
    long length = resolution.piece().toMillis();
    long end = to;
    while (end > from) {
      // Whole pieces of the clock: packs of an hour are not read twice.
      long begin = Math.max(from, Math.floorDiv(end - 1, length) * length);
      pieces.add(new Viewport(begin, end));
      end = begin;
    }
  }

  /**
   * Reads a piece. Blocks.
   *
   * @throws CancellationException when it is not wanted any more
   */
  void read(HistoryRepository hub, Wish wish, Viewport piece, BooleanSupplier stopped) {
    if (wish.resolution() == Resolution.RAW) {
      readRaw(hub, piece, stopped);
    } else {
      readSums(hub, wish, piece);
    }
    stopIf(stopped);
    synchronized (this) {
      Viewport have = covered.get(wish.tier());
      covered.put(
          wish.tier(),
          have == null || have.to() < piece.from() || have.from() > piece.to()
              ? piece
              : new Viewport(Math.min(have.from(), piece.from()), Math.max(have.to(), piece.to())));
    }
  }

  private void readRaw(HistoryRepository hub, Viewport piece, BooleanSupplier stopped) {
    Map<String, List<Point>> points = new TreeMap<>();
    hub.points(
        test,
        Set.of(),
        Instant.ofEpochMilli(piece.from()),
        Instant.ofEpochMilli(piece.to()),
        found -> {
          stopIf(stopped);
          points.computeIfAbsent(found.node(), node -> new ArrayList<>()).add(found.point());
        });
    take(points);
  }

  private void readSums(HistoryRepository hub, Wish wish, Viewport piece) {
    Question question =
        new Question(
            new TreeSet<>(Set.of(test)),
            new TreeSet<>(),
            Instant.ofEpochMilli(piece.from()),
            Instant.ofEpochMilli(piece.to()),
            Objects.requireNonNull(wish.resolution().step()),
            true,
            wish.byNode(),
            wish.phases());
    NavigableMap<Key, Summary> fresh = new TreeMap<>();
    hub.summaries(question)
        .forEach(row ->
            fresh.put(
                new Key(row.from().toEpochMilli(), row.node() == null ? "" : row.node()),
                row.summary()));
    synchronized (this) {
      NavigableMap<Key, Summary> all = sums.computeIfAbsent(wish.tier(), tier -> new TreeMap<>());
      all.subMap(new Key(piece.from(), ""), new Key(piece.to(), "")).clear();
      all.putAll(fresh);
    }
  }

  private static void stopIf(BooleanSupplier stopped) {
    if (stopped.getAsBoolean() || Thread.currentThread().isInterrupted()) {
      throw new CancellationException();
    }
  }

  /** Takes runs of this test that came by the feed; true when at least one was new. */
  boolean add(Collection<Run> runs) {
    Map<String, List<Point>> points = new TreeMap<>();
    for (Run run : runs) {
      points.computeIfAbsent(run.node(), node -> new ArrayList<>()).addAll(Packing.points(run));
    }
    return take(points);
  }

  private synchronized boolean take(Map<String, List<Point>> points) {
    boolean changed = false;
    for (Map.Entry<String, List<Point>> entry : points.entrySet()) {
      changed |=
          raw.computeIfAbsent(entry.getKey(), node -> new SamplesBuffer(node, CAP))
              .add(entry.getValue());
    }
    return changed;
  }

  /**
   * The lines that serve a wish best: of what was asked for, where that is not read yet of the
   * closest tier that has all of the span, and else of what there is.
   *
   * @param all what a line of all nodes together is called
   */
  synchronized List<LineData> lines(Wish wish, String all) {
    Tier tier = wish.tier();
    if (!holdsHalf(tier, wish.span())) {
      for (Resolution closer : Resolution.values()) {
        for (Tier other : covered.keySet()) {
          if (other.resolution() == closer && other.serves(tier) && holds(other, wish.span())) {
            return lines(other, all);
          }
        }
      }
    }
    if (sizeOf(tier) > 0) {
      return lines(tier, all);
    }
    for (Tier other : sums.keySet()) {
      if (other.serves(tier) && sizeOf(other) > 0) {
        return lines(other, all);
      }
    }
    return lines(new Tier(Resolution.RAW, true, true), all);
  }

  /** Whether all of a span was read, but for what has come since. */
  private boolean holds(Tier tier, Viewport span) {
    Viewport have = covered.get(tier);
    long slack = Math.max(span.span() / 20, 2 * tier.resolution().length());
    return have != null && have.from() <= span.from() + slack && have.to() >= span.to() - slack;
  }

  /** Half of a span as it was asked for is better than all of it from afar. */
  private boolean holdsHalf(Tier tier, Viewport span) {
    Viewport have = covered.get(tier);
    return have != null
        && Math.min(have.to(), span.to()) - Math.max(have.from(), span.from()) >= span.span() / 2;
  }

  private int sizeOf(Tier tier) {
    if (tier.resolution() == Resolution.RAW) {
      return raw.values().stream().mapToInt(SamplesBuffer::size).sum();
    }
    return sums.getOrDefault(tier, new TreeMap<>()).size();
  }

  private List<LineData> lines(Tier tier, String all) {
    if (tier.resolution() == Resolution.RAW) {
      List<LineData> lines = new ArrayList<>();
      for (SamplesBuffer buffer : raw.values()) {
        Samples samples = buffer.snapshot();
        if (samples.size() > 0) {
          lines.add(samples);
        }
      }
      return lines;
    }
    NavigableMap<String, List<Steps.Step>> byNode = new TreeMap<>();
    sums.getOrDefault(tier, new TreeMap<>())
        .forEach((key, summary) ->
            byNode
                .computeIfAbsent(key.node(), node -> new ArrayList<>())
                .add(new Steps.Step(key.from(), summary)));
    List<LineData> lines = new ArrayList<>();
    byNode.forEach((node, steps) ->
        lines.add(new Steps(node.isEmpty() ? all : node, tier.resolution().length(), steps)));
    return lines;
  }
}
