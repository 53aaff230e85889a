package dev.jiggety.model;

import java.time.Instant;
import java.util.List;

/**
 * The last lines of a part's log, for who cannot look at its machine. Secrets are taken out before.
 *
 * @param writer a node by its name, a manager as {@code manager:<name>}
 * @param startedAt when its process began
 * @param writtenAt when it gave this
 * @param lines oldest first; warnings and worse stay in it for longer than the rest
 */
public record LogExcerpt(String writer, Instant startedAt, Instant writtenAt, List<Line> lines) {
  public LogExcerpt {
    lines = List.copyOf(lines);
  }

  /** How a manager is named here, since a node may bear the same name. */
  public static String manager(String name) {
    return "manager:" + name;
  }

  /** How much it matters. */
  public enum Level {
    INFO,
    WARNING,
    ERROR
  }

  /** One line, without line breaks. */
  public record Line(Instant at, Level level, String text) {}
}
