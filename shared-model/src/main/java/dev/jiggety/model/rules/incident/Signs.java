package dev.jiggety.model.rules.incident;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Signs of one thing, gathered to spans: signs that are no further apart than a gap belong
 * together. Signs may come in any order and more than once. Times are milliseconds. Mutable.
 */
final class Signs {
  private final long gap;
  private final int needed;
  private final TreeMap<Long, Span> spans = new TreeMap<>();

  /** Signs close together. */
  private static final class Span {
    private long from;
    private long to;
    private final TreeSet<Long> first = new TreeSet<>(); // as many as are needed

    private Span(long from, long to) {
      this.from = from;
      this.to = to;
    }
  }

  /**
   * A span of which enough signs were seen.
   *
   * @param sure when there were enough
   */
  record Seen(long from, long sure, long to) {}

  /**
   * @param gap what is further apart belongs to different spans
   * @param needed how many different signs make a span that counts
   */
  Signs(long gap, int needed) {
    this.gap = gap;
    this.needed = needed;
  }

  void add(long from, long to) {
    Span span = new Span(from, to);
    span.first.add(to);
    var before = spans.floorEntry(from);
    if (before != null && before.getValue().to >= from - gap) {
      span = joined(before.getValue(), span);
      spans.remove(before.getKey());
    }
    var after = spans.ceilingEntry(span.from);
    while (after != null && after.getKey() <= span.to + gap) {
      span = joined(span, after.getValue());
      spans.remove(after.getKey());
      after = spans.ceilingEntry(span.from);
    }
    spans.put(span.from, span);
  }

  /** Those that count, in order. */
  List<Seen> seen() {
    List<Seen> seen = new ArrayList<>();
    for (Span span : spans.values()) {
      if (span.first.size() >= needed) {
        seen.add(new Seen(span.from, span.first.last(), span.to));
      }
    }
    return seen;
  }

  void forget(long before) {
    spans.values().removeIf(span -> span.to < before - gap);
  }

  private Span joined(Span one, Span other) {
    one.from = Math.min(one.from, other.from);
    one.to = Math.max(one.to, other.to);
    one.first.addAll(other.first);
    while (one.first.size() > needed) {
      one.first.pollLast();
    }
    return one;
  }
}
