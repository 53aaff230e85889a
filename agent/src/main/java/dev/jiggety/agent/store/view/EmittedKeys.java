package dev.jiggety.agent.store.view;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** The rows of one document as bytes: view, length and bytes of each key, one after the other. */
final class EmittedKeys {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Takes a row. */
  @FunctionalInterface
  interface Visitor {
    void row(int view, byte[] key);
  }

  void add(int view, byte[] key) {
    writeNumber(view);
    writeNumber(key.length);
    bytes.writeBytes(key);
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  static void read(byte[] emitted, Visitor visitor) {
    var in = ByteBuffer.wrap(emitted);
    while (in.hasRemaining()) {
      var view = readNumber(in);
      var key = new byte[readNumber(in)];
      in.get(key);
      visitor.row(view, key);
    }
  }

  /** Seven bits a byte, the lowest first; the eighth says that more follow. */
  private void writeNumber(int number) {
    var rest = number;
    for (; rest > 0x7f; rest >>>= 7) {
      bytes.write(rest | 0x80);
    }
    bytes.write(rest);
  }

  private static int readNumber(ByteBuffer in) {
    var number = 0;
    for (var shift = 0; ; shift += 7) {
      var next = in.get();
      number |= (next & 0x7f) << shift;
      if (next >= 0) {
        return number;
      }
    }
  }
}
