package dev.jiggety.agent.exchange;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.regex.Pattern;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Source;

/** The body of an answer in HTTP/1.1, out of what frames it (RFC 9112 §6 and §7). */
final class WireBody {
  /** The longest line that begins a chunk. */
  private static final int LONGEST = 8 << 10;

  private static final Pattern SIZE = Pattern.compile("0*[0-9a-fA-F]{1,15}");

  private WireBody() {}

  /**
   * The body after a head.
   *
   * @param asked the method of the request
   */
  static Source of(BufferedSource in, WireHead head, String asked) throws IOException {
    boolean chunked = head.chunked();
    long length = chunked ? -1 : head.length();
    if ((head.status() == 204 || head.status() == 205) && length > 0) {
      throw new ProtocolException(
          "HTTP " + head.status() + " had non-zero Content-Length: " + length);
    }
    boolean none =
        asked.equals("HEAD") || head.status() < 200 || head.status() == 204 || head.status() == 304;
    if (none) {
      return new Fixed(in, 0);
    }
    if (chunked) {
      return new Chunked(in);
    }
    return length < 0 ? in : new Fixed(in, length); // in: until the connection is closed
  }

  /** So many bytes. */
  private static final class Fixed extends ForwardingSource {
    private long left;

    private Fixed(Source in, long length) {
      super(in);
      this.left = length;
    }

    @Override
    public long read(Buffer sink, long most) throws IOException {
      if (left == 0) {
        return -1;
      }
      long read = super.read(sink, Math.min(most, left));
      if (read < 0) {
        throw new ProtocolException("unexpected end of stream");
      }
      left -= read;
      return read;
    }
  }

  /** Chunk by chunk; what follows the last one is read and forgotten. */
  private static final class Chunked extends ForwardingSource {
    private final BufferedSource in;
    private long left;
    private boolean begun;
    private boolean over;

    private Chunked(BufferedSource in) {
      super(in);
      this.in = in;
    }

    @Override
    public long read(Buffer sink, long most) throws IOException {
      if (left == 0 && !over) {
        next();
      }
      if (over) {
        return -1;
      }
      long read = super.read(sink, Math.min(most, left));
      if (read < 0) {
        throw new ProtocolException("unexpected end of stream");
      }
      left -= read;
      return read;
    }

    private void next() throws IOException {
      if (begun && !new WireHead.Lines(in, 2).next().isEmpty()) {
        throw new ProtocolException("a chunk is longer than it says");
      }
      begun = true;
      left = size(new WireHead.Lines(in, LONGEST).next());
      if (left == 0) {
        WireHead.skipFields(in);
        over = true;
      }
    }

    /** In hexadecimal digits; extensions may follow. */
    private static long size(String line) throws ProtocolException {
      int end = line.indexOf(';');
      String digits = (end < 0 ? line : line.substring(0, end)).strip();
      if (!SIZE.matcher(digits).matches()) {
        throw new ProtocolException("expected the size of a chunk but was \"" + line + "\"");
      }
      return Long.parseLong(digits, 16);
    }
  }
}
