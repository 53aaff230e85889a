package dev.jiggety.couch;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** One revision that was asked for by {@code _bulk_get} or {@code open_revs}. */
public sealed interface Fetched {
  /** The document's id. */
  String id();

  /**
   * It is there.
   *
   * @param document the whole document with {@code _revisions}; a tombstone has {@code _deleted}
   */
  record Found(String id, JsonObject document) implements Fetched {}

  /**
   * It is not, or could not be read.
   *
   * @param rev the revision that was asked for
   * @param error CouchDB's word for it, {@code not_found} when it is missing
   */
  record Absent(String id, String rev, String error, String reason) implements Fetched {}

  /** The answer of {@code _bulk_get}. */
  static List<Fetched> readBulk(JsonObject answer) {
    List<Fetched> all = new ArrayList<>();
    for (JsonElement result : Json.asArray(answer.get("results"))) {
      JsonObject item = Json.asObject(result);
      String id = Json.text(item, "id", "");
      for (JsonElement doc : Json.asArray(item.get("docs"))) {
        JsonObject row = Json.asObject(doc);
        all.add(read(id, row));
      }
    }
    return all;
  }

  /** The answer of {@code GET doc?open_revs=…} in JSON. */
  static List<Fetched> readOpen(String id, JsonArray answer) {
    List<Fetched> all = new ArrayList<>();
    for (JsonElement item : answer) {
      all.add(read(id, Json.asObject(item)));
    }
    return all;
  }

  /** CouchDB's bulk answer names errors, PouchDB's and {@code open_revs} say {@code missing}. */
  private static Fetched read(String id, JsonObject row) {
    if (row.has("ok")) {
      return new Found(id, Json.asObject(row.get("ok")));
    }
    return readAbsent(id, row);
  }

  /** A row without {@code ok}. */
  static Absent readAbsent(String id, JsonObject row) {
    if (row.has("missing")) {
      return new Absent(id, Json.text(row, "missing", ""), "not_found", "missing");
    }
    JsonObject error = Json.asObject(row.get("error"));
    return new Absent(
        id,
        Json.text(error, "rev", ""),
        Json.text(error, "error", "unknown"),
        Json.text(error, "reason", ""));
  }
}
