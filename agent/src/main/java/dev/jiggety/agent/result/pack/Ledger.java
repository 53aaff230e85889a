package dev.jiggety.agent.result.pack;

import dev.jiggety.model.Point;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig;

/**
 * What waits to be packed, in an SQLite file: runs and skipped slots by hour and test, days to be
 * rolled up, packs that are made but not in the archive yet, and how far the live databases were
 * read. For one thread at a time. What is done in one transaction is on the disk at its end, all of
 * it or nothing.
 */
final class Ledger implements AutoCloseable {
  private static final String[] SCHEMA = {
    "CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS position(store TEXT PRIMARY KEY, database TEXT NOT NULL,"
        + " seq INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS run(hour INTEGER, test TEXT, planned INTEGER, samples TEXT NOT"
        + " NULL, PRIMARY KEY(hour, test, planned)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS skipped(hour INTEGER, test TEXT, missed INTEGER NOT NULL,"
        + " suppressed INTEGER NOT NULL, PRIMARY KEY(hour, test)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS day(day INTEGER, test TEXT, PRIMARY KEY(day, test)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS made(id TEXT PRIMARY KEY, database TEXT NOT NULL, json TEXT NOT"
        + " NULL) WITHOUT ROWID"
  };

  private final Connection connection;

  private Ledger(Connection connection) {
    this.connection = connection;
  }

  /** An hour, or a day, of a test. */
  record Slot(Instant from, String test) {
    /** Behind all of what began before a time, and before all of what begins then. */
    static Slot at(Instant time) {
      return new Slot(time, "");
    }
  }

  /** A pack that is decided, as it goes into the archive. */
  record Made(String id, String database, String json) {}

  /** What waits of an hour of a test. */
  record Waiting(List<Point> points, long missed, long suppressed) {}

  /** Several statements. */
  interface Work {
    void run() throws SQLException;
  }

