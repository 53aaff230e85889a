package dev.jiggety.agent.store.view;

import com.google.gson.JsonElement;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a view are wanted.
 *
 * @param startKey first key, inclusive; null = from the beginning (the end, when descending)
 * @param startDocId first document id where the key is {@code startKey}; null = all of them
 * @param endKey last key; null = to the end
 * @param endDocId last document id where the key is {@code endKey}; null = all of them
 * @param inclusiveEnd whether {@code endKey} itself belongs to it
 * @param skip rows (groups, of a reduction) left out at the beginning, ≥ 0
 * @param limit most rows (groups), ≥ 0
 * @param partition of an index that is kept by partitions, which of them; else null
 */
public record ViewQuery(
    @Nullable JsonElement startKey,
    @Nullable String startDocId,
    @Nullable JsonElement endKey,
    @Nullable String endDocId,
    boolean inclusiveEnd,
    boolean descending,
    long skip,
    long limit,
    @Nullable String partition) {

  public ViewQuery {
    if (skip < 0 || limit < 0) {
      throw new IllegalArgumentException("skip and limit must not be negative");
    }
  }

  /** Rows of an index of the whole database. */
  public ViewQuery(
      @Nullable JsonElement startKey,
      @Nullable String startDocId,
      @Nullable JsonElement endKey,
      @Nullable String endDocId,
      boolean inclusiveEnd,
      boolean descending,
      long skip,
      long limit) {
    this(startKey, startDocId, endKey, endDocId, inclusiveEnd, descending, skip, limit, null);
  }

  /** The same in a partition. */
  public ViewQuery in(@Nullable String other) {
    return new ViewQuery(
        startKey, startDocId, endKey, endDocId, inclusiveEnd, descending, skip, limit, other);
  }

  /** What the keys of all its rows begin with. */
  byte[] prefix() {
    return partition == null ? new byte[0] : IndexDefinition.prefixOf(partition);
  }

  /** Every row. */
  public static ViewQuery all() {
    return new ViewQuery(null, null, null, null, true, false, 0, Long.MAX_VALUE);
  }

  /** The rows with this key. */
  public static ViewQuery key(JsonElement key) {
    return range(key, key);
  }

  /** The rows from one key to another, both inclusive. */
  public static ViewQuery range(JsonElement startKey, JsonElement endKey) {
    return new ViewQuery(startKey, null, endKey, null, true, false, 0, Long.MAX_VALUE);
  }
}
