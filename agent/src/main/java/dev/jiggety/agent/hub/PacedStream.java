package dev.jiggety.agent.hub;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Ends in {@link CouchError#tooSlow} when a body trickles in: after the time of grace it must have
 * come at 1,000 bytes a second or more, all in all.
 */
final class PacedStream extends FilterInputStream {
  private static final long BYTES_PER_SECOND = 1_000;
  private static final double NANOS = 1e9;

  private final long began = System.nanoTime();
  private final long graceNanos;
  private long bytes;

  PacedStream(InputStream in, long graceNanos) {
    super(in);
    this.graceNanos = graceNanos;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    var count = super.read(buffer, offset, length);
    if (count > 0) {
      bytes += count;
      var late = System.nanoTime() - began - graceNanos;
      if (late > 0 && bytes < late / NANOS * BYTES_PER_SECOND) {
        throw CouchError.tooSlow();
      }
    }
    return count;
  }

  @Override
  public long skip(long most) throws IOException {
    var buffer = new byte[8_192];
    var skipped = 0L;
    while (skipped < most) {
      var count = read(buffer, 0, (int) Math.min(buffer.length, most - skipped));
      if (count < 0) {
        break;
      }
      skipped += count;
    }
    return skipped;
  }

  /** Does nothing: the body belongs to the request, and what nobody read is skipped in the end. */
  @Override
  public void close() {}
}
