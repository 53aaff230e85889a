package dev.jiggety.agent.hub;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Takes a multipart body (RFC 2046 §5.1) apart as it comes, without holding it.
 *
 * <p>Our own, because Jetty 12.1's parser gives a line feed too much where a chunk ends between the
 * two characters that end a line, which no sender can help.
 */
final class MultipartReader {
  private static final int MOST_PARTS = 10_000;
  private static final int MOST_HEADER_BYTES = 16_384;
  private static final int PIECE = 65_536;

  private final InputStream in;
  private final byte[] delimiter;
  private final byte[] buffer = new byte[PIECE];
  // What has been read and not yet used.
  private int from;
  private int to;

  private MultipartReader(InputStream in, String boundary) {
    this.in = in;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.UTF_8);
    // The first boundary may be the very beginning; so it, too, is at the beginning of a line.
    buffer[to++] = '\r';
    buffer[to++] = '\n';
  }

  /** The headers of a part. Names are read without regard to case. */
  static final class Headers {
    private final TreeMap<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    Optional<String> get(String name) {
      return Optional.ofNullable(values.get(name));
    }

    /** The name in {@code Content-Disposition: attachment; filename="…"}. */
    Optional<String> filename() {
      return get("Content-Disposition").flatMap(text -> HeaderText.parameter(text, "filename"));
    }
  }

  /** Is told of the parts in their order. */
  @FunctionalInterface
  interface Parts {

    /** A part begins; what it contains is written to the answer, which is closed at its end. */
    OutputStream begin(Headers headers) throws IOException;
  }

  /**
   * The boundary of a {@code Content-Type}.
   *
   * @throws CouchError 400, where there is none or it is no boundary
   */
  static String boundary(String contentType) {
    var boundary = HeaderText.parameter(contentType, "boundary").orElse("");
    if (boundary.isEmpty() || boundary.length() > 200 || !boundary.equals(boundary.strip())) {
      throw CouchError.badRequest("Content-Type has no usable boundary");
    }
    return boundary;
  }

  /**
   * Reads to the end of the body.
   *
   * @throws CouchError 400, where it is no multipart body or ends before its last boundary
   * @throws IOException what reading or the parts throw
   */
  static void read(InputStream body, String boundary, Parts parts) throws IOException {
    new MultipartReader(body, boundary).read(parts);
  }

  private void read(Parts parts) throws IOException {
    copyToDelimiter(OutputStream.nullOutputStream());
    for (var count = 0; !isLast(); count++) {
      if (count == MOST_PARTS) {
        throw wrong("it has more than " + MOST_PARTS + " parts");
      }
      try (var part = parts.begin(headers())) {
        copyToDelimiter(part);
      }
    }
    // A connection whose body is not read to its end cannot be used again.
    in.transferTo(OutputStream.nullOutputStream());
  }

  private static CouchError wrong(String why) {
    return CouchError.badRequest("The multipart body cannot be read: " + why);
  }

  /** Makes room and reads on. */
  private void fill() throws IOException {
    System.arraycopy(buffer, from, buffer, 0, to - from);
    to -= from;
    from = 0;
    var count = in.read(buffer, to, buffer.length - to);
    if (count < 0) {
      throw wrong("it ends before its last boundary");
    }
    to += count;
  }

  /** Copies what comes before the next boundary, and goes behind it. */
  private void copyToDelimiter(OutputStream out) throws IOException {
    while (true) {
      var at = find();
      if (at >= 0) {
        out.write(buffer, from, at - from);
        from = at + delimiter.length;
        return;
      }
      // The end may be the beginning of a boundary.
      var sure = to - from - delimiter.length + 1;
      if (sure > 0) {
        out.write(buffer, from, sure);
        from += sure;
      }
      fill();
    }
  }

  /** Where the next boundary is; -1 for not in what has been read. */
  private int find() {
    for (var at = from; at <= to - delimiter.length; at++) {
      if (buffer[at] == '\r'
          && java.util.Arrays.equals(
              buffer, at, at + delimiter.length, delimiter, 0, delimiter.length)) {
        return at;
      }
    }
    return -1;
  }

  private byte next() throws IOException {
    while (from == to) {
      fill();
    }
    return buffer[from++];
  }

  /** Whether the boundary was the last one; reads what is left of its line. */
  private boolean isLast() throws IOException {
    var first = next();
    if (first == '-') {
      if (next() == '-') {
        return true;
      }
      throw wrong("a line begins with the boundary and goes on");
    }
    while (first == ' ' || first == '\t') {
      first = next();
    }
    if (first != '\r' || next() != '\n') {
      throw wrong("a line begins with the boundary and goes on");
    }
    return false;
  }

  private Headers headers() throws IOException {
    var headers = new Headers();
    var left = MOST_HEADER_BYTES;
    for (var line = line(left); !line.isEmpty(); line = line(left)) {
      left -= line.length();
      var colon = line.indexOf(':');
      if (colon <= 0) {
        throw wrong("a part has a header without a name");
      }
      headers.values.putIfAbsent(
          line.substring(0, colon).strip(), line.substring(colon + 1).strip());
    }
    return headers;
  }

  private String line(int most) throws IOException {
    var line = new ByteArrayOutputStream();
    for (var b = next(); b != '\n'; b = next()) {
      if (line.size() >= most) {
        throw wrong("a part has more than " + MOST_HEADER_BYTES + " bytes of headers");
      }
      line.write(b);
    }
    var text = line.toString(StandardCharsets.UTF_8);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
