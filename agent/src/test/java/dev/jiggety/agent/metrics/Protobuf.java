package dev.jiggety.agent.metrics;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The fields of a protobuf message on the wire, to be asked for by their numbers. */
final class Protobuf {
  private final List<Field> fields = new ArrayList<>();

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Field(int number, long value, byte[] bytes) {}

  Protobuf(byte[] message) {
    ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      long key = varint(in);
      int number = (int) (key >>> 3);
      switch ((int) (key & 7)) {
        case 0 -> fields.add(new Field(number, varint(in), new byte[0]));
        case 1 -> fields.add(new Field(number, in.getLong(), new byte[0]));
        case 2 -> {
          byte[] bytes = new byte[(int) varint(in)];
          in.get(bytes);
          fields.add(new Field(number, 0, bytes));
        }
        case 5 -> fields.add(new Field(number, in.getInt(), new byte[0]));
        default -> throw new IllegalArgumentException("no protobuf: wire type of " + key);
      }
    }
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  List<Protobuf> messages(int... path) {
    List<Protobuf> found = List.of(this);
    for (int number : path) {
      found =
          found.stream()
              .flatMap(it -> it.fields.stream().filter(field -> field.number == number))
              .map(field -> new Protobuf(field.bytes))
              .toList();
    }
    return found;
  }

  String text(int number) {
    return new String(field(number).bytes, StandardCharsets.UTF_8);
  }

  double real(int number) {
    return Double.longBitsToDouble(field(number).value);
  }

  long number(int number) {
    return field(number).value;
  }

  /** Packed 64-bit values. */
  List<Long> packed(int number) {
    ByteBuffer in = ByteBuffer.wrap(field(number).bytes).order(ByteOrder.LITTLE_ENDIAN);
    List<Long> values = new ArrayList<>();
    while (in.hasRemaining()) {
      values.add(in.getLong());
    }
    return values;
  }

  private Field field(int number) {
    return fields.stream().filter(it -> it.number == number).findFirst().orElseThrow();
  }
}
