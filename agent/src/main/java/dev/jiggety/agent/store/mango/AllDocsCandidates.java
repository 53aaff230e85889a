package dev.jiggety.agent.store.mango;

import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.AllDocsQuery;
import dev.jiggety.agent.store.AllDocsRows;
import dev.jiggety.agent.store.DocumentForm;
import dev.jiggety.agent.store.DocumentIds;
import dev.jiggety.agent.store.DocumentStore;
import org.jspecify.annotations.Nullable;

/** Documents by id; design documents are no answers. */
final class AllDocsCandidates implements Candidates {
  private final DocumentStore store;
  private final DocumentForm form;
  private final AllDocsRows rows;
  private final String prefix;
  private long keys;
  private long documents;

  private AllDocsCandidates(
      DocumentStore store, DocumentForm form, AllDocsRows rows, String prefix) {
    this.store = store;
    this.form = form;
    this.rows = rows;
    this.prefix = prefix;
  }

  static Candidates read(
      DocumentStore store, FindRequest request, Plan plan, @Nullable Bookmark bookmark) {
    var low = plan.lowId();
    var high = plan.highId();
    var partition = request.partition();
    if (partition != null) {
      var first = partition + ":";
      var behind = partition + ";";
      low = low == null || low.compareTo(first) < 0 ? first : low;
      // No id in between, so it does not matter that this one itself would belong to the range.
      high = high == null || high.compareTo(behind) > 0 ? behind : high;
      if (low.compareTo(behind) >= 0 || high.compareTo(first) < 0) {
        return Candidates.none();
      }
    }
    var from = plan.descending() ? high : low;
    var to = plan.descending() ? low : high;
    var query =
        new AllDocsQuery(
            bookmark == null ? from : bookmark.id(),
            to,
            true,
            null,
            plan.descending(),
            0,
            Long.MAX_VALUE,
            true);
    var rows =
        new AllDocsCandidates(
            store, form(request), store.allDocs(query), partition == null ? "" : partition + ":");
    return bookmark == null ? rows : new Resumed(rows, bookmark);
  }

  static DocumentForm form(FindRequest request) {
    return new DocumentForm(false, false, request.conflicts(), false, false, false);
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public Row next() {
    var row = rows.next();
    keys++;
    var document = row.document();
    if (document == null
        || row.id().startsWith(DocumentIds.DESIGN)
        || !row.id().startsWith(prefix)) {
      return new Row(row.id(), new JsonPrimitive(row.id()), null);
    }
    documents++;
    return new Row(row.id(), new JsonPrimitive(row.id()), store.toJson(document, form));
  }

  @Override
  public long keysRead() {
    return keys;
  }

  @Override
  public long documentsRead() {
    return documents;
  }

  @Override
  public void close() {
    rows.close();
  }
}
