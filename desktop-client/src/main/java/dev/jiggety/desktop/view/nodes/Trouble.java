package dev.jiggety.desktop.view.nodes;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something about a part that people should look at.
 *
 * @param text what a part, or somebody else, said of it; empty for nothing
 * @param time how long, how late or how far off; null where it is not about time
 * @param number how many, how much
 */
record Trouble(Kind kind, String text, @Nullable Duration time, long number) {
  /** What is the matter. In the order of how urgent it is. */
  enum Kind {
    SILENT(true),
    DISK(true),
    SLOT_FAILED(true),
    CLONED(true),
    HELD(true),
    NOT_LED(true),
    LOST(true),
    QUARANTINED(true),
    CLOCK(true),
    BACKLOG(false),
    CONFIG_OLD(false),
    BEHIND(false),
    CRASHED(false),
    LATE(false),
    VERSION(false),
    NOTICE(false);

    private final boolean bad;

    Kind(boolean bad) {
      this.bad = bad;
    }
  }

  static Trouble of(Kind kind, String text) {
    return new Trouble(kind, text, null, 0);
  }

  static Trouble of(Kind kind, Duration time) {
    return new Trouble(kind, "", time, 0);
  }

  static Trouble of(Kind kind, long number) {
    return new Trouble(kind, "", null, number);
  }

  /** Whether something does not work; otherwise it works and deserves a look. */
  boolean isBad() {
    return kind.bad;
  }
}
