package dev.jiggety.agent.hub;

import java.io.IOException;
import java.io.OutputStream;

/** Collects small writes, and holds back the first bytes until there are many or it is closed. */
final class BufferedResponse extends OutputStream {
  private final OutputStream out;
  private final byte[] buffer = new byte[16_384];
  private int filled;

  BufferedResponse(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > buffer.length - filled) {
      drain();
    }
    if (length > buffer.length) {
      out.write(bytes, offset, length);
    } else {
      System.arraycopy(bytes, offset, buffer, filled, length);
      filled += length;
    }
  }

  private void drain() throws IOException {
    if (filled > 0) {
      out.write(buffer, 0, filled);
      filled = 0;
    }
  }

  @Override
  public void close() throws IOException {
    drain();
    out.close();
  }
}
