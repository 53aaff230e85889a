package dev.jiggety.agent.store.view;

import dev.jiggety.agent.store.sql.Sql;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/**
 * How far an index has come.
 *
 * @param seq the store's sequence up to which every change is in it
 * @param purgeSeq the store's number of purges that it knows of
 */
record IndexState(long seq, long purgeSeq) {

  static IndexState load(Sql sql) throws SQLException {
    var state =
        sql.first(
            "SELECT seq, purge_seq FROM state",
            row -> new IndexState(row.getLong(1), row.getLong(2)));
    if (state == null) {
      throw new SQLException("table state is empty", "", SQLiteErrorCode.SQLITE_CORRUPT.code);
    }
    return state;
  }

  void save(Sql sql) throws SQLException {
    sql.update("UPDATE state SET seq = ?, purge_seq = ?", seq, purgeSeq);
  }
}
