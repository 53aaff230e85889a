package dev.jiggety.agent.store.sql;

import java.sql.SQLException;

/** Begin and end of transactions. */
public final class Transactions {

  private Transactions() {}

  /** What is read in one transaction belongs to one moment. */
  @FunctionalInterface
  public interface Work<T> {
    T run() throws SQLException;
  }

  public static <T> T read(Sql sql, Work<T> work) throws SQLException {
    sql.update("BEGIN");
    try {
      return work.run();
    } finally {
      sql.update("COMMIT");
    }
  }

  /** Undoes what was begun; SQLite may have done so itself, which is no fault. */
  public static void rollBack(Sql sql, Throwable because) {
    try {
      sql.forget();
      sql.run("ROLLBACK");
    } catch (SQLException e) {
      because.addSuppressed(e);
    }
  }
}
