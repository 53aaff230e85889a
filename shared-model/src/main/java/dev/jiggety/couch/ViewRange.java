package dev.jiggety.couch;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;

/**
 * A range of keys of a view, both ends inclusive.
 *
 * @param view {@code design/view}
 * @param from the first key
 * @param to the last key
 * @param lastFirst whether rows come from the last key to the first
 * @param limit the most rows; 0 for all
 */
public record ViewRange(
    String view, JsonElement from, JsonElement to, boolean lastFirst, int limit) {

  /** All rows of a view. */
  public static ViewRange all(String view) {
    // Null sorts before every other key, and an object behind all that we emit.
    return between(view, JsonNull.INSTANCE, new JsonObject());
  }

  /** The rows from one key to another. */
  public static ViewRange between(String view, JsonElement from, JsonElement to) {
    return new ViewRange(view, from, to, false, 0);
  }

  /** The same range from its end to its beginning. */
  public ViewRange backwards() {
    return new ViewRange(view, from, to, true, limit);
  }

  /** The same range, at most {@code rows} of it. */
  public ViewRange limitedTo(int rows) {
    return new ViewRange(view, from, to, lastFirst, rows);
  }
}
