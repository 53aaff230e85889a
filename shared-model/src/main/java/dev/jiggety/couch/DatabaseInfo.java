package dev.jiggety.couch;

import com.google.gson.JsonObject;

/**
 * What a database says of itself ({@code GET /db}).
 *
 * @param name its name
 * @param updateSeq the newest sequence; opaque
 * @param instanceStartTime changes when the database was dropped and made anew (CouchDB 3.3 and
 *     later; {@code 0} elsewhere)
 * @param documents how many there are
 * @param deleted how many tombstones there are; 0 where the server does not say
 * @param raw the whole answer
 */
public record DatabaseInfo(
    String name,
    String updateSeq,
    String instanceStartTime,
    long documents,
    long deleted,
    JsonObject raw) {

  /**
   * Reads only what is needed: CouchDB's purge_seq is a number in some versions, a text in others.
   */
  static DatabaseInfo read(JsonObject json) {
    return new DatabaseInfo(
        Json.text(json, "db_name", ""),
        Json.sequence(json.get("update_seq")),
        Json.text(json, "instance_start_time", "0"),
        Json.number(json, "doc_count", 0),
        Json.number(json, "doc_del_count", 0),
        json);
  }
}
