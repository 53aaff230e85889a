package dev.jiggety.document;

/**
 * Reads what {@link BitWriter} wrote. What ends too early is an {@link IllegalArgumentException}.
 */
final class BitReader {
  private final byte[] bytes;
  private int position;

  BitReader(byte[] bytes) {
    this.bytes = bytes;
  }

  long bits(int count) {
    if (count > bytes.length * 8L - position) {
      throw new IllegalArgumentException("the column ends too early");
    }
    long value = 0;
    for (int left = count; left > 0; ) {
      int offset = position & 7;
      int take = Math.min(left, 8 - offset);
      int part = (bytes[position >> 3] & 0xff) >>> (8 - offset - take) & ((1 << take) - 1);
      value = (value << take) | part;
      position += take;
      left -= take;
    }
    return value;
  }

  long number() {
    int zeros = 0;
    while (bits(1) == 0) {
      if (++zeros >= Long.SIZE) {
        throw new IllegalArgumentException("a number is too large");
      }
    }
    return ((1L << zeros) | bits(zeros)) - 1;
  }

  long signed() {
    return unzigzag(number());
  }

  long[] column(int count) {
    long[] values = new long[count];
    if (count == 0) {
      return values;
    }
    long base = signed();
    int shift = (int) bits(5) - 1;
    for (int i = 0; i < count; i++) {
      values[i] = shift < 0 ? base : base + unzigzag(rice(shift));
    }
    return values;
  }

  private long rice(int shift) {
    int quotient = 0;
    while (quotient < BitWriter.ESCAPE && bits(1) == 1) {
      quotient++;
    }
    return quotient == BitWriter.ESCAPE ? number() : ((long) quotient << shift) | bits(shift);
  }

  private static long unzigzag(long value) {
    return (value >>> 1) ^ -(value & 1);
  }
}
