package dev.jiggety.agent.probe.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import okhttp3.MediaType;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.GzipSource;
import okio.Okio;
import okio.Source;

/**
 * The body of an answer, read to its end.
 *
 * @param text its beginning, unpacked and decoded; empty when nobody looks at it
 * @param complete whether {@code text} is all of it
 * @param bytes its size as received
 */
record Body(String text, boolean complete, long bytes) {
  /** How much is kept for assertions, in bytes after unpacking. */
  static final long KEPT = 1 << 20;

  /** The largest body that is read, packed or unpacked; more of it is a failure. */
  static final long LARGEST = 64L << 20;

  private static final int PIECE = 64 << 10;

  /** Counts what passes. */
  private static final class Counter extends ForwardingSource {
    private long bytes;

    Counter(Source source) {
      super(source);
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      long read = super.read(sink, byteCount);
      bytes += Math.max(0, read);
      if (bytes > LARGEST) {
        throw tooLarge();
      }
      return read;
    }
  }

  /**
   * Reads an answer's body.
   *
   * @param keep whether somebody looks at the text
   */
  static Body read(Response response, boolean keep) throws IOException {
    Counter counter = new Counter(response.body().source());
    BufferedSource wire = Okio.buffer(counter);
    boolean packed =
        "gzip".equalsIgnoreCase(response.header("Content-Encoding")) && !wire.exhausted();
    Buffer kept = new Buffer();
    long size = packed ? drain(unpacking(wire), kept, keep) : drain(wire, kept, keep);
    String text = keep ? kept.readString(charset(response.body().contentType())) : "";
    return new Body(text, size <= KEPT, counter.bytes);
  }

  private static long drain(Source source, Buffer kept, boolean keep) throws IOException {
    Buffer piece = new Buffer();
    long size = 0;
    while (source.read(piece, PIECE) != -1) {
      long wanted = keep ? Math.min(piece.size(), KEPT - kept.size()) : 0;
      size += piece.size();
      kept.write(piece, wanted);
      piece.clear();
      if (size > LARGEST) {
        throw tooLarge();
      }
    }
    return size;
  }

  /** What is wrong with the packing is wrong with the answer; what is wrong below is passed on. */
  private static Source unpacking(BufferedSource wire) {
    return new ForwardingSource(new GzipSource(wire)) {
      @Override
      public long read(Buffer sink, long byteCount) throws IOException {
        try {
          return super.read(sink, byteCount);
        } catch (EOFException e) {
          throw new ProtocolException("its gzip is cut short");
        } catch (IOException e) {
          String message = String.valueOf(e.getMessage());
          if (e.getClass() == IOException.class && !message.startsWith("unexpected end")) {
            throw new ProtocolException("its gzip is broken: " + message);
          }
          throw e;
        }
      }
    };
  }

  private static Charset charset(@org.jspecify.annotations.Nullable MediaType type) {
    Charset charset = type == null ? null : type.charset(StandardCharsets.UTF_8);
    return charset == null ? StandardCharsets.UTF_8 : charset;
  }

  private static ProtocolException tooLarge() {
    return new ProtocolException("it is larger than " + (LARGEST >> 20) + " MiB");
  }
}
