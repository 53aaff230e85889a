package dev.jiggety.couch;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of one document of a {@code _bulk_docs}. Rows can come in another order than the
 * documents went in: match them by id.
 *
 * @param rev the new revision; empty where it was refused
 * @param error CouchDB's word for the refusal, like {@code conflict} or {@code forbidden}; empty
 *     where it was stored
 * @param reason its sentence
 */
public record BulkRow(String id, String rev, String error, String reason) {
  /** Whether the document was stored. */
  public boolean isOk() {
    return error.isEmpty();
  }

  static List<BulkRow> read(JsonArray answer) {
    List<BulkRow> rows = new ArrayList<>(answer.size());
    for (JsonElement item : answer) {
      JsonObject row = Json.asObject(item);
      rows.add(
          new BulkRow(
              Json.text(row, "id", ""),
              Json.text(row, "rev", ""),
              Json.text(row, "error", ""),
              Json.text(row, "reason", "")));
    }
    return rows;
  }
}
