package dev.jiggety.model.rules.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A set of times: spans in order, none empty, none touching another. Immutable.
 *
 * @param list the spans
 */
public record Spans(List<Span> list) {
  /** No time at all. */
  public static final Spans NONE = new Spans(List.of());

  /** Puts spans in order and joins those that overlap or touch. */
  public Spans {
    list = joined(list);
  }

  /** All times that lie in at least one of them. */
  public static Spans of(Collection<Span> spans) {
    return new Spans(List.copyOf(spans));
  }

  /** One span. */
  public static Spans of(Span span) {
    return new Spans(List.of(span));
  }

  /** All times of both. */
  public Spans plus(Spans other) {
    List<Span> both = new ArrayList<>(list);
    both.addAll(other.list);
    return new Spans(both);
  }

  /** The times that both have. */
  public Spans and(Spans other) {
    List<Span> shared = new ArrayList<>();
    int mine = 0;
    int theirs = 0;
    while (mine < list.size() && theirs < other.list.size()) {
      Span one = list.get(mine);
      Span two = other.list.get(theirs);
      one.overlap(two).ifPresent(shared::add);
      if (one.to().isBefore(two.to())) {
        mine++;
      } else {
        theirs++;
      }
    }
    return new Spans(shared);
  }

  /** The times of this one that the other has not. */
  public Spans minus(Spans other) {
    List<Span> rest = new ArrayList<>();
    int first = 0;
    for (Span span : list) {
      Instant begin = span.from();
      while (first < other.list.size() && !other.list.get(first).to().isAfter(begin)) {
        first++;
      }
      for (int i = first; i < other.list.size(); i++) {
        Span taken = other.list.get(i);
        if (!taken.from().isBefore(span.to())) {
          break;
        }
        if (begin.isBefore(taken.from())) {
          rest.add(new Span(begin, taken.from()));
        }
        begin = taken.to();
      }
      if (begin.isBefore(span.to())) {
        rest.add(new Span(begin, span.to()));
      }
    }
    return new Spans(rest);
  }

  /** The part that lies in a span. */
  public Spans within(Span span) {
    return and(of(span));
  }

  /** How much time it is. */
  public Duration length() {
    return list.stream().map(Span::length).reduce(Duration.ZERO, Duration::plus);
  }

  /** Whether a time belongs to it. */
  public boolean contains(Instant time) {
    return at(time).isPresent();
  }

  /** The span that a time lies in. */
  public Optional<Span> at(Instant time) {
    return list.stream().filter(span -> span.contains(time)).findFirst();
  }

  /** Whether there is no time in it. */
  public boolean isEmpty() {
    return list.isEmpty();
  }

  private static List<Span> joined(List<Span> spans) {
    List<Span> sorted = new ArrayList<>(spans);
    sorted.removeIf(span -> span.length().isZero());
    sorted.sort(Comparator.comparing(Span::from));
    List<Span> joined = new ArrayList<>();
    for (Span span : sorted) {
      if (!joined.isEmpty() && !span.from().isAfter(joined.getLast().to())) {
        Span before = joined.removeLast();
        joined.add(
            new Span(before.from(), span.to().isAfter(before.to()) ? span.to() : before.to()));
      } else {
        joined.add(span);
      }
    }
    return List.copyOf(joined);
  }
}
