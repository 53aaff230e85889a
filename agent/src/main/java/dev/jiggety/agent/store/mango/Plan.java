package dev.jiggety.agent.store.mango;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a query is answered. Immutable.
 *
 * @param index what is read; null where nothing can answer it (for {@code _explain} alone)
 * @param ranges of the first columns of the index, as far as the selector has them
 * @param nothing whether no document can match
 * @param candidates the other indexes, and why not they
 */
record Plan(
    @Nullable MangoIndex index,
    List<Range> ranges,
    boolean nothing,
    boolean descending,
    List<Candidate> candidates) {

  /** Behind every other value in the order of keys, for all that documents really hold. */
  static final JsonObject MAX = max();

  /**
   * An index that was not chosen.
   *
   * @param reason CouchDB's word
   * @param ranking how far from being chosen; the chosen one has 0
   */
  record Candidate(MangoIndex index, boolean usable, String reason, int ranking) {}

  public Plan {
    ranges = List.copyOf(ranges);
    candidates = List.copyOf(candidates);
  }

  private static JsonObject max() {
    var max = new JsonObject();
    max.addProperty("\uffff\uffff\uffff\uffff", "");
    return max;
  }

  /** The lowest key, in whatever direction it is read. */
  JsonArray lowKey() {
    var key = new JsonArray();
    for (var range : usedRanges()) {
      var low = range.low();
      if (low == null) {
        break;
      }
      key.add(low);
    }
    return key;
  }

  /** The highest key; ends with {@link #MAX}. */
  JsonArray highKey() {
    var key = new JsonArray();
    for (var range : usedRanges()) {
      var high = range.high();
      if (high == null) {
        break;
      }
      key.add(high);
    }
    key.add(MAX);
    return key;
  }

  /**
   * Ids are compared by their bytes, but sorted by language in an index: there a range of ids is no
   * range of rows, but for a single one.
   */
  private List<Range> usedRanges() {
    var used = new ArrayList<Range>();
    var chosen = index;
    for (var i = 0; chosen != null && i < ranges.size(); i++) {
      var column = chosen.columns().get(i);
      if (column.equals("_id") && !ranges.get(i).isPoint(FieldUse.order(column))) {
        break;
      }
      used.add(ranges.get(i));
    }
    return used;
  }

  /** Of the documents by id, the lowest id; null = from the beginning. */
  @Nullable String lowId() {
    return ranges.isEmpty() ? null : text(ranges.getFirst().low());
  }

  /** Of the documents by id, the highest id; null = to the end. */
  @Nullable String highId() {
    return ranges.isEmpty() ? null : text(ranges.getFirst().high());
  }

  private static @Nullable String text(@Nullable JsonElement id) {
    return id instanceof JsonPrimitive text && text.isString() ? text.getAsString() : null;
  }
}
