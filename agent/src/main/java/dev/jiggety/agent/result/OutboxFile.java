package dev.jiggety.agent.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.sqlite.SQLiteConfig;

/**
 * The outbox' SQLite file. For one thread at a time. What a method writes is on the disk when it
 * returns, and is all there or not at all.
 */
final class OutboxFile implements AutoCloseable {
  private static final String[] SCHEMA = {
    "CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS accounted(test TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT"
        + " ROWID",
    "CREATE TABLE IF NOT EXISTS entry(id INTEGER PRIMARY KEY AUTOINCREMENT, batch INTEGER,"
        + " run INTEGER NOT NULL, at INTEGER NOT NULL, json TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS batch(seq INTEGER PRIMARY KEY AUTOINCREMENT, database TEXT NOT"
        + " NULL, at INTEGER NOT NULL, runs INTEGER NOT NULL, id TEXT, rev TEXT, stored INTEGER,"
        + " pushed INTEGER, clock_offset INTEGER, clock_within INTEGER)",
    "CREATE INDEX IF NOT EXISTS entry_batch ON entry(batch) WHERE batch IS NOT NULL",
    "CREATE INDEX IF NOT EXISTS batch_open ON batch(database, stored) WHERE pushed IS NULL",
    "CREATE INDEX IF NOT EXISTS batch_pushed ON batch(pushed) WHERE pushed IS NOT NULL"
  };

  private final Connection connection;
  private final BatchTable batches;

  private OutboxFile(Connection connection) {
    this.connection = connection;
    this.batches = new BatchTable(this);
  }

  /** An entry that is not in a batch yet. */
  record Waiting(long id, boolean isRun, Instant at, String json) {}

