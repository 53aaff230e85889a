package dev.jiggety.agent.store;

import dev.jiggety.agent.store.sql.Sql;
import java.sql.SQLException;

/** The row of {@code state}: what a commit changes beside the documents. */
record StoreState(
    String uuid,
    long started,
    long updateSeq,
    long purgeSeq,
    long lastBody,
    long docCount,
    long deletedCount,
    int revsLimit) {

  static StoreState load(Sql sql) throws SQLException {
    var state =
        sql.first(
            "SELECT uuid, started, update_seq, purge_seq, last_body, doc_count, deleted_count,"
                + " revs_limit FROM state",
            row ->
                new StoreState(
                    row.getString(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getLong(5),
                    row.getLong(6),
                    row.getLong(7),
                    row.getInt(8)));
    if (state == null) {
      throw new SQLException(
          "table state is empty", "", org.sqlite.SQLiteErrorCode.SQLITE_CORRUPT.code);
    }
    return state;
  }

  /** The same content as another incarnation. */
  StoreState renewed(String newUuid, long now) {
    return new StoreState(
        newUuid, now, updateSeq, purgeSeq, lastBody, docCount, deletedCount, revsLimit);
  }

  void save(Sql sql) throws SQLException {
    sql.update(
        "UPDATE state SET uuid = ?, started = ?, update_seq = ?, purge_seq = ?, last_body = ?,"
            + " doc_count = ?, deleted_count = ?, revs_limit = ?",
        uuid,
        started,
        updateSeq,
        purgeSeq,
        lastBody,
        docCount,
        deletedCount,
        revsLimit);
  }
}
