package dev.jiggety.document;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Numbers as few bits. What a column of similar numbers takes is near to what it tells (Golomb and
 * Rice codes); written by ourselves and not by zlib, because the same numbers must give the same
 * bytes on every machine and in every version: revisions are made of them.
 */
final class BitWriter {
  /** A longer run of ones says that the number is an outlier and stands in full. */
  static final int ESCAPE = 20;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
  private int current;
  private int used;

  /** The lowest bits of a number. */
  void bits(long value, int count) {
    for (int i = count - 1; i >= 0; i--) {
      current = (current << 1) | (int) ((value >>> i) & 1);
      if (++used == Byte.SIZE) {
        bytes.write(current);
        current = 0;
        used = 0;
      }
    }
  }

  /** A number ≥ 0 of any size (Elias gamma of its successor). */
  void number(long value) {
    int length = Long.SIZE - Long.numberOfLeadingZeros(value + 1);
    bits(0, length - 1);
    bits(value + 1, length);
  }

  /** A number of any size, negative ones too. */
  void signed(long value) {
    number(zigzag(value));
  }

  /** Numbers that are near to each other: their median, and how far each is from it. */
  void column(long[] values) {
    if (values.length == 0) {
      return;
    }
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    long base = sorted[sorted.length / 2];
    signed(base);
    if (sorted[0] == sorted[sorted.length - 1]) {
      bits(0, 5);
      return;
    }
    int shift = bestShift(values, base);
    bits(shift + 1L, 5);
    for (long value : values) {
      rice(zigzag(value - base), shift);
    }
  }

  /** All of it, filled up to whole bytes. */
  byte[] toBytes() {
    if (used > 0) {
      bits(0, Byte.SIZE - used);
    }
    return bytes.toByteArray();
  }

  static long zigzag(long value) {
    return (value << 1) ^ (value >> 63);
  }

  private void rice(long value, int shift) {
    long quotient = value >>> shift;
    if (quotient < ESCAPE) {
      bits(((1L << quotient) - 1) << 1, (int) quotient + 1);
      bits(value, shift);
    } else {
      bits(-1, ESCAPE);
      number(value);
    }
  }

  private static int bestShift(long[] values, long base) {
    int best = 0;
    long least = Long.MAX_VALUE;
    for (int shift = 0; shift <= 30; shift++) {
      long cost = 0;
      for (long value : values) {
        long residual = zigzag(value - base);
        long quotient = residual >>> shift;
        cost +=
            quotient < ESCAPE
                ? quotient + 1 + shift
                : ESCAPE + 2L * (Long.SIZE - Long.numberOfLeadingZeros(residual + 1)) - 1;
      }
      if (cost < least) {
        least = cost;
        best = shift;
      }
    }
    return best;
  }
}
