package dev.jiggety.agent.exchange;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.Inflater;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.GzipSource;
import okio.InflaterSource;
import okio.Okio;
import okio.Source;
import org.brotli.dec.BrotliInputStream;
import org.jspecify.annotations.Nullable;

/** How bodies are packed on their way (RFC 9110 §8.4.1, RFC 7932). */
final class Packing {
  private Packing() {}

  /** Reads what is packed so; null where that is not known here. */
  static @Nullable Source unpacking(String encoding, BufferedSource wire) throws IOException {
    String name = encoding.strip().toLowerCase(Locale.ROOT);
    return switch (name) {
      case "gzip", "x-gzip" -> checked("gzip", new GzipSource(wire));
      case "deflate" -> checked(name, new InflaterSource(wire, new Inflater(!isZlib(wire))));
      case "br" -> checked("brotli", brotli(wire));
      default -> null;
    };
  }

  /** RFC 9110 says that it is zlib; some servers send what is in the zlib. */
  private static boolean isZlib(BufferedSource wire) throws IOException {
    if (!wire.request(2)) {
      return true;
    }
    int head = wire.peek().readShort() & 0xffff;
    return (head >> 8 & 0x0f) == 8 && head % 31 == 0; // RFC 1950 §2.2
  }

  private static Source brotli(BufferedSource wire) throws IOException {
    try {
      return Okio.source(new BrotliInputStream(wire.inputStream()));
    } catch (EOFException e) {
      throw e;
    } catch (IOException e) {
      throw below(e).orElseGet(() -> broken("brotli", e));
    }
  }

  /** The decoder of brotli wraps what went wrong below it, like a timeout. */
  private static Optional<IOException> below(IOException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException wire) {
        return Optional.of(wire);
      }
    }
    return Optional.empty();
  }

  /** What is wrong with the packing is wrong with the answer; what is wrong below is passed on. */
  private static Source checked(String name, Source packed) {
    return new ForwardingSource(packed) {
      @Override
      public long read(Buffer sink, long byteCount) throws IOException {
        try {
          return super.read(sink, byteCount);
        } catch (EOFException e) {
          throw new ProtocolException("its " + name + " is cut short");
        } catch (IOException e) {
          String message = String.valueOf(e.getMessage());
          if (e.getClass() == IOException.class && !message.startsWith("unexpected end")) {
            throw below(e).orElseGet(() -> broken(name, e));
          }
          throw e;
        }
      }
    };
  }

  private static ProtocolException broken(String name, IOException e) {
    return new ProtocolException("its " + name + " is broken: " + e.getMessage());
  }
}