  /** Opens the file, made anew if there is none. */
  static Ledger open(Path file) throws SQLException {
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
      connection.setAutoCommit(false);
      statement.executeUpdate("COMMIT");
      return new Ledger(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Whether an error says that the file is damaged: SQLITE_CORRUPT and SQLITE_NOTADB. */
  static boolean isDamage(SQLException e) {
    int code = e.getErrorCode() & 0xff;
    return code == 11 || code == 26;
  }

  /** Up to which sequence a store was read. */
  long position(String store) throws SQLException {
    return number("SELECT seq FROM position WHERE store = ?", store).orElse(0L);
  }

  void position(String store, String database, long seq) throws SQLException {
    update("REPLACE INTO position(store, database, seq) VALUES(?, ?, ?)", store, database, seq);
  }

  /** The time from which on this node's packs are all known here; set when there is none. */
  Instant horizon(Instant otherwise) throws SQLException {
    Optional<Long> known = number("SELECT value FROM meta WHERE key = 'horizon'");
    if (known.isEmpty()) {
      horizonAt(otherwise);
    }
    return known.map(Instant::ofEpochMilli).orElse(otherwise);
  }

  /** Moves it. */
  void horizonAt(Instant time) throws SQLException {
    inOneTransaction(() -> setHorizon(time));
  }

  private void setHorizon(Instant time) throws SQLException {
    update("REPLACE INTO meta(key, value) VALUES('horizon', ?)", time.toEpochMilli());
  }

  /** Notes a run; one that is known already stays as it is. */
  void run(Instant hour, String test, Instant planned, String samples) throws SQLException {
    update(
        "INSERT OR IGNORE INTO run(hour, test, planned, samples) VALUES(?, ?, ?, ?)",
        hour.toEpochMilli(),
        test,
        planned.toEpochMilli(),
        samples);
  }

  /** Notes slots that were skipped. */
  void skipped(Instant hour, String test, long missed, long suppressed) throws SQLException {
    update(
        "INSERT INTO skipped(hour, test, missed, suppressed) VALUES(?, ?, ?, ?) ON CONFLICT(hour,"
            + " test) DO UPDATE SET missed = missed + excluded.missed, suppressed = suppressed +"
            + " excluded.suppressed",
        hour.toEpochMilli(),
        test,
        missed,
        suppressed);
  }

  /** Hours behind a slot of which something waits, and which began before a time; oldest first. */
  List<Slot> hours(Slot after, Instant before, int most) throws SQLException {
    return slots(
        "SELECT hour, test FROM run WHERE (hour, test) > (?1, ?2) AND hour < ?3 UNION SELECT hour,"
            + " test FROM skipped WHERE (hour, test) > (?1, ?2) AND hour < ?3 ORDER BY 1, 2 LIMIT "
            + most,
        after.from().toEpochMilli(),
        after.test(),
        before.toEpochMilli());
  }

  /** Days behind a slot that are to be rolled up and began before a time; the oldest first. */
  List<Slot> days(Slot after, Instant before, int most) throws SQLException {
    return slots(
        "SELECT day, test FROM day WHERE (day, test) > (?, ?) AND day < ? ORDER BY 1, 2 LIMIT "
            + most,
        after.from().toEpochMilli(),
        after.test(),
        before.toEpochMilli());
  }

  /** The oldest day that waits for its roll-up. */
  Optional<Instant> oldestDay() throws SQLException {
    return number("SELECT day FROM day ORDER BY day LIMIT 1").map(Instant::ofEpochMilli);
  }

  /** Whether anything of hours from one time to another is not in the archive. */
  boolean waits(Instant from, Instant to) throws SQLException {
    return hasUnpacked(from, to) || number("SELECT 1 FROM made LIMIT 1").isPresent();
  }

  /** Whether anything of hours from one time to another is in no pack. */
  boolean hasUnpacked(Instant from, Instant to) throws SQLException {
    return number(
            "SELECT 1 FROM run WHERE hour >= ?1 AND hour < ?2 UNION ALL SELECT 1 FROM skipped"
                + " WHERE hour >= ?1 AND hour < ?2 LIMIT 1",
            from.toEpochMilli(),
            to.toEpochMilli())
        .isPresent();
  }

  /** What waits of an hour. */
  Waiting waiting(Slot slot) throws SQLException {
    List<Point> points = new ArrayList<>();
    long hour = slot.from().toEpochMilli();
    try (PreparedStatement select =
        prepare(
            "SELECT planned, samples FROM run WHERE hour = ? AND test = ? ORDER BY planned",
            hour,
            slot.test())) {
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          points.addAll(RunText.read(Instant.ofEpochMilli(rows.getLong(1)), rows.getString(2)));
        }
      }
    }
    try (PreparedStatement select =
        prepare(
            "SELECT missed, suppressed FROM skipped WHERE hour = ? AND test = ?",
            hour,
            slot.test())) {
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? new Waiting(points, row.getLong(1), row.getLong(2))
            : new Waiting(points, 0, 0);
      }
    }
  }

  /** An hour becomes a pack, or nothing where all of it was known; its day waits for a roll-up. */
  void packed(Slot slot, Instant day, Optional<Made> made) throws SQLException {
    inOneTransaction(() -> {
      if (made.isPresent()) {
        insert(made.get());
        update(
            "INSERT OR IGNORE INTO day(day, test) VALUES(?, ?)", day.toEpochMilli(), slot.test());
      }
      update(
          "DELETE FROM run WHERE hour = ? AND test = ?", slot.from().toEpochMilli(), slot.test());
      update(
          "DELETE FROM skipped WHERE hour = ? AND test = ?",
          slot.from().toEpochMilli(),
          slot.test());
    });
  }

  /** A day is rolled up, or there was nothing new. */
  void rolledUp(Slot slot, Optional<Made> made) throws SQLException {
    inOneTransaction(() -> {
      if (made.isPresent()) {
        insert(made.get());
      }
      update("DELETE FROM day WHERE day = ? AND test = ?", slot.from().toEpochMilli(), slot.test());
    });
  }

  private void insert(Made made) throws SQLException {
    update(
        "INSERT OR IGNORE INTO made(id, database, json) VALUES(?, ?, ?)",
        made.id(),
        made.database(),
        made.json());
  }

  /** Packs that may not be in the archive yet. */
  List<Made> made() throws SQLException {
    List<Made> made = new ArrayList<>();
    try (PreparedStatement select = prepare("SELECT id, database, json FROM made ORDER BY id");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        made.add(new Made(rows.getString(1), rows.getString(2), rows.getString(3)));
      }
    }
    return made;
  }

  /** These are in the archive. */
  void stored(List<Made> made) throws SQLException {
    inOneTransaction(() -> {
      for (Made one : made) {
        update("DELETE FROM made WHERE id = ?", one.id());
      }
    });
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** By SQL, not by the driver, which may believe in a transaction that SQLite has ended. */
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

  private List<Slot> slots(String sql, Object... values) throws SQLException {
    List<Slot> slots = new ArrayList<>();
    try (PreparedStatement select = prepare(sql, values);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        slots.add(new Slot(Instant.ofEpochMilli(rows.getLong(1)), rows.getString(2)));
      }
    }
    return slots;
  }

  private Optional<Long> number(String sql, Object... values) throws SQLException {
    try (PreparedStatement select = prepare(sql, values);
        ResultSet row = select.executeQuery()) {
      return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
    }
  }

  private void update(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(sql, values)) {
      statement.executeUpdate();
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private PreparedStatement prepare(String sql, Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }
}
