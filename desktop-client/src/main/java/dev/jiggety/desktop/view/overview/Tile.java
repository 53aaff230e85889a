package dev.jiggety.desktop.view.overview;

import dev.jiggety.desktop.feed.TestPicture;
import dev.jiggety.desktop.widget.VerdictLook;
import dev.jiggety.model.Check;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A test as the overview shows it: stays the same object while the test changes, and says by a
 * number when it has to be drawn anew. FX thread only.
 */
final class Tile {
  private TestPicture picture;
  private String searchable = "";
  private String order = "";
  private int @Nullable [] day;
  private @Nullable Duration lastWeek;
  private boolean weekKnown;
  private int revision;

  Tile(TestPicture first) {
    picture = first;
    describe();
  }

  /** Takes what is known now; true where its place among the others may be another one. */
  boolean show(TestPicture now) {
    VerdictLook before = look();
    boolean renamed = !now.rev().equals(picture.rev());
    picture = now;
    revision++;
    if (renamed) {
      describe();
    }
    return renamed || look() != before;
  }

  private void describe() {
    order = picture.test().name().toLowerCase(Locale.ROOT);
    String url = picture.test().check() instanceof Check.Http http ? http.url() : "";
    searchable =
        String.join(" ", order, picture.test().id(), url, String.join(" ", picture.test().tags()))
            .toLowerCase(Locale.ROOT);
  }

  /** The last day was counted anew. */
  void day(int @Nullable [] counts) {
    day = counts;
    revision++;
  }

  /** The p95 of the same hours a week ago is known; null for none. */
  void lastWeek(@Nullable Duration p95) {
    lastWeek = p95;
    weekKnown = true;
    revision++;
  }

  /** Whether somebody has asked for last week's. */
  boolean isWeekKnown() {
    return weekKnown;
  }

  /** Last week's has become another hour's. */
  void forgetWeek() {
    weekKnown = false;
  }

  String id() {
    return picture.test().id();
  }

  TestPicture picture() {
    return picture;
  }

  /** How it looks; a test that is switched off has no verdict. */
  VerdictLook look() {
    return picture.test().active() ? VerdictLook.of(picture.verdict()) : VerdictLook.OFF;
  }

  /** Small for what is bad. */
  int severity() {
    return switch (look()) {
      case DOWN -> 0;
      case DEGRADED -> 1;
      case UNKNOWN -> 2;
      case UP -> 3;
      case OFF -> 4;
    };
  }

  /** The name, to be sorted by. */
  String order() {
    return order;
  }

  /** Counts of the last day as in {@link DayBook}; null where nothing is known. */
  int @Nullable [] day() {
    return day;
  }

  /** How much slower than a week ago, as a share: 0.1 is ten per cent; null where not known. */
  @Nullable Double slower() {
    Duration now = picture.p95();
    return now == null || lastWeek == null || lastWeek.isZero()
        ? null
        : (double) now.toNanos() / lastWeek.toNanos() - 1;
  }

  @Nullable Duration lastWeek() {
    return lastWeek;
  }

  /** Grows with everything that is visible. */
  int revision() {
    return revision;
  }

  boolean matches(String[] words) {
    for (String word : words) {
      if (!searchable.contains(word)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a node runs it, or has said something of it. */
  boolean isOn(String node, Set<String> tags) {
    return picture.test().where().includes(node, tags)
        || picture.nodes().stream().anyMatch(word -> word.node().equals(node));
  }
}
