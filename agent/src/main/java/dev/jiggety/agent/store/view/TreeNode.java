package dev.jiggety.agent.store.view;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node of a {@link ReductionTree}: never changed once it is written. What it holds is in the
 * order of its keys, compared as unsigned bytes.
 */
sealed interface TreeNode {

  List<? extends Item> items();

  /** What a node holds. */
  sealed interface Item {
    /** The key; of a child, that of its last row. */
    byte[] key();

    /** Bytes in the node, about. */
    int size();
  }

  /** A node of rows; not empty. */
  record Leaf(List<Entry> items) implements TreeNode {}

  /** A node of nodes; not empty, and all of them equally far from the rows. */
  record Inner(List<Child> items) implements TreeNode {}

  /** A row as it stands in its leaf, read when it is asked for. */
  final class Entry implements Item {
    private final byte[] key;
    private final byte[] row;
    private volatile @Nullable JsonElement value;

    private Entry(byte[] key, byte[] row) {
      this.key = key;
      this.row = row;
    }

    static Entry of(byte[] key, ViewRow row) {
      var id = row.id().getBytes(StandardCharsets.UTF_8);
      var rowKey = RowJson.write(row.key());
      var value = RowJson.write(row.value());
      var bytes = ByteBuffer.allocate(8 + id.length + rowKey.length + value.length);
      bytes.putInt(id.length).putInt(rowKey.length).put(id).put(rowKey).put(value);
      return new Entry(key, bytes.array());
    }

    @Override
    public byte[] key() {
      return key;
    }

    @Override
    public int size() {
      return key.length + row.length + 6;
    }

    ViewRow row() {
      var lengths = ByteBuffer.wrap(row);
      var keyFrom = 8 + lengths.getInt(0);
      var valueFrom = keyFrom + lengths.getInt(4);
      return new ViewRow(
          new String(row, 8, keyFrom - 8, StandardCharsets.UTF_8),
          RowJson.read(row, keyFrom, valueFrom),
          RowJson.read(row, valueFrom, row.length));
    }

    /** The key alone. */
    JsonElement rowKey() {
      var keyFrom = 8 + ByteBuffer.wrap(row).getInt(0);
      return RowJson.read(row, keyFrom, valueFrom());
    }

    /** Adds the value to a sum of lists of whole numbers; false where it is none. */
    boolean addTo(IntegerSum sum) {
      return sum.add(row, valueFrom(), row.length);
    }

    /** The value alone; not to be changed, as it is kept if it took work to read. */
    JsonElement value() {
      var known = value;
      if (known != null) {
        return known;
      }
      var from = valueFrom();
      var read = RowJson.read(row, from, row.length);
      if (RowJson.isStructure(row, from, row.length)) {
        value = read;
      }
      return read;
    }

    private int valueFrom() {
      var lengths = ByteBuffer.wrap(row);
      return 8 + lengths.getInt(0) + lengths.getInt(4);
    }

    private int memory() {
      var from = valueFrom();
      var parsed = RowJson.isStructure(row, from, row.length) ? 8 * (row.length - from) : 0;
      return size() + 80 + parsed;
    }
  }

  /** What a node knows of a node below it. */
  final class Child implements Item {
    /** Where a reduction would stand that failed: error and reason follow. */
    private static final char FAILED = '!';

    private final long id;
    private final long rows;
    private final long bytes;
    private final byte[] key;
    private final byte[] reduction;
    private volatile @Nullable JsonElement value;

    /**
     * A child.
     *
     * @param rows how many are below it
     * @param bytes of these rows
     * @param key of its last row
     */
    Child(long id, long rows, long bytes, byte[] key, byte[] reduction) {
      this.id = id;
      this.rows = rows;
      this.bytes = bytes;
      this.key = key;
      this.reduction = reduction;
    }

    long id() {
      return id;
    }

    long rows() {
      return rows;
    }

    long bytes() {
      return bytes;
    }

    @Override
    public byte[] key() {
      return key;
    }

    @Override
    public int size() {
      return key.length + reduction.length + 16;
    }

    /**
     * All its rows reduced; not to be changed.
     *
     * @throws ReduceException where they could not be
     */
    JsonElement reduction() {
      var known = value;
      if (known != null) {
        return known;
      }
      if (reduction.length > 0 && reduction[0] == FAILED) {
        var text = new String(reduction, 1, reduction.length - 1, StandardCharsets.UTF_8);
        var end = text.indexOf(FAILED);
        throw new ReduceException(text.substring(0, end), text.substring(end + 1));
      }
      var read =
          reduction.length == 0 ? JsonNull.INSTANCE : RowJson.read(reduction, 0, reduction.length);
      value = read;
      return read;
    }

    /** How a reduction is kept. */
    static byte[] reduction(JsonElement value) {
      return value.isJsonNull() ? new byte[0] : RowJson.write(value);
    }

    /** How it is kept that there is none. */
    static byte[] failure(ReduceException failure) {
      return (FAILED + failure.error() + FAILED + failure.getMessage())
          .getBytes(StandardCharsets.UTF_8);
    }

    private int memory() {
      var structure = RowJson.isStructure(reduction, 0, reduction.length);
      return size() + 120 + (structure ? 8 * reduction.length : 0);
    }
  }

  /** How many bytes of memory it may take, about, when everything in it has been read. */
  default long memory() {
    var sum = 100L;
    for (var item : items()) {
      sum += item instanceof Entry entry ? entry.memory() : ((Child) item).memory();
    }
    return sum;
  }

  /** As it is stored: kind, then the items, each part behind its length. */
  default byte[] write() {
    var out = new ByteArrayOutputStream();
    out.write(this instanceof Leaf ? 0 : 1);
    for (var item : items()) {
      switch (item) {
        case Entry entry -> {
          writeBytes(out, entry.key);
          writeBytes(out, entry.row);
        }
        case Child child -> {
          writeNumber(out, child.id);
          writeNumber(out, child.rows);
          writeNumber(out, child.bytes);
          writeBytes(out, child.key);
          writeBytes(out, child.reduction);
        }
      }
    }
    return out.toByteArray();
  }

  /** What {@link #write} has written. */
  static TreeNode read(byte[] stored) {
    var in = ByteBuffer.wrap(stored);
    if (in.get() == 0) {
      var entries = new ArrayList<Entry>();
      while (in.hasRemaining()) {
        entries.add(new Entry(readBytes(in), readBytes(in)));
      }
      return new Leaf(entries);
    }
    var children = new ArrayList<Child>();
    while (in.hasRemaining()) {
      children.add(
          new Child(readNumber(in), readNumber(in), readNumber(in), readBytes(in), readBytes(in)));
    }
    return new Inner(children);
  }

  private static void writeBytes(ByteArrayOutputStream out, byte[] bytes) {
    writeNumber(out, bytes.length);
    out.write(bytes, 0, bytes.length);
  }

  private static byte[] readBytes(ByteBuffer in) {
    var bytes = new byte[(int) readNumber(in)];
    in.get(bytes);
    return bytes;
  }

  /** Seven bits a byte, the lowest first; the highest bit says that more follow. */
  private static void writeNumber(ByteArrayOutputStream out, long number) {
    var rest = number;
    while (rest >= 0x80) {
      out.write((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private static long readNumber(ByteBuffer in) {
    var number = 0L;
    for (var shift = 0; ; shift += 7) {
      var next = in.get();
      number |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return number;
      }
    }
  }
}
