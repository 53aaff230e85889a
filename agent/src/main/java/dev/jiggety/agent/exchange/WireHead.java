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
 * The head of an answer in HTTP/1.1 (RFC 9112 §2 to §6). Sloppy ones are read as browsers and
 * OkHttp do, since nobody would see anything wrong with such a site; broken is where a body begins
 * and ends in two ways.
 *
 * @param protocol {@code http/1.1} or {@code http/1.0}
 * @param reason the words after the status; may be empty
 */
record WireHead(String protocol, int status, String reason, List<Check.Header> headers) {
  /** The longest head, and the longest fields after a body in chunks; in bytes. */
  static final int LONGEST = 256 << 10;

  private static final Pattern STATUS =
      Pattern.compile("(?:HTTP/1\\.([01])|ICY) ([1-9][0-9][0-9])(?: (.*))?", Pattern.DOTALL);
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

  /** Reads lines that nobody looks at, until an empty one, like those after a body in chunks. */
  static void skipFields(BufferedSource in) throws IOException {
    Lines lines = new Lines(in, LONGEST);
    while (!lines.next().isEmpty()) {
      // forgotten
    }
  }

  private static WireHead status(String line) throws ProtocolException {
    Matcher matcher = STATUS.matcher(line);
    if (!matcher.matches()) {
      throw new ProtocolException("Unexpected status line: " + line);
    }
    return new WireHead(
        "1".equals(matcher.group(1)) ? "http/1.1" : "http/1.0", // ICY: as SHOUTcast begins
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

  /**
   * Whether its body comes in chunks; that counts more than a length. Said twice it is the same, as
   * where a program and the server before it both say so; {@code identity} was once a way to say
   * that it does not (RFC 2616 §3.6).
   */
  boolean chunked() throws ProtocolException {
    boolean chunked = false;
    for (Check.Header header : headers) {
      if (!header.name().equalsIgnoreCase("Transfer-Encoding")) {
        continue;
      }
      for (String text : header.value().split(",", -1)) {
        String coding = text.strip();
        chunked |= coding.equalsIgnoreCase("chunked");
        if (!coding.isEmpty()
            && !coding.equalsIgnoreCase("chunked")
            && !coding.equalsIgnoreCase("identity")) {
          throw new ProtocolException("its Transfer-Encoding is not known: " + header.value());
        }
      }
    }
    return chunked;
  }

  /**
   * How long its body is; -1 where it does not say, or says no number, and its end is that of the
   * connection.
   *
   * @throws ProtocolException when it says so in several ways
   */
  long length() throws ProtocolException {
    String said = null;
    for (Check.Header header : headers) {
      if (!header.name().equalsIgnoreCase("Content-Length")) {
        continue;
      }
      for (String text : header.value().split(",", -1)) {
        String length = text.strip();
        if (said != null && !said.equals(length)) {
          throw new ProtocolException("its Content-Length is none: " + header.value());
        }
        said = length;
      }
    }
    return said != null && DIGITS.matcher(said).matches() ? Long.parseLong(said) : -1;
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

    /**
     * The next one, without its end, which may be a line feed alone (RFC 9112 §2.2). A blank stands
     * for what may not be in it (RFC 9110 §5.5).
     */
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
      return line.replace('\r', ' ').replace('\0', ' ');
    }

    /** What is no field is left out, as browsers do. */
    private void fields(List<Check.Header> headers) throws IOException {
      boolean last = false; // whether the line before is the last of the headers
      for (String line = next(); !line.isEmpty(); line = next()) {
        if (isBlank(line.charAt(0))) { // goes on with the line before (RFC 9112 §5.2)
          if (last) {
            goOn(headers, value(line, 0));
          }
          continue;
        }
        int colon = line.indexOf(':');
        String name = colon < 0 ? "" : value(line.substring(0, colon), 0);
        last = isName(name);
        if (last) {
          headers.add(new Check.Header(name, value(line, colon + 1)));
        }
      }
    }

    private static void goOn(List<Check.Header> headers, String more) {
      Check.Header before = headers.removeLast();
      String all = before.value() + " " + more;
      headers.add(new Check.Header(before.name(), value(all, 0)));
    }

    private static boolean isName(String text) {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && NAME_MARKS.indexOf(c) < 0) {
          return false;
        }
      }
      return !text.isEmpty();
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
