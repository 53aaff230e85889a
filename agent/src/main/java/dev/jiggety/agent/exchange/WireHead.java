package dev.jiggety.agent.exchange;

import dev.jiggety.model.Check;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * The head of an answer in HTTP/1.1 (RFC 9112 §2 to §6), read strictly: what programs may
 * understand in two ways is broken.
 *
 * @param protocol {@code http/1.1} or {@code http/1.0}
 * @param reason the words after the status; may be empty
 */
record WireHead(String protocol, int status, String reason, List<Check.Header> headers) {
  /** The longest head, and the longest fields after a body in chunks; in bytes. */
  static final int LONGEST = 256 << 10;

  private static final Pattern STATUS =
      Pattern.compile("HTTP/1\\.([01]) ([1-9][0-9][0-9])(?: (.*))?", Pattern.DOTALL);
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");
  private static final String NAME_MARKS = "!#$%&'*+-.^_`|~"; // RFC 9110 §5.6.2

  /**
   * Reads the head of the answer; those that only say that it takes a while (1xx) are skipped.
   *
   * @throws ProtocolException when it is broken, or ends in the middle
   */
  static WireHead read(BufferedSource in) throws IOException {
    Lines lines = new Lines(in, LONGEST);
    while (true) {
      WireHead head = status(lines.next());
      lines.fields(head.headers);
      if (head.status >= 200 || head.status == 101) {
        return head;
      }
    }
  }

  /** Reads fields that nobody looks at, like those after a body in chunks. */
  static void skipFields(BufferedSource in) throws IOException {
    new Lines(in, LONGEST).fields(new ArrayList<>());
  }

  private static WireHead status(String line) throws ProtocolException {
    Matcher matcher = STATUS.matcher(line);
    if (!matcher.matches()) {
      throw new ProtocolException("Unexpected status line: " + line);
    }
    return new WireHead(
        "http/1." + matcher.group(1),
        Integer.parseInt(matcher.group(2)),
        matcher.group(3) == null ? "" : matcher.group(3),
        new ArrayList<>());
  }

  /** The last value under that name. */
  @Nullable String value(String name) {
    String value = null;
    for (Check.Header header : headers) {
      value = header.name().equalsIgnoreCase(name) ? header.value() : value;
    }
    return value;
  }

  /** Whether its body comes in chunks; that counts more than a length. */
  boolean chunked() throws ProtocolException {
    String all = null;
    for (Check.Header header : headers) {
      if (header.name().equalsIgnoreCase("Transfer-Encoding")) {
        all = all == null ? header.value() : all + ", " + header.value();
      }
    }
    if (all != null && !all.equalsIgnoreCase("chunked")) {
      throw new ProtocolException("its Transfer-Encoding is not known: " + all);
    }
    return all != null;
  }

  /**
   * How long its body is; -1 where it does not say.
   *
   * @throws ProtocolException when that is no number, or several
   */
  long length() throws ProtocolException {
    long length = -1;
    for (Check.Header header : headers) {
      if (!header.name().equalsIgnoreCase("Content-Length")) {
        continue;
      }
      for (String text : header.value().split(",", -1)) {
        String digits = text.strip();
        long value = DIGITS.matcher(digits).matches() ? Long.parseLong(digits) : -1;
        if (value < 0 || (length >= 0 && length != value)) {
          throw new ProtocolException("its Content-Length is none: " + header.value());
        }
        length = value;
      }
    }
    return length;
  }

  /** Lines, until they are too long all together. */
  static final class Lines {
    private final BufferedSource in;
    private final long most;
    private long read;

    /**
     * Lines to come.
     *
     * @param most how long all of them may be, in bytes
     */
    Lines(BufferedSource in, long most) {
      this.in = in;
      this.most = most;
    }

    /** The next one, without its end, which may be a line feed alone (RFC 9112 §2.2). */
    String next() throws IOException {
      long end = in.indexOf((byte) '\n', 0, most - read);
      if (end < 0 && in.getBuffer().size() >= most - read) {
        throw new ProtocolException("its head is longer than " + most + " bytes");
      }
      if (end < 0) {
        throw new ProtocolException("unexpected end of stream");
      }
      read += end + 1;
      boolean pair = end > 0 && in.getBuffer().getByte(end - 1) == '\r';
      String line = in.readUtf8(pair ? end - 1 : end);
      in.skip(pair ? 2 : 1);
      if (line.indexOf('\r') >= 0 || line.indexOf('\0') >= 0) {
        throw new ProtocolException("a character in its head that may not be there");
      }
      return line;
    }

    private void fields(List<Check.Header> headers) throws IOException {
      for (String line = next(); !line.isEmpty(); line = next()) {
        int colon = line.indexOf(':');
        if (colon < 1 || !isName(line, colon)) {
          throw new ProtocolException("a line of its head is no header: " + line);
        }
        headers.add(new Check.Header(line.substring(0, colon), value(line, colon + 1)));
      }
    }

    /** What begins with a blank is none: it once went on with the line before (§5.2). */
    private static boolean isName(String line, int end) {
      for (int i = 0; i < end; i++) {
        char c = line.charAt(i);
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && NAME_MARKS.indexOf(c) < 0) {
          return false;
        }
      }
      return true;
    }

    private static String value(String line, int from) {
      int begin = from;
      int end = line.length();
      while (begin < end && isBlank(line.charAt(begin))) {
        begin++;
      }
      while (begin < end && isBlank(line.charAt(end - 1))) {
        end--;
      }
      return line.substring(begin, end);
    }

    private static boolean isBlank(char c) {
      return c == ' ' || c == '\t';
    }
  }
}
