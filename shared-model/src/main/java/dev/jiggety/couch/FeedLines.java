package dev.jiggety.couch;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** The lines of a feed, none of which can take more memory than was allowed for it. */
final class FeedLines {
  private static final int BEGINNING = 1000;

  private final Reader in;
  private final int longest;
  private final char[] buffer = new char[8192];
  private int at;
  private int end;
  private boolean oversized;

  FeedLines(Reader in, int longest) {
    this.in = in;
    this.longest = longest;
  }

  /** The next line without its end; of one that is too long the beginning. Null after the last. */
  @Nullable String next() throws IOException {
    StringBuilder line = new StringBuilder();
    oversized = false;
    boolean any = false;
    while (true) {
      if (at == end) {
        end = in.read(buffer);
        at = 0;
        if (end < 0) {
          end = 0;
          return any ? line.toString() : null;
        }
      }
      any = true;
      int from = at;
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      take(line, from);
      if (at < end) {
        at++;
        return line.toString();
      }
    }
  }

  /** Whether the last line was too long. */
  boolean isOversized() {
    return oversized;
  }

  private void take(StringBuilder line, int from) {
    if (oversized) {
      return;
    }
    line.append(buffer, from, at - from);
    if (line.length() > longest) {
      oversized = true;
      line.setLength(Math.min(BEGINNING, longest));
      line.trimToSize();
    }
  }
}
