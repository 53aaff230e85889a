package dev.jiggety.couch;

/**
 * A range of ids for {@code _all_docs}, both ends inclusive.
 *
 * @param from the first id
 * @param to the last id
 * @param withDocuments whether the documents come with it
 * @param limit the most rows; 0 for all
 * @param afterFrom whether {@code from} itself is left out: the next page begins after the last id
 *     of the one before
 * @param lastFirst whether rows come from the last id to the first
 */
public record IdRange(
    String from,
    String to,
    boolean withDocuments,
    int limit,
    boolean afterFrom,
    boolean lastFirst) {
  /** Sorts behind every id with the same beginning. */
  public static final String END = "\ufff0";

  /** All ids that begin with {@code prefix}, with their documents. */
  public static IdRange startingWith(String prefix) {
    return between(prefix, prefix + END);
  }

  /** All ids from one to another, with their documents. */
  public static IdRange between(String from, String to) {
    return new IdRange(from, to, true, 0, false, false);
  }

  /** The same range without documents. */
  public IdRange idsOnly() {
    return new IdRange(from, to, false, limit, afterFrom, lastFirst);
  }

  /** The same range, at most {@code rows} of it. */
  public IdRange limitedTo(int rows) {
    return new IdRange(from, to, withDocuments, rows, afterFrom, lastFirst);
  }

  /** What follows after {@code id} in this range. */
  public IdRange after(String id) {
    return new IdRange(id, to, withDocuments, limit, true, lastFirst);
  }

  /** The same range from its end to its beginning; not for {@link #after}. */
  public IdRange backwards() {
    return new IdRange(from, to, withDocuments, limit, afterFrom, true);
  }
}
