package dev.jiggety.agent.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a child writes to its standard error: into the log, for those who look for trouble, and
 * bounded: only so many lines of a measurement, and only the beginning of long ones.
 */
final class ChildOutput {
  private static final Logger LOG = System.getLogger(WorkerPool.class.getName());
  private static final int LINES = 100;
  private static final int LONGEST_LINE = 500;
  private static final int LAST = 10;

  private final String name;
  private final Deque<String> last = new ArrayDeque<>();
  private int left = LINES;

  ChildOutput(String name) {
    this.name = name;
  }

  /** Reads until the end. */
  void read(InputStream stream) {
    StringBuilder line = new StringBuilder();
    try (Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      char[] part = new char[4096];
      for (int count = reader.read(part); count >= 0; count = reader.read(part)) {
        for (int i = 0; i < count; i++) {
          if (part[i] == '\n') {
            add(line.toString());
            line.setLength(0);
          } else if (line.length() < LONGEST_LINE) {
            line.append(part[i]);
          }
        }
      }
      if (!line.isEmpty()) {
        add(line.toString());
      }
    } catch (IOException e) {
      add("(cut: " + e.getMessage() + ")");
    }
  }

  /** Another measurement begins, with as many lines again. */
  synchronized void begin() {
    left = LINES;
    last.clear();
  }

  /** Whether one of the last lines holds that. */
  synchronized boolean says(String text) {
    return last.stream().anyMatch(line -> line.contains(text));
  }

  private synchronized void add(String line) {
    last.addLast(line);
    if (last.size() > LAST) {
      last.removeFirst();
    }
    if (left > 0) {
      left--;
      LOG.log(Level.DEBUG, "{0}: {1}", name, line);
    }
  }
}
