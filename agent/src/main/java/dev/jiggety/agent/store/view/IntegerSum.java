package dev.jiggety.agent.store.view;

import com.google.gson.JsonArray;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.view.TreeNode.Entry;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sum of lists of whole numbers, straight from the text that the rows stand in: a histogram of
 * hundreds of counts costs a pass over its bytes and no memory. What is anything else, or becomes
 * too long, is left to {@link SumReduce}, with the same outcome.
 */
final class IntegerSum {
  private static final int FIRST_SIZE = 64;

  /** So many digits always fit into a long. */
  private static final int LONG_DIGITS = 18;

  private long[] sums = new long[FIRST_SIZE];
  private int size;

  private IntegerSum() {}

  /** The sum of the values of rows; null where they are not all lists of whole numbers. */
  static @Nullable JsonArray of(List<Entry> rows) {
    var sum = new IntegerSum();
    for (var row : rows) {
      if (!row.addTo(sum)) {
        return null;
      }
    }
    return sum.size == 0 ? null : sum.json();
  }

  /** Adds a list as text without blanks; false, and of no more use, where it is none. */
  boolean add(byte[] text, int from, int to) {
    if (to - from < 3 || text[from] != '[' || text[to - 1] != ']') {
      return false;
    }
    var column = 0;
    for (var at = from + 1; at < to; column++) {
      var negative = text[at] == '-';
      var first = negative ? at + 1 : at;
      var value = 0L;
      var next = first;
      for (; text[next] >= '0' && text[next] <= '9'; next++) { // the bracket at the end stops it
        value = value * 10 + (text[next] - '0');
      }
      var isMinusZero = negative && text[first] == '0';
      if (next == first || next - first > LONG_DIGITS || isMinusZero || !ends(text, next, to)) {
        return false;
      }
      if (!add(column, negative ? -value : value)) {
        return false;
      }
      at = next + 1;
    }
    return true;
  }

  private static boolean ends(byte[] text, int at, int to) {
    return at == to - 1 || text[at] == ',';
  }

  private boolean add(int column, long value) {
    if (column == size) {
      if (size == sums.length) {
        sums = Arrays.copyOf(sums, 2 * size);
      }
      sums[size++] = value;
      return true;
    }
    var sum = sums[column] + value;
    if (((sums[column] ^ sum) & (value ^ sum)) < 0) {
      return false;
    }
    sums[column] = sum;
    return true;
  }

  private JsonArray json() {
    var array = new JsonArray(size);
    for (var i = 0; i < size; i++) {
      array.add(new JsonPrimitive(sums[i]));
    }
    return array;
  }
}
