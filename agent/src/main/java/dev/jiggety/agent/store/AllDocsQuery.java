package dev.jiggety.agent.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of {@code _all_docs} is wanted. Ids are ordered by their raw UTF-8 bytes, as CouchDB does
 * for {@code _all_docs} (its views use ICU, this list does not).
 *
 * @param startKey first id, inclusive; null = from the beginning (from the end when descending)
 * @param endKey last id; null = to the end
 * @param inclusiveEnd whether {@code endKey} itself belongs to it
 * @param keys exactly these ids in this order, missing and deleted ones included; null = a range
 * @param skip rows left out at the beginning, ≥ 0
 * @param limit most rows, ≥ 0
 */
public record AllDocsQuery(
    @Nullable String startKey,
    @Nullable String endKey,
    boolean inclusiveEnd,
    @Nullable List<String> keys,
    boolean descending,
    long skip,
    long limit,
    boolean includeDocs) {

  public AllDocsQuery {
    keys = keys == null ? null : List.copyOf(keys);
    if (skip < 0 || limit < 0) {
      throw new IllegalArgumentException("skip and limit must not be negative");
    }
  }

  /** Every document that is not deleted. */
  public static AllDocsQuery all() {
    return new AllDocsQuery(null, null, true, null, false, 0, Long.MAX_VALUE, false);
  }

  /** The ids from {@code startKey} to {@code endKey}, both inclusive. */
  public static AllDocsQuery range(String startKey, String endKey) {
    return new AllDocsQuery(startKey, endKey, true, null, false, 0, Long.MAX_VALUE, false);
  }

  /** Exactly these ids. */
  public static AllDocsQuery keys(List<String> keys) {
    return new AllDocsQuery(null, null, true, keys, false, 0, Long.MAX_VALUE, false);
  }

  /** The same with the documents' bodies. */
  public AllDocsQuery withDocs() {
    return new AllDocsQuery(startKey, endKey, inclusiveEnd, keys, descending, skip, limit, true);
  }

  /** The same with another limit. */
  public AllDocsQuery withLimit(long rows) {
    return new AllDocsQuery(
        startKey, endKey, inclusiveEnd, keys, descending, skip, rows, includeDocs);
  }
}
