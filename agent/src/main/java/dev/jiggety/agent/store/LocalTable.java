package dev.jiggety.agent.store;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.agent.store.WriteOutcome.Conflict;
import dev.jiggety.agent.store.WriteOutcome.Stored;
import dev.jiggety.agent.store.sql.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Documents that belong to this store alone: no tree, no changes, never replicated. */
final class LocalTable {

  private LocalTable() {}

  /** The id without {@code _local/}; refuses an empty one. */
  static String key(String id) {
    var key = id.startsWith(DocumentIds.LOCAL) ? id.substring(DocumentIds.LOCAL.length()) : id;
    DocumentIds.check(DocumentIds.LOCAL + key);
    return key;
  }

  static Optional<JsonObject> get(Sql sql, String key) throws SQLException {
    return Optional.ofNullable(
        sql.first("SELECT id, rev, json FROM locals WHERE id = ?", LocalTable::read, key));
  }

  static List<JsonObject> list(Sql sql, long skip, int limit) throws SQLException {
    return sql.list(
        "SELECT id, rev, json FROM locals ORDER BY id LIMIT ? OFFSET ?",
        LocalTable::read,
        limit,
        skip);
  }

  private static JsonObject read(ResultSet row) throws SQLException {
    var document = new JsonObject();
    document.addProperty("_id", DocumentIds.LOCAL + row.getString(1));
    document.addProperty("_rev", "0-" + row.getLong(2));
    JsonParser.parseString(row.getString(3))
        .getAsJsonObject()
        .entrySet()
        .forEach(member -> document.add(member.getKey(), member.getValue()));
    return document;
  }

  static WriteOutcome put(Sql sql, String key, String json, Optional<Revision> rev)
      throws SQLException {
    var now = sql.number("SELECT rev FROM locals WHERE id = ?", key);
    if (rev.isPresent() && !rev.get().toString().equals("0-" + now)) {
      return new Conflict(DocumentIds.LOCAL + key);
    }
    sql.update("INSERT OR REPLACE INTO locals VALUES (?, ?, ?)", key, now + 1, json);
    return new Stored(DocumentIds.LOCAL + key, new Revision(0, Long.toString(now + 1)), true);
  }

  static boolean delete(Sql sql, String key) throws SQLException {
    return sql.update("DELETE FROM locals WHERE id = ?", key) > 0;
  }
}
