package dev.jiggety.agent.exchange;

import dev.jiggety.model.Findings;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import okhttp3.MediaType;
import okio.Buffer;
import okio.BufferedSource;
import okio.ByteString;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, read to its end.
 *
 * @param kept its beginning, unpacked; empty when nobody looks at it
 * @param unpacked whether it was packed ({@code Content-Encoding}), and {@code kept} is not any
 *     more
 * @param complete whether {@code kept} is all of it
 * @param charset what it is written in; UTF-8 unless the answer says otherwise
 * @param bytes its size as received over the wire
 * @param chunks when parts of it came, since the first byte of the answer; few points, the last is
 *     the end
 */
public record Body(
    ByteString kept,
    boolean unpacked,
    boolean complete,
    Charset charset,
    long bytes,
    List<Findings.Chunk> chunks) {
  /** No body at all. */
  public static final Body NONE =
      new Body(ByteString.EMPTY, false, true, StandardCharsets.UTF_8, 0, List.of());

  private static final int PIECE = 64 << 10;

  public Body {
    chunks = List.copyOf(chunks);
  }

  /** What is kept, as text. */
  public String text() {
    return kept.string(charset);
  }

  /** Reads what comes, as far as it comes; what came before a failure stays in it. */
  static final class Reader {
    private final HopOptions options;
    private final Arrivals arrivals;
    private final Buffer kept = new Buffer();
    private Charset charset = StandardCharsets.UTF_8;
    private boolean unpacked;
    private long size;
    private long bytes;

    /**
     * A reader.
     *
     * @param nanos the monotonic clock; now is when the first byte of the answer came
     */
    Reader(HopOptions options, LongSupplier nanos) {
      this.options = options;
      this.arrivals = new Arrivals(nanos);
    }

    /** Reads all of it. */
    void read(@Nullable String type, @Nullable String encoding, Source body) throws IOException {
      charset = charset(type);
      BufferedSource wire = Okio.buffer(new Counter(body));
      Source unpacking =
          encoding == null || wire.exhausted() ? null : Packing.unpacking(encoding, wire);
      unpacked = unpacking != null;
      try (Source all = unpacking == null ? wire : unpacking) { // frees what unpacks
        drain(all);
      }
    }

    /** What came so far. */
    Body body() {
      return new Body(
          kept.snapshot(),
          unpacked,
          size <= options.keep(),
          charset,
          bytes,
          arrivals.chunks(bytes));
    }

    private void drain(Source source) throws IOException {
      Buffer piece = new Buffer();
      while (source.read(piece, PIECE) != -1) {
        size += piece.size();
        kept.write(piece, Math.min(piece.size(), options.keep() - kept.size()));
        piece.clear();
        if (size > options.largest()) {
          throw new TooLargeException(options.largest());
        }
      }
    }

    /** Counts what passes. */
    private final class Counter extends ForwardingSource {
      Counter(Source source) {
        super(source);
      }

      @Override
      public long read(Buffer sink, long byteCount) throws IOException {
        long read = super.read(sink, byteCount);
        if (read > 0) {
          bytes += read;
          arrivals.add(bytes);
        }
        if (bytes > options.largest()) {
          throw new TooLargeException(options.largest());
        }
        return read;
      }
    }
  }

  /** More than anybody wants to read. */
  static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1;

    private TooLargeException(long largest) {
      super("it is larger than " + inWords(largest));
    }

    private static String inWords(long bytes) {
      return bytes >= 1 << 20 && bytes % (1 << 20) == 0 ? (bytes >> 20) + " MiB" : bytes + " bytes";
    }
  }

  private static Charset charset(@Nullable String type) {
    if (type == null || !type.toLowerCase(Locale.ROOT).contains("charset")) {
      return StandardCharsets.UTF_8;
    }
    MediaType parsed = MediaType.parse(type);
    Charset charset = parsed == null ? null : parsed.charset(StandardCharsets.UTF_8);
    return charset == null ? StandardCharsets.UTF_8 : charset;
  }
}
