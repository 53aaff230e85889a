package dev.jiggety.agent.demo;

import java.time.Duration;
import java.util.List;

/**
 * When which page of the sample shop misbehaves: a cycle of {@link #CYCLE} that begins with the
 * demo. Pure; the same instant always gives the same behaviour, so that every node sees the same
 * shop.
 */
final class Timetable {
  /** After this time everything begins anew. */
  static final Duration CYCLE = Duration.ofSeconds(90);

  private static final Behaviour FINE = new Behaviour.Answer(Duration.ofMillis(15));

  private static final List<Entry> ENTRIES =
      List.of(
          new Entry("/product", 10, 26, new Behaviour.Answer(Duration.ofMillis(450))),
          new Entry("/search", 18, 36, new Behaviour.Fail(500)),
          new Entry("/checkout", 28, 44, new Behaviour.Stall()),
          new Entry("/login", 38, 52, new Behaviour.Cut()),
          new Entry("/", 46, 56, new Behaviour.Answer(Duration.ofMillis(350))),
          new Entry("/api/stock", 50, 58, new Behaviour.Fail(503)),
          new Entry("/search", 64, 78, new Behaviour.Answer(Duration.ofMillis(600))),
          new Entry(DemoEdits.UNREADY, 0, 90, new Behaviour.Fail(500)));

  private Timetable() {}

  private record Entry(String page, int fromSecond, int toSecond, Behaviour behaviour) {
    boolean covers(String path, long second) {
      return page.equals(path) && fromSecond <= second && second < toSecond;
    }
  }

  /**
   * What a page does.
   *
   * @param path of the page, {@code /} for the home page
   * @param elapsed since the demo began; not negative
   */
  static Behaviour at(String path, Duration elapsed) {
    long second = elapsed.toSeconds() % CYCLE.toSeconds();
    return ENTRIES.stream()
        .filter(entry -> entry.covers(path, second))
        .map(Entry::behaviour)
        .findFirst()
        .orElse(FINE);
  }
}
