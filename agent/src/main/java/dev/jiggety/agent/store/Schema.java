package dev.jiggety.agent.store;

import dev.jiggety.agent.store.sql.Sql;
import dev.jiggety.agent.store.sql.Transactions;
import java.sql.SQLException;

/**
 * The tables of a store. They are meant to be read by people with the {@code sqlite3} program too;
 * docs/operations/store.md shows how.
 */
final class Schema {

  /** Marks the file as ours: "jggt". */
  static final int APPLICATION_ID = 0x6a676774;

  /** The layout below. A file with a higher number was written by a newer program. */
  static final int VERSION = 1;

  private static final String[] TABLES = {
    // One row, updated once a commit.
    """
    CREATE TABLE state (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      uuid TEXT NOT NULL,            -- '' in a backup: gets one when it is first opened
      started INTEGER NOT NULL,      -- when this uuid was made, µs since 1970
      update_seq INTEGER NOT NULL,   -- the last one given; never given again
      purge_seq INTEGER NOT NULL,
      last_body INTEGER NOT NULL,    -- the last key given in bodies; never given again
      doc_count INTEGER NOT NULL,
      deleted_count INTEGER NOT NULL,
      revs_limit INTEGER NOT NULL
    )\
    """,
    // A change moves the row to a new seq, so the changes feed is a walk along the table itself.
    """
    CREATE TABLE docs (
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      winner TEXT NOT NULL,          -- revision
      deleted INTEGER NOT NULL,      -- whether the winner is
      body INTEGER NOT NULL,         -- of the winner, in bodies
      stale INTEGER NOT NULL,        -- bodies that compaction may drop
      tree TEXT                      -- see RevisionTreeText; NULL = the winner is all there is
    )\
    """,
    "CREATE INDEX docs_stale ON docs (seq) WHERE stale > 0",
    """
    CREATE TABLE bodies (
      body INTEGER PRIMARY KEY,
      attachments TEXT,              -- [[name, type, digest, length, revpos]…] or NULL
      json TEXT NOT NULL             -- without the members that begin with an underscore
    )\
    """,
    "CREATE INDEX bodies_attachments ON bodies (body) WHERE attachments IS NOT NULL",
    """
    CREATE TABLE attachments (
      attachment INTEGER PRIMARY KEY,
      digest TEXT NOT NULL UNIQUE,
      length INTEGER NOT NULL
    )\
    """,
    """
    CREATE TABLE attachment_parts (
      attachment INTEGER NOT NULL,
      part INTEGER NOT NULL,
      bytes BLOB NOT NULL,
      UNIQUE (attachment, part)
    )\
    """,
    """
    CREATE TABLE locals (
      id TEXT PRIMARY KEY,           -- without _local/
      rev INTEGER NOT NULL,          -- n of 0-n
      json TEXT NOT NULL
    ) WITHOUT ROWID\
    """
  };

  private Schema() {}

  /** How a connection that writes must be set up; also makes a new file the right kind. */
  static void prepareWriter(Sql sql, long maxFileBytes) throws SQLException {
    // Takes effect only before the first table is made; harmless later.
    sql.run("PRAGMA auto_vacuum = INCREMENTAL");
    sql.run("PRAGMA journal_mode = WAL");
    sql.run("PRAGMA synchronous = FULL");
    sql.run("PRAGMA journal_size_limit = 16777216");
    if (maxFileBytes > 0) {
      var pageBytes = sql.number("PRAGMA page_size");
      sql.run("PRAGMA max_page_count = " + Math.max(1, maxFileBytes / pageBytes));
    }
  }

  /** Whether there is nothing in the file yet. */
  static boolean isEmpty(Sql sql) throws SQLException {
    return sql.number("SELECT count(*) FROM sqlite_schema") == 0;
  }

  static void create(Sql sql, String uuid, long nowMicros, int revsLimit) throws SQLException {
    sql.run("BEGIN IMMEDIATE");
    try {
      for (var table : TABLES) {
        sql.run(table);
      }
      sql.update(
          "INSERT INTO state VALUES (1, ?, ?, 0, 0, 0, 0, 0, ?)", uuid, nowMicros, revsLimit);
      sql.run("PRAGMA application_id = " + APPLICATION_ID);
      sql.run("PRAGMA user_version = " + VERSION);
      sql.run("COMMIT");
    } catch (SQLException e) {
      Transactions.rollBack(sql, e);
      throw e;
    }
  }
}
