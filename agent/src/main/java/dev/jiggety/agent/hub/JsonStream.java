package dev.jiggety.agent.hub;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Text collected to pieces of some size and sent on. For one thread. */
final class JsonStream {
  private static final int PIECE = 16_384;

  private final @Nullable OutputStream out;
  private final StringBuilder text;

  JsonStream(OutputStream out) {
    this.out = out;
    this.text = new StringBuilder(PIECE + 1_024);
  }

  /** One that goes nowhere: all text stays in what is given. */
  JsonStream(StringBuilder text) {
    this.out = null;
    this.text = text;
  }

  /** What to append to; call {@link #step} now and then. */
  StringBuilder text() {
    return text;
  }

  /** Sends on what has been collected, if it is enough to be worth it. */
  void step() throws IOException {
    if (text.length() >= PIECE) {
      flush();
    }
  }

  /** Sends on what has been collected. */
  void flush() throws IOException {
    if (out == null) {
      return;
    }
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    text.setLength(0);
    if (text.capacity() > 64 * PIECE) {
      text.trimToSize();
    }
  }
}
