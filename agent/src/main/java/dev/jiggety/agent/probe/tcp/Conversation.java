package dev.jiggety.agent.probe.tcp;

import dev.jiggety.agent.exchange.PhaseClock;
import dev.jiggety.model.Phase;
import dev.jiggety.model.rules.BoundedText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What was said on a connection: the words of the test, and what came back until it is what is
 * expected, the other side is done, or it is too much.
 *
 * @param heard as Latin-1, so that every byte is a character; at most 64 KiB
 * @param matched whether what is expected was in it
 * @param bytes how many came
 */
record Conversation(String heard, boolean matched, long bytes) {
  private static final int MOST = 64 * 1024;
  private static final int EXCERPT = 120;

  /** Says and hears. */
  static Conversation hold(
      Socket socket, @Nullable String words, @Nullable String expect, PhaseClock clock)
      throws IOException {
    if (words != null) {
      clock.enter(Phase.SEND, System.nanoTime());
      socket.getOutputStream().write(unescaped(words).getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
    }
    if (expect == null) {
      return new Conversation("", true, 0);
    }
    clock.enter(Phase.WAIT, System.nanoTime());
    return listen(socket.getInputStream(), expect, clock);
  }

  private static Conversation listen(InputStream in, String expect, PhaseClock clock)
      throws IOException {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    byte[] buffer = new byte[4096];
    while (heard.size() < MOST) {
      int count = in.read(buffer);
      clock.enter(Phase.RECEIVE, System.nanoTime());
      if (count < 0) {
        break;
      }
      heard.write(buffer, 0, count);
      String text = heard.toString(StandardCharsets.ISO_8859_1);
      if (finds(expect, text)) {
        return new Conversation(text, true, heard.size());
      }
    }
    return new Conversation(heard.toString(StandardCharsets.ISO_8859_1), false, heard.size());
  }

  private static boolean finds(String expect, String text) {
    try {
      return BoundedText.find(expect, text);
    } catch (BoundedText.TooMuchWork e) {
      return false;
    }
  }

  /** The beginning of what was heard, on one line. */
  String excerpt() {
    String start = heard.length() <= EXCERPT ? heard : heard.substring(0, EXCERPT) + "…";
    return start.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
  }

  /** {@code \r}, {@code \n}, {@code \t} and {@code \\} as such. */
  private static String unescaped(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\' || i + 1 == text.length()) {
        plain.append(c);
        continue;
      }
      char next = text.charAt(++i);
      switch (next) {
        case 'r' -> plain.append('\r');
        case 'n' -> plain.append('\n');
        case 't' -> plain.append('\t');
        case '\\' -> plain.append('\\');
        default -> plain.append(c).append(next);
      }
    }
    return plain.toString();
  }
}
