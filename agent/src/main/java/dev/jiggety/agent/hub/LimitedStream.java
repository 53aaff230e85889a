package dev.jiggety.agent.hub;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/**
 * Ends in {@link CouchError#tooLarge} when more bytes come than allowed, and tells how many came.
 */
final class LimitedStream extends FilterInputStream {
  private final long limit;
  private final LongConsumer progress;
  private long left;

  LimitedStream(InputStream in, long limit, LongConsumer progress) {
    super(in);
    this.limit = limit;
    this.progress = progress;
    this.left = limit;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    var count = received(bytes, offset, length);
    left -= Math.max(count, 0);
    if (left < 0) {
      throw CouchError.tooLarge();
    }
    progress.accept(limit - left);
    return count;
  }

  /**
   * A body that ends early or is packed wrong is the client's fault, not that of a file of ours.
   */
  private int received(byte[] bytes, int offset, int length) {
    try {
      return super.read(bytes, offset, length);
    } catch (IOException e) {
      throw CouchError.badRequest("The request's body cannot be read to its end.");
    }
  }
}
