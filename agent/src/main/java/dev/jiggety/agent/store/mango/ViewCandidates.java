package dev.jiggety.agent.store.mango;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.AllDocsQuery;
import dev.jiggety.agent.store.DocumentForm;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.view.ViewIndex;
import dev.jiggety.agent.store.view.ViewQuery;
import dev.jiggety.agent.store.view.ViewRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Rows of an index, with the documents of some rows read at once, or put together from the row. */
final class ViewCandidates implements Candidates {
  private static final int FEWEST_AT_ONCE = 16;
  private static final int MOST_AT_ONCE = 256;

  private final ViewIndex.Rows rows;
  private final Documents documents;
  private final Queue<Row> ready = new ArrayDeque<>();
  private final boolean covered;
  private int atOnce;
  private long keys;

  /** Finds documents of rows. */
  private interface Documents {
    /** In the order of the rows; null for one that is gone. */
    List<@Nullable JsonObject> of(List<ViewRow> rows);
  }

  private ViewCandidates(ViewIndex.Rows rows, Documents documents, boolean covered, long limit) {
    this.rows = rows;
    this.documents = documents;
    this.covered = covered;
    this.atOnce = Math.clamp(limit, FEWEST_AT_ONCE, MOST_AT_ONCE);
  }

  /** With the documents as they are now. */
  static Candidates read(
      DocumentStore store,
      ViewIndex view,
      MangoIndex index,
      FindRequest request,
      Plan plan,
      @Nullable Bookmark bookmark) {
    var form = AllDocsCandidates.form(request);
    var rows = view.rows(index.position(), query(request, plan, bookmark));
    return resume(
        new ViewCandidates(rows, some -> load(store, form, some), false, request.limit()),
        bookmark);
  }

  /** With documents of nothing but what is in the index. */
  static Candidates covered(
      ViewIndex view,
      MangoIndex index,
      FindRequest request,
      Plan plan,
      @Nullable Bookmark bookmark) {
    var paths = Projection.of(index.columns()).paths();
    var rows = view.rows(index.position(), query(request, plan, bookmark));
    return resume(
        new ViewCandidates(
            rows,
            some -> some.stream().map(row -> derive(paths, row)).toList(),
            true,
            MOST_AT_ONCE),
        bookmark);
  }

  private static Candidates resume(Candidates rows, @Nullable Bookmark bookmark) {
    return bookmark == null ? rows : new Resumed(rows, bookmark);
  }

  private static ViewQuery query(FindRequest request, Plan plan, @Nullable Bookmark bookmark) {
    var low = plan.lowKey();
    var high = plan.highKey();
    JsonElement from = plan.descending() ? high : low;
    JsonElement to = plan.descending() ? low : high;
    return new ViewQuery(
        bookmark == null ? from : bookmark.key(),
        bookmark == null ? null : bookmark.id(),
        to,
        null,
        true,
        plan.descending(),
        0,
        Long.MAX_VALUE,
        request.partition());
  }

  private static List<@Nullable JsonObject> load(
      DocumentStore store, DocumentForm form, List<ViewRow> some) {
    var documents = new ArrayList<@Nullable JsonObject>();
    var query = AllDocsQuery.keys(some.stream().map(ViewRow::id).toList()).withDocs();
    try (var found = store.allDocs(query)) {
      while (found.hasNext()) {
        var document = found.next().document();
        documents.add(document == null ? null : store.toJson(document, form));
      }
    }
    return documents;
  }

  private static JsonObject derive(List<FieldPath> columns, ViewRow row) {
    var document = new JsonObject();
    document.add("_id", new JsonPrimitive(row.id()));
    var values = row.key().getAsJsonArray();
    for (var i = 0; i < columns.size(); i++) {
      Projection.set(document, columns.get(i).names(), values.get(i));
    }
    return document;
  }

  @Override
  public boolean hasNext() {
    return !ready.isEmpty() || rows.hasNext();
  }

  @Override
  public Row next() {
    if (ready.isEmpty()) {
      fill();
    }
    keys++;
    return ready.remove();
  }

  private void fill() {
    var some = new ArrayList<ViewRow>();
    while (some.size() < atOnce && rows.hasNext()) {
      some.add(rows.next());
    }
    atOnce = MOST_AT_ONCE;
    var found = documents.of(some);
    for (var i = 0; i < some.size(); i++) {
      ready.add(new Row(some.get(i).id(), some.get(i).key(), found.get(i)));
    }
  }

  @Override
  public long keysRead() {
    return keys;
  }

  @Override
  public long documentsRead() {
    return covered ? 0 : keys;
  }

  @Override
  public void close() {
    rows.close();
  }
}
