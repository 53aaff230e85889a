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
import java.util.LinkedHashMap;
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
        + " pushed INTEGER)",
    "CREATE INDEX IF NOT EXISTS entry_batch ON entry(batch) WHERE batch IS NOT NULL",
    "CREATE INDEX IF NOT EXISTS batch_open ON batch(database, stored) WHERE pushed IS NULL",
    "CREATE INDEX IF NOT EXISTS batch_pushed ON batch(pushed) WHERE pushed IS NOT NULL"
  };

  private final Connection connection;

  private OutboxFile(Connection connection) {
    this.connection = connection;
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

  /** Runs in batches that the hub does not have. */
  long unpushedRuns() throws SQLException {
    return number(
        "SELECT coalesce(sum(runs), 0) FROM batch WHERE pushed IS NULL AND stored IS NOT NULL");
  }

  /** One durable step: entries, an era, tests that are accounted for no more. */
  void write(List<Entry> entries, Optional<Integer> era, Collection<String> forgotten)
      throws SQLException {
    inOneTransaction(() -> {
      if (era.isPresent()) {
        putMeta("era", String.valueOf(era.get()));
      }
      try (PreparedStatement forget = prepare("DELETE FROM accounted WHERE test = ?")) {
        for (String test : forgotten) {
          forget.setString(1, test);
          forget.executeUpdate();
        }
      }
      insert(entries);
    });
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

  /** Fixes the boundaries of a batch; from now on nothing changes them. */
  FixedBatch fix(String database, Instant at, List<Waiting> entries) throws SQLException {
    long[] seq = new long[1];
    inOneTransaction(() -> {
      try (PreparedStatement insert =
          prepare("INSERT INTO batch(database, at, runs) VALUES(?, ?, ?)")) {
        insert.setString(1, database);
        insert.setLong(2, at.toEpochMilli());
        insert.setLong(3, entries.stream().filter(Waiting::isRun).count());
        insert.executeUpdate();
      }
      seq[0] = number("SELECT last_insert_rowid()");
      try (PreparedStatement update = prepare("UPDATE entry SET batch = ? WHERE id = ?")) {
        for (Waiting entry : entries) {
          update.setLong(1, seq[0]);
          update.setLong(2, entry.id());
          update.executeUpdate();
        }
      }
    });
    return new FixedBatch(seq[0], database, at, texts(entries, true), texts(entries, false));
  }

  private static List<String> texts(List<Waiting> entries, boolean runs) {
    return entries.stream().filter(entry -> entry.isRun() == runs).map(Waiting::json).toList();
  }

  /** The oldest batch that is fixed and not known to be stored: what a crash left. */
  Optional<FixedBatch> unstored() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT seq, database, at FROM batch WHERE stored IS NULL ORDER BY seq LIMIT 1")) {
      if (!row.next()) {
        return Optional.empty();
      }
      long seq = row.getLong(1);
      List<Waiting> entries = entriesOf(seq);
      return Optional.of(
          new FixedBatch(
              seq,
              row.getString(2),
              Instant.ofEpochMilli(row.getLong(3)),
              texts(entries, true),
              texts(entries, false)));
    }
  }

  private List<Waiting> entriesOf(long seq) throws SQLException {
    List<Waiting> entries = new ArrayList<>();
    try (PreparedStatement select =
        prepare("SELECT id, run, at, json FROM entry WHERE batch = ? ORDER BY id")) {
      select.setLong(1, seq);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          entries.add(
              new Waiting(
                  rows.getLong(1),
                  rows.getInt(2) == 1,
                  Instant.ofEpochMilli(rows.getLong(3)),
                  rows.getString(4)));
        }
      }
    }
    return entries;
  }

  /** The batch is in the local store; its entries go. */
  void stored(long seq, String id, String rev, long storeSeq) throws SQLException {
    inOneTransaction(() -> {
      try (PreparedStatement update =
              prepare("UPDATE batch SET id = ?, rev = ?, stored = ? WHERE seq = ?");
          PreparedStatement delete = prepare("DELETE FROM entry WHERE batch = ?")) {
        update.setString(1, id);
        update.setString(2, rev);
        update.setLong(3, storeSeq);
        update.setLong(4, seq);
        update.executeUpdate();
        delete.setLong(1, seq);
        delete.executeUpdate();
      }
    });
  }

  /** The hub has everything of a database up to a sequence; gives back how many runs are new. */
  long pushed(String database, long storeSeq, Instant now) throws SQLException {
    long before = unpushedRuns();
    inOneTransaction(() -> {
      try (PreparedStatement update =
          prepare(
              "UPDATE batch SET pushed = ? WHERE database = ? AND stored <= ? AND pushed IS"
                  + " NULL")) {
        update.setLong(1, now.toEpochMilli());
        update.setString(2, database);
        update.setLong(3, storeSeq);
        update.executeUpdate();
      }
    });
    return before - unpushedRuns();
  }

  /** Of one database, batches that the hub has had since before a time: revisions by id. */
  Map<String, Map<String, String>> pushedBefore(Instant time, int most) throws SQLException {
    Map<String, Map<String, String>> found = new LinkedHashMap<>();
    try (PreparedStatement select =
        prepare("SELECT database, id, rev FROM batch WHERE pushed < ? ORDER BY pushed LIMIT ?")) {
      select.setLong(1, time.toEpochMilli());
      select.setInt(2, most);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found
              .computeIfAbsent(rows.getString(1), database -> new HashMap<>())
              .put(rows.getString(2), rows.getString(3));
        }
      }
    }
    return found;
  }

  /** These batches are gone from the store. */
  void purged(Collection<String> ids) throws SQLException {
    inOneTransaction(() -> {
      try (PreparedStatement delete = prepare("DELETE FROM batch WHERE id = ?")) {
        for (String id : ids) {
          delete.setString(1, id);
          delete.executeUpdate();
        }
      }
    });
  }

  /** The databases that still hold batches. */
  List<String> databases() throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT DISTINCT database FROM batch")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private interface Work {
    void run() throws SQLException;
  }

  /**
   * By SQL, not by the driver: on a full disk SQLite may end the transaction by itself, and the
   * driver would go on believing in it.
   */
  private void inOneTransaction(Work work) throws SQLException {
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

  private long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    return connection.prepareStatement(sql);
  }
}
