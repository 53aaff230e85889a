package dev.jiggety.agent.store.collation;

import java.util.Arrays;

/** Bytes that grow; without the locks of the JDK's own. */
final class KeyBytes {

  private byte[] bytes = new byte[64];
  private int size;

  void append(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  void append(byte[] source, int length) {
    reserve(length);
    System.arraycopy(source, 0, bytes, size, length);
    size += length;
  }

  /** The most significant byte first, so that the order of the numbers (unsigned) is kept. */
  void appendLong(long value) {
    for (var shift = 56; shift >= 0; shift -= 8) {
      append((int) (value >>> shift));
    }
  }

  /** As {@link #appendLong}. */
  void appendInt(int value) {
    for (var shift = 24; shift >= 0; shift -= 8) {
      append(value >>> shift);
    }
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