  /** Opens the file, made anew if there is none. A damaged one is set aside. */
  static OutboxFile open(Path file, long maxBytes, Instant now) throws SQLException {
    try {
      return openSound(file, maxBytes);
    } catch (SQLException e) {
      if (!Files.exists(file) || !isDamage(e)) {
        throw e;
      }
      Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + now.toEpochMilli());
      System.getLogger(OutboxFile.class.getName())
          .log(System.Logger.Level.ERROR, file + " is damaged; it is kept as " + aside, e);
      try {
        Files.move(file, aside);
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-wal"));
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-shm"));
      } catch (IOException io) {
        e.addSuppressed(io);
        throw e;
      }
      return openSound(file, maxBytes);
    }
  }

  private static OutboxFile openSound(Path file, long maxBytes) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(2000);
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      try (ResultSet check = statement.executeQuery("PRAGMA quick_check(1)")) {
        if (!check.next() || !"ok".equals(check.getString(1))) {
          throw new SQLException("quick_check found damage", "", 11);
        }
      }
      for (String sql : SCHEMA) {
        statement.executeUpdate(sql);
      }
      addClock(statement);
      // Else the driver tries to begin a transaction after each statement, in vain within ours.
      connection.setAutoCommit(false);
      statement.executeUpdate("COMMIT");
      OutboxFile opened = new OutboxFile(connection);
      opened.limit(maxBytes);
      return opened;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** SQLITE_CORRUPT and SQLITE_NOTADB. */
  private static boolean isDamage(SQLException e) {
    int code = e.getErrorCode() & 0xff;
    return code == 11 || code == 26;
  }

  /** Bounds the file; 0 = no limit. */
  void limit(long bytes) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      long pages = bytes == 0 ? 0xfffffffeL : Math.max(1, bytes / 4096);
      statement.execute("PRAGMA max_page_count=" + pages);
    }
  }

  /** Names this outbox; made with the file. */
  String stream(RandomGenerator random) throws SQLException {
    Optional<String> known = meta("stream");
    if (known.isPresent()) {
      return known.get();
    }
    String made = Long.toString(random.nextLong(36L * 36 * 36 * 36 * 36 * 36 * 36 * 36), 36);
    putMeta("stream", made);
    return made;
  }

  int era() throws SQLException {
    return Integer.parseInt(meta("era").orElse("0"));
  }

  /** Up to where each test is accounted for. */
  Map<String, Instant> accounted() throws SQLException {
    Map<String, Instant> accounted = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT test, at FROM accounted")) {
      while (rows.next()) {
        accounted.put(rows.getString(1), Instant.ofEpochMilli(rows.getLong(2)));
      }
    }
    return accounted;
  }

  /** Runs that are in no batch yet. */
  long waitingRuns() throws SQLException {
    return number("SELECT count(*) FROM entry WHERE run = 1");
  }

  /** When the oldest run was made that the hub does not have; empty for none. */
  Optional<Instant> oldestRun() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT min(at) FROM (SELECT min(at) AS at FROM entry WHERE run = 1"
                    + " UNION ALL SELECT min(at) FROM batch WHERE pushed IS NULL AND runs > 0)")) {
      long at = row.next() ? row.getLong(1) : 0;
      return at == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(at));
    }
  }

  /** One durable step: entries, an era, and then tests that are accounted for no more. */
  void write(List<Entry> entries, Optional<Integer> era, Collection<String> forgotten)
      throws SQLException {
    inOneTransaction(() -> {
      if (era.isPresent()) {
        putMeta("era", String.valueOf(era.get()));
      }
      insert(entries);
      try (PreparedStatement forget = prepare("DELETE FROM accounted WHERE test = ?")) {
        for (String test : forgotten) {
          forget.setString(1, test);
          forget.executeUpdate();
        }
      }
    });
  }

  /** Files of before have no such columns. */
  private static void addClock(Statement statement) throws SQLException {
    boolean there;
    try (ResultSet found =
        statement.executeQuery(
            "SELECT 1 FROM pragma_table_info('batch') WHERE name = 'clock_within'")) {
      there = found.next();
    }
    if (!there) {
      statement.executeUpdate("ALTER TABLE batch ADD COLUMN clock_offset INTEGER");
      statement.executeUpdate("ALTER TABLE batch ADD COLUMN clock_within INTEGER");
    }
  }

  private void insert(List<Entry> entries) throws SQLException {
    try (PreparedStatement insert = prepare("INSERT INTO entry(run, at, json) VALUES(?, ?, ?)");
        PreparedStatement account = prepare("REPLACE INTO accounted(test, at) VALUES(?, ?)")) {
      for (Entry entry : entries) {
        insert.setInt(1, entry.isRun() ? 1 : 0);
        insert.setLong(2, entry.at().toEpochMilli());
        insert.setString(3, entry.json());
        insert.executeUpdate();
        account.setString(1, entry.testId());
        account.setLong(2, entry.last().toEpochMilli());
        account.executeUpdate();
      }
    }
  }

  /** The oldest entries that are in no batch. */
  List<Waiting> waiting(int most) throws SQLException {
    List<Waiting> waiting = new ArrayList<>();
    try (PreparedStatement select =
        prepare("SELECT id, run, at, json FROM entry WHERE batch IS NULL ORDER BY id LIMIT ?")) {
      select.setInt(1, most);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          waiting.add(
              new Waiting(
                  rows.getLong(1),
                  rows.getInt(2) == 1,
                  Instant.ofEpochMilli(rows.getLong(3)),
                  rows.getString(4)));
        }
      }
    }
    return waiting;
  }

  /** The batches in this file. */
  BatchTable batches() {
    return batches;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** Several statements. */
  interface Work {
    void run() throws SQLException;
  }

  /**
   * By SQL, not by the driver: on a full disk SQLite may end the transaction by itself, and the
   * driver would go on believing in it.
   */
  void inOneTransaction(Work work) throws SQLException {
    execute("BEGIN IMMEDIATE");
    try {
      work.run();
      execute("COMMIT");
    } catch (SQLException | RuntimeException e) {
      try {
        execute("ROLLBACK");
      } catch (SQLException none) {
        // there is no transaction any more, which is what was wanted
      }
      throw e;
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Optional<String> meta(String key) throws SQLException {
    try (PreparedStatement select = prepare("SELECT value FROM meta WHERE key = ?")) {
      select.setString(1, key);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }

  private void putMeta(String key, String value) throws SQLException {
    try (PreparedStatement put = prepare("REPLACE INTO meta(key, value) VALUES(?, ?)")) {
      put.setString(1, key);
      put.setString(2, value);
      put.executeUpdate();
    }
  }

  /** The one number that a query gives. */
  long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** A statement; the caller closes it. */
  Statement statement() throws SQLException {
    return connection.createStatement();
  }

  /** A statement with parameters; the caller closes it. */
  PreparedStatement prepare(String sql) throws SQLException {
    return connection.prepareStatement(sql);
  }
}
