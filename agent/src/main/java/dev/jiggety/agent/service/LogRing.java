package dev.jiggety.agent.service;

import dev.jiggety.base.Secret;
import dev.jiggety.model.LogExcerpt.Level;
import dev.jiggety.model.LogExcerpt.Line;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/**
 * Keeps the last lines of this process' log: some of all, and warnings and worse for longer, so
 * that a talkative hour does not push out why it went wrong. Bounded, and masked when a line comes
 * in.
 */
public final class LogRing extends Handler {
  private static final int MOST_LINES = 100;
  private static final int MOST_WARNINGS = 50;
  private static final int LONGEST = 400;

  /** Shorter ones would mask half of every line. */
  private static final int SHORTEST_SECRET = 4;

  private static final LogRing SHARED = new LogRing();

  private final Formatter words = new SimpleFormatter();
  private final Set<String> secrets = new CopyOnWriteArraySet<>();
  private final Deque<Line> all = new ArrayDeque<>();
  private final Deque<Line> warnings = new ArrayDeque<>();
  private long count;
  private long warningCount;

  LogRing() {}

  /** The one of this process. */
  public static LogRing shared() {
    return SHARED;
  }

  /** Never shows this, whatever a message says. */
  public void hide(Secret secret) {
    if (secret.reveal().length() >= SHORTEST_SECRET) {
      secrets.add(secret.reveal());
    }
  }

  /**
   * What is kept.
   *
   * @param count how many lines there were, to see whether there are new ones
   * @param warnings how many of these were warnings or worse
   */
  public record Kept(List<Line> lines, long count, long warnings) {}

  /** What is kept now, oldest first. */
  public Kept kept() {
    synchronized (all) {
      Set<Line> both = new LinkedHashSet<>(warnings);
      both.addAll(all);
      List<Line> lines = new ArrayList<>(both);
      lines.sort(Comparator.comparing(Line::at));
      return new Kept(lines, count, warningCount);
    }
  }

  @Override
  public void publish(LogRecord entry) {
    Level level = level(entry.getLevel());
    if (entry.getLevel().intValue() < java.util.logging.Level.INFO.intValue()) {
      return;
    }
    Line line = new Line(Instant.ofEpochMilli(entry.getMillis()), level, text(entry));
    synchronized (all) {
      keep(all, line, MOST_LINES);
      count++;
      if (level != Level.INFO) {
        keep(warnings, line, MOST_WARNINGS);
        warningCount++;
      }
    }
  }

  private static void keep(Deque<Line> lines, Line line, int most) {
    if (lines.size() == most) {
      lines.removeFirst();
    }
    lines.addLast(line);
  }

  private String text(LogRecord entry) {
    Throwable thrown = entry.getThrown();
    String text = words.formatMessage(entry) + (thrown == null ? "" : " (" + thrown + ")");
    for (String secret : secrets) {
      text = text.replace(secret, LogMask.STARS);
    }
    text = LogMask.mask(text.replaceAll("\\s+", " ").strip());
    return text.length() > LONGEST ? text.substring(0, LONGEST - 1) + "…" : text;
  }

  private static Level level(java.util.logging.Level level) {
    if (level.intValue() >= java.util.logging.Level.SEVERE.intValue()) {
      return Level.ERROR;
    }
    return level.intValue() >= java.util.logging.Level.WARNING.intValue()
        ? Level.WARNING
        : Level.INFO;
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
