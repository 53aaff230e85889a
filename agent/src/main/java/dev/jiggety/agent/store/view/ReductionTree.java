package dev.jiggety.agent.store.view;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonParser;
import dev.jiggety.agent.store.collation.Collation;
import dev.jiggety.agent.store.sql.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Rows in a plain table, until there is a tree. */
final class ReductionTree {
  private final Sql sql;
  private final String table;
  private final Reduce reduce;

  interface Visitor {
    boolean visit(byte[] key, ViewRow row) throws SQLException;
  }

  interface GroupVisitor {
    boolean visit(JsonElement key, JsonElement value) throws SQLException;
  }

  ReductionTree(Sql sql, String table, Reduce reduce) {
    this.sql = sql;
    this.table = table;
    this.reduce = reduce;
  }

  static void create(Sql sql, String table) throws SQLException {
    sql.run("CREATE TABLE " + table + " (key BLOB PRIMARY KEY, json TEXT) WITHOUT ROWID");
  }

  void change(SortedMap<byte[], @Nullable ViewRow> changes) throws SQLException {
    for (var entry : changes.entrySet()) {
      var row = entry.getValue();
      if (row == null) {
        sql.update("DELETE FROM " + table + " WHERE key = ?", entry.getKey());
      } else {
        var json = new JsonArray();
        json.add(row.id());
        json.add(row.key());
        json.add(row.value());
        sql.update(
            "INSERT OR REPLACE INTO " + table + " VALUES (?, ?)", entry.getKey(), json.toString());
      }
    }
  }

  long rows() throws SQLException {
    return sql.number("SELECT count(*) FROM " + table);
  }

  long rowsBefore(byte[] key) throws SQLException {
    return sql.number("SELECT count(*) FROM " + table + " WHERE key < ?", key);
  }

  void scan(
      byte @Nullable [] from, byte @Nullable [] to, boolean descending, long skip, Visitor visitor)
      throws SQLException {
    try (var rows =
        sql.rows(
            "SELECT key, json FROM "
                + table
                + " WHERE (?1 IS NULL OR key >= ?1) AND (?2 IS NULL OR key < ?2) ORDER BY key"
                + (descending ? " DESC" : "")
                + " LIMIT -1 OFFSET ?3",
            from,
            to,
            skip)) {
      while (rows.next()) {
        var json = JsonParser.parseString(rows.getString(2)).getAsJsonArray();
        var row = new ViewRow(json.get(0).getAsString(), json.get(1), json.get(2));
        if (!visitor.visit(rows.getBytes(1), row)) {
          return;
        }
      }
    }
  }

  JsonElement reduce(byte @Nullable [] from, byte @Nullable [] to) throws SQLException {
    var rows = new ArrayList<ViewRow>();
    scan(from, to, false, 0, (key, row) -> rows.add(row));
    return reduce.reduce(rows);
  }

  void groups(
      byte @Nullable [] from,
      byte @Nullable [] to,
      int level,
      boolean descending,
      GroupVisitor visitor)
      throws SQLException {
    var rows = new ArrayList<ViewRow>();
    var all = new ArrayList<List<ViewRow>>();
    scan(
        from,
        to,
        descending,
        0,
        (key, row) -> {
          if (!rows.isEmpty()
              && level > 0
              && !Arrays.equals(name(rows.getFirst().key(), level), name(row.key(), level))) {
            all.add(List.copyOf(rows));
            rows.clear();
          }
          return rows.add(row);
        });
    if (!rows.isEmpty()) {
      all.add(rows);
    }
    for (var group : all) {
      if (!visitor.visit(
          level == 0 ? JsonNull.INSTANCE : cut(group.getFirst().key(), level),
          reduce.reduce(group))) {
        return;
      }
    }
  }

  static byte[] name(JsonElement key, int level) {
    return Collation.key(cut(key, level));
  }

  static JsonElement cut(JsonElement key, int level) {
    if (!key.isJsonArray() || key.getAsJsonArray().size() <= level) {
      return key;
    }
    var cut = new JsonArray();
    key.getAsJsonArray().asList().subList(0, level).forEach(cut::add);
    return cut;
  }
}
