package dev.jiggety.couch;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of the changes feed.
 *
 * @param seq opaque; goes into {@code since} as it is
 * @param id the document that changed
 * @param revs the winning revision, or with {@code style=all_docs} all leaves
 * @param deleted whether the winner is a tombstone
 * @param document the winner; null where documents were not asked for
 */
public record Change(
    String seq, String id, List<String> revs, boolean deleted, @Nullable JsonObject document) {

  public Change {
    revs = List.copyOf(revs);
  }

  static Change read(JsonObject row) {
    List<String> revs = new ArrayList<>();
    for (JsonElement change : Json.asArray(row.get("changes"))) {
      revs.add(Json.text(Json.asObject(change), "rev", ""));
    }
    JsonElement deleted = row.get("deleted");
    return new Change(
        Json.sequence(row.get("seq")),
        Json.text(row, "id", ""),
        revs,
        deleted != null && deleted.isJsonPrimitive() && deleted.getAsBoolean(),
        row.get("doc") instanceof JsonObject document ? document : null);
  }
}
