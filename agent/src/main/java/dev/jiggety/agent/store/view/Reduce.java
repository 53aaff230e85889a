package dev.jiggety.agent.store.view;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import java.util.List;

/**
 * How values are summed up. Associative; thread-safe. Rows and reductions come in the order of
 * their keys, whichever direction is asked for, and are not to be changed.
 */
public interface Reduce {

  /** Sums up to null. */
  Reduce NONE =
      new Reduce() {
        @Override
        public JsonElement reduce(List<ViewRow> rows) {
          return JsonNull.INSTANCE;
        }

        @Override
        public JsonElement rereduce(List<JsonElement> reductions) {
          return JsonNull.INSTANCE;
        }
      };

  /**
   * Reduces rows.
   *
   * @throws ReduceException with CouchDB's reason, as for a value that is no number
   */
  JsonElement reduce(List<ViewRow> rows);

  /** Reduces reductions. */
  JsonElement rereduce(List<JsonElement> reductions);

  /** What a query answers for a reduction, where that is not the reduction itself. */
  default JsonElement finish(JsonElement reduction) {
    return reduction;
  }
}
