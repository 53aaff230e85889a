package dev.jiggety.agent.store.sql;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * One connection to a store's file, with its statements prepared once. For one thread at a time.
 */
public final class Sql implements AutoCloseable {

  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  /** Makes something of the row under the cursor. */
  @FunctionalInterface
  public interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private Sql(Connection connection) {
    this.connection = connection;
  }

  /**
   * Connects; makes the file if there is none.
   *
   * @param cacheKiB memory for pages, in KiB
   */
  public static Sql open(Path file, int cacheKiB) throws SQLException {
    return open(file, cacheKiB, new Properties());
  }

  /** The same for reading alone; makes no file. Another process may be writing to it. */
  public static Sql openToRead(Path file, int cacheKiB) throws SQLException {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    return open(file, cacheKiB, config.toProperties());
  }

  private static Sql open(Path file, int cacheKiB, Properties properties) throws SQLException {
    properties.setProperty("busy_timeout", "10000");
    // The driver would ask for the last key after each insert.
    properties.setProperty("jdbc.get_generated_keys", "false");
    var sql = new Sql(DriverManager.getConnection("jdbc:sqlite:" + file, properties));
    try {
      // Else the driver tries to begin a transaction after each statement, in vain within ours. It
      // begins one now instead; after that there are only those that we begin and end ourselves.
      sql.connection.setAutoCommit(false);
      sql.run("COMMIT");
      sql.run("PRAGMA cache_size = -" + cacheKiB);
      sql.run("PRAGMA temp_store = MEMORY");
      return sql;
    } catch (SQLException e) {
      sql.close();
      throw e;
    }
  }

  /** Runs a statement to its end that takes no arguments and is not worth keeping. */
  public void run(String statement) throws SQLException {
    try (var once = connection.createStatement()) {
      once.executeUpdate(statement);
    }
  }

  /** Prepares anew from now on: after a fault, the driver does not take its statements again. */
  public void forget() throws SQLException {
    try {
      for (var statement : prepared.values()) {
        statement.close();
      }
    } finally {
      prepared.clear();
    }
  }

  /** Inserts, updates, deletes. Returns the number of rows. */
  public int update(String statement, @Nullable Object... arguments) throws SQLException {
    return bind(statement, arguments).executeUpdate();
  }

  /** The first row; null if there is none. */
  public <T> @Nullable T first(String query, Row<T> mapper, @Nullable Object... arguments)
      throws SQLException {
    try (var rows = bind(query, arguments).executeQuery()) {
      return rows.next() ? mapper.read(rows) : null;
    }
  }

  /** The first column of the first row, a number; 0 if there is no row. */
  public long number(String query, @Nullable Object... arguments) throws SQLException {
    try (var rows = bind(query, arguments).executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  /** All rows. */
  public <T> List<T> list(String query, Row<T> mapper, @Nullable Object... arguments)
      throws SQLException {
    var list = new ArrayList<T>();
    try (var rows = bind(query, arguments).executeQuery()) {
      while (rows.next()) {
        list.add(mapper.read(rows));
      }
    }
    return list;
  }

  /** The rows as they come; close them before this statement is used again. */
  public ResultSet rows(String query, @Nullable Object... arguments) throws SQLException {
    return bind(query, arguments).executeQuery();
  }

  private PreparedStatement bind(String text, @Nullable Object... arguments) throws SQLException {
    var statement = prepared.get(text);
    if (statement == null) {
      statement = connection.prepareStatement(text);
      prepared.put(text, statement);
    }
    for (var i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case null -> statement.setNull(i + 1, java.sql.Types.NULL);
        case Long number -> statement.setLong(i + 1, number);
        case Integer number -> statement.setInt(i + 1, number);
        case String string -> statement.setString(i + 1, string);
        case byte[] bytes -> statement.setBytes(i + 1, bytes);
        default -> throw new IllegalArgumentException("no column takes " + arguments[i]);
      }
    }
    return statement;
  }

  @Override
  public void close() throws SQLException {
    try {
      forget();
    } finally {
      connection.close();
    }
  }
}
