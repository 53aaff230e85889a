package dev.jiggety.agent.store;

import dev.jiggety.agent.store.sql.Sql;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Rows for a table, inserted some at a time: a statement has a price beside that of its rows. */
final class Inserts {
  private static final int AT_ONCE = 16;

  private final Sql sql;
  private final Table table;
  private final @Nullable Object[] waiting;
  private int filled;

  /** A table, and how rows get into it. */
  enum Table {
    BODIES("bodies", 3),
    DOCS("docs", 7);

    private final int columns;
    private final String one;
    private final String many;

    Table(String name, int columns) {
      var row = "(" + "?, ".repeat(columns - 1) + "?)";
      this.columns = columns;
      this.one = "INSERT INTO " + name + " VALUES " + row;
      this.many = one + (", " + row).repeat(AT_ONCE - 1);
    }
  }

  Inserts(Sql sql, Table table) {
    this.sql = sql;
    this.table = table;
    this.waiting = new @Nullable Object[table.columns * AT_ONCE];
  }

  /** Adds a row, which is in the table after {@link #flush} at the latest. */
  void add(@Nullable Object... row) throws SQLException {
    System.arraycopy(row, 0, waiting, filled, table.columns);
    filled += table.columns;
    if (filled == waiting.length) {
      filled = 0;
      sql.update(table.many, waiting);
    }
  }

  /** Inserts what waits. */
  void flush() throws SQLException {
    var end = filled;
    filled = 0;
    for (var from = 0; from < end; from += table.columns) {
      sql.update(table.one, Arrays.copyOfRange(waiting, from, from + table.columns));
    }
  }
}
