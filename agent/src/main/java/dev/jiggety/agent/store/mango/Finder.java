package dev.jiggety.agent.store.mango;

import com.google.gson.JsonObject;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.view.IndexDefinition;
import dev.jiggety.agent.store.view.ViewIndexes;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Answers queries. Thread-safe. */
public final class Finder {
  private static final double NANOS_A_MILLISECOND = 1e6;

  private final IndexCatalog catalog;
  private final ViewIndexes indexes;
  private final LongSupplier nanoTime;

  /** Reads these indexes, which belong to the caller. */
  public Finder(IndexCatalog catalog, ViewIndexes indexes, LongSupplier nanoTime) {
    this.catalog = catalog;
    this.indexes = indexes;
    this.nanoTime = nanoTime;
  }

  /** Takes the documents that were found, one after the other. */
  @FunctionalInterface
  public interface Sink {
    void take(JsonObject document) throws IOException;
  }

  /**
   * What is known at the end.
   *
   * @param bookmark where the next page begins
   * @param warning advice for who wrote the query
   * @param keys rows of the index that were read
   * @param documents documents that were read
   * @param milliseconds it took
   */
  public record Summary(
      String bookmark,
      Optional<String> warning,
      long keys,
      long documents,
      long results,
      double milliseconds) {}

  /** A query about to be answered. */
  public final class Search implements AutoCloseable {
    private final FindRequest request;
    private final MangoIndex index;
    private final Candidates rows;
    private final long began;

    private Search(FindRequest request, MangoIndex index, Candidates rows, long began) {
      this.request = request;
      this.index = index;
      this.rows = rows;
      this.began = began;
    }

    /** Answers it, once. */
    public Summary run(Sink sink) throws IOException {
      var projection = request.fields() == null ? null : Projection.of(request.fields());
      var toSkip = request.skip();
      var results = 0L;
      Candidates.@Nullable Row last = null;
      while (results < request.limit() && rows.hasNext()) {
        var row = rows.next();
        var document = row.document();
        if (document == null || !request.selector().matches(document)) {
          continue;
        }
        last = row;
        if (toSkip > 0) {
          toSkip--;
        } else {
          results++;
          sink.take(projection == null ? document : projection.of(document));
        }
      }
      var before = request.bookmark() == null ? Bookmark.NIL : request.bookmark();
      return new Summary(
          last == null ? before : new Bookmark(last.key(), last.id()).write(),
          Warnings.of(request, index, rows.documentsRead(), results),
          rows.keysRead(),
          rows.documentsRead(),
          results,
          (nanoTime.getAsLong() - began) / NANOS_A_MILLISECOND);
    }

    @Override
    public void close() {
      rows.close();
    }
  }

  /**
   * Prepares the answer; the index is up to date when this returns, if that is asked for.
   *
   * @throws SelectorException where no index can give the answer, or for a bookmark that is none
   */
  public Search search(DocumentStore store, FindRequest request) throws SelectorException {
    var began = nanoTime.getAsLong();
    var known = catalog.indexes(store);
    var plan = Planner.plan(request, known.all());
    var index = plan.index();
    if (index == null) {
      throw new IllegalStateException("a plan without an index cannot be carried out");
    }
    var text = request.bookmark();
    var columns = index.isSpecial() ? -1 : index.fields().size();
    var bookmark = text == null ? null : Bookmark.read(text, columns);
    if (plan.nothing()) {
      return new Search(request, index, Candidates.none(), began);
    }
    var rows =
        index.isSpecial()
            ? AllDocsCandidates.read(store, request, plan, bookmark)
            : rows(store, request, plan, index, known.definition(index), bookmark);
    return new Search(request, index, rows, began);
  }

  /** How it would be answered, as {@code _explain} shows it. */
  public JsonObject explain(DocumentStore store, FindRequest request) throws SelectorException {
    var plan = Planner.explain(request, catalog.indexes(store).all());
    return Explanation.of(store.name(), request, plan);
  }

  private Candidates rows(
      DocumentStore store,
      FindRequest request,
      Plan plan,
      MangoIndex index,
      IndexDefinition definition,
      @Nullable Bookmark bookmark) {
    var view = indexes.find(store, definition);
    if (!request.withoutUpdate()) {
      view.update();
    }
    return isCovered(request, index)
        ? ViewCandidates.covered(view, index, request, plan, bookmark)
        : ViewCandidates.read(store, view, index, request, plan, bookmark);
  }

  /** Whether the index alone can answer, without reading the documents. */
  static boolean isCovered(FindRequest request, MangoIndex index) {
    return request.fields() != null && !request.conflicts() && index.covers(request.needed());
  }
}
