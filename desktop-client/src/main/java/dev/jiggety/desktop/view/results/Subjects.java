package dev.jiggety.desktop.view.results;

import dev.jiggety.desktop.chart.Viewport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which tests, and at which times, are drawn over each other, and what is known of each. FX thread
 * only; the histories are for any.
 */
final class Subjects {
  private final Map<Key, History> histories = new HashMap<>();

  private record Key(String test, long shift) {}

  /**
   * One of them.
   *
   * @param name for people
   * @param shift how much later than it was it is drawn, in milliseconds
   */
  record Subject(String name, long shift, History history, Wish wish) {}

  /** What is known of a test at a time; empty at first. */
  History history(String test, long shift) {
    return histories.computeIfAbsent(new Key(test, shift), key -> new History(test));
  }

  /** All histories of a test. */
  List<History> of(String test) {
    return histories.values().stream().filter(it -> it.test().equals(test)).toList();
  }

  /** From now on what was read counts as old. */
  void doubt() {
    histories.values().forEach(History::doubt);
  }

  /** Forgets all but some. */
  void keep(List<Subject> wanted) {
    List<History> kept = new ArrayList<>();
    wanted.forEach(subject -> kept.add(subject.history()));
    histories.values().retainAll(kept);
  }

  /** The feed tells everything since then. */
  void heardUpTo(long since, long now) {
    histories.forEach((key, history) -> {
      if (key.shift() == 0) {
        history.heardUpTo(since, now);
      }
    });
  }

  /** The span of a view in the time of a subject, up to now and not longer ago than is kept. */
  static Viewport span(Viewport view, long shift, long now) {
    long oldest = now - Range.LONGEST.toMillis() - shift;
    long from = Math.max(view.from() - shift, oldest);
    long to = Math.min(view.to() - shift, Math.max(now, from + 1));
    return new Viewport(Math.min(from, to - 1), to);
  }
}
