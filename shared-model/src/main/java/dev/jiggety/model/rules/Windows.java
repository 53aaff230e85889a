package dev.jiggety.model.rules;

import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** When maintenance windows are open. */
public final class Windows {
  /** More spans are cut off: of a window that opens every minute a month would be 43,200. */
  private static final int MOST = 50_000;

  private Windows() {}

  /**
   * A time in which a window is open.
   *
   * @param from inclusive
   * @param to exclusive
   */
  public record Span(Instant from, Instant to) {
    /** Whether it is open then. */
    public boolean covers(Instant at) {
      return !at.isBefore(from) && at.isBefore(to);
    }
  }

  /**
   * The times between two instants in which a window is open, each as a whole, in order and without
   * overlap; none where it is not active or cannot be understood.
   */
  public static List<Span> spans(Window window, Instant from, Instant to) {
    if (!window.active()) {
      return List.of();
    }
    return switch (window.times()) {
      case Window.Times.Once once ->
          once.from().isBefore(to) && from.isBefore(once.to())
              ? List.of(new Span(once.from(), once.to()))
              : List.of();
      case Window.Times.Again again -> again(again, from, to);
    };
  }

  /** The times in which at least one of the windows that are about a test is open. */
  public static List<Span> spans(
      Collection<Window> windows, TestDefinition test, Instant from, Instant to) {
    return merged(
        windows.stream()
            .filter(window -> window.isAbout(test))
            .flatMap(window -> spans(window, from, to).stream())
            .sorted(Comparator.comparing(Span::from))
            .toList());
  }

  private static List<Span> again(Window.Times.Again again, Instant from, Instant to) {
    Duration length = again.length();
    if (Schedules.problem(again.begins()).isPresent() || !length.isPositive()) {
      return List.of();
    }
    CronTimes times =
        new CronTimes(CronFields.parse(again.begins().expression()), again.begins().zone());
    List<Span> spans = new ArrayList<>();
    Optional<Instant> begin = times.after(from.minus(length));
    while (begin.isPresent() && begin.get().isBefore(to) && spans.size() < MOST) {
      spans.add(new Span(begin.get(), begin.get().plus(length)));
      begin = times.after(begin.get());
    }
    return merged(spans);
  }

  private static List<Span> merged(List<Span> spans) {
    List<Span> merged = new ArrayList<>();
    for (Span span : spans) {
      Span last = merged.isEmpty() ? null : merged.getLast();
      if (last == null || span.from().isAfter(last.to())) {
        merged.add(span);
      } else if (span.to().isAfter(last.to())) {
        merged.set(merged.size() - 1, new Span(last.from(), span.to()));
      }
    }
    return merged;
  }
}
