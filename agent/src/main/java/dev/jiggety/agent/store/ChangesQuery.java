package dev.jiggety.agent.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of the changes feed is wanted. It always carries all leaves of a document; the caller shows
 * the winner alone where {@code style} is {@code main_only}.
 *
 * @param since changes after this sequence; 0 = from the beginning
 * @param limit most rows, ≥ 0
 * @param docIds these documents alone; null = all
 */
public record ChangesQuery(
    long since,
    long limit,
    boolean descending,
    boolean includeDocs,
    @Nullable List<String> docIds) {

  public ChangesQuery {
    docIds = docIds == null ? null : List.copyOf(docIds);
    if (since < 0 || limit < 0) {
      throw new IllegalArgumentException("since and limit must not be negative");
    }
  }

  /** Every change after {@code since}, without bodies. */
  public static ChangesQuery since(long since) {
    return new ChangesQuery(since, Long.MAX_VALUE, false, false, null);
  }

  /** The same with another limit. */
  public ChangesQuery withLimit(long rows) {
    return new ChangesQuery(since, rows, descending, includeDocs, docIds);
  }

  /** The same with the winners' bodies. */
  public ChangesQuery withDocs() {
    return new ChangesQuery(since, limit, descending, true, docIds);
  }

  /** The same for these documents alone. */
  public ChangesQuery withDocIds(List<String> ids) {
    return new ChangesQuery(since, limit, descending, includeDocs, ids);
  }
}
