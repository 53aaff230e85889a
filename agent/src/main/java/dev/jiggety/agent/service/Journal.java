package dev.jiggety.agent.service;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;

/**
 * Log lines for systemd's journal: each begins with its priority, and none with a time, which the
 * journal has itself.
 *
 * @see <a
 *     href="https://www.freedesktop.org/software/systemd/man/latest/sd-daemon.html">sd-daemon</a>
 */
public final class Journal extends Formatter {
  private static final String VARIABLE = "JOURNAL_STREAM";
  private static final int ERROR = 3;
  private static final int WARNING = 4;
  private static final int INFO = 6;
  private static final int DEBUG = 7;

  /** Whether what this process writes to its standard error goes to the journal. */
  public static boolean isStandardError() {
    return isStandardError(System.getenv(), Path.of("/proc/self/fd/2"));
  }

  /**
   * The variable may be inherited by somebody who has sent the output elsewhere: it names where.
   */
  static boolean isStandardError(Map<String, String> environment, Path stream) {
    String named = environment.getOrDefault(VARIABLE, "");
    if (named.isEmpty()) {
      return false;
    }
    try {
      String device = String.valueOf(Files.getAttribute(stream, "unix:dev"));
      String inode = String.valueOf(Files.getAttribute(stream, "unix:ino"));
      return named.equals(device + ":" + inode);
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public String format(LogRecord entry) {
    StringWriter text = new StringWriter();
    text.append(formatMessage(entry));
    Throwable thrown = entry.getThrown();
    if (thrown != null) {
      text.append('\n');
      thrown.printStackTrace(new PrintWriter(text, true));
    }
    String priority = "<" + priority(entry.getLevel()) + ">";
    return text.toString()
        .lines()
        .map(line -> priority + line)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static int priority(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) {
      return ERROR;
    }
    if (level.intValue() >= Level.WARNING.intValue()) {
      return WARNING;
    }
    return level.intValue() >= Level.INFO.intValue() ? INFO : DEBUG;
  }
}
