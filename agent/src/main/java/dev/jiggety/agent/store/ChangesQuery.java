package dev.jiggety.agent.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of the changes feed is wanted.
 *
 * @param since changes after this sequence; 0 = from the beginning
 * @param limit most rows, ≥ 0; rows that the filter leaves out do not count
 * @param docIds these documents alone; null = all
 * @param winnersOnly rows carry the winner alone, and the filter is asked for it alone ({@code
 *     style=main_only}); otherwise all leaves
 * @param filter leaves that do not pass are left out of their row, and a row without any is left
 *     out; null = all pass
 */
public record ChangesQuery(
    long since,
    long limit,
    boolean descending,
    boolean includeDocs,
    @Nullable List<String> docIds,
    boolean winnersOnly,
    @Nullable RevisionFilter filter) {

  public ChangesQuery {
    docIds = docIds == null ? null : List.copyOf(docIds);
    if (since < 0 || limit < 0) {
      throw new IllegalArgumentException("since and limit must not be negative");
    }
  }

  /** All leaves, no filter. */
  public ChangesQuery(
      long since,
      long limit,
      boolean descending,
      boolean includeDocs,
      @Nullable List<String> docIds) {
    this(since, limit, descending, includeDocs, docIds, false, null);
  }

  /** Every change after {@code since}, without bodies. */
  public static ChangesQuery since(long since) {
    return new ChangesQuery(since, Long.MAX_VALUE, false, false, null);
  }

  /** The same with another limit. */
  public ChangesQuery withLimit(long rows) {
    return new ChangesQuery(since, rows, descending, includeDocs, docIds, winnersOnly, filter);
  }

  /** The same with the winners' bodies. */
  public ChangesQuery withDocs() {
    return new ChangesQuery(since, limit, descending, true, docIds, winnersOnly, filter);
  }

  /** The same for these documents alone. */
  public ChangesQuery withDocIds(List<String> ids) {
    return new ChangesQuery(since, limit, descending, includeDocs, ids, winnersOnly, filter);
  }

  /** The same for the winners alone ({@code style=main_only}). */
  public ChangesQuery withWinnersOnly() {
    return new ChangesQuery(since, limit, descending, includeDocs, docIds, true, filter);
  }

  /** The same for revisions that pass this filter. */
  public ChangesQuery withFilter(RevisionFilter other) {
    return new ChangesQuery(since, limit, descending, includeDocs, docIds, winnersOnly, other);
  }
}
