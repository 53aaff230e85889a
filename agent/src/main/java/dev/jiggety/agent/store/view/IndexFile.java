package dev.jiggety.agent.store.view;

import dev.jiggety.agent.store.SqlFaults;
import dev.jiggety.agent.store.StoreException;
import dev.jiggety.agent.store.StoreException.Kind;
import dev.jiggety.agent.store.sql.Sql;
import dev.jiggety.agent.store.sql.Transactions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * An index's file while it is open: one connection for the updater, some for readers, who see what
 * was last committed and wait for nobody.
 */
final class IndexFile implements AutoCloseable {

  /** Marks the file as ours: "jgvw". */
  private static final int APPLICATION_ID = 0x6a677677;

  /** What SQLite keeps beside the file. */
  private static final List<String> COMPANIONS = List.of("-wal", "-shm");

  private static final int MOST_READERS = 4;

  /** Memory of a connection for pages, in KiB. */
  private static final int WRITER_CACHE = 8192;

  private static final int READER_CACHE = 2048;

  private final Path path;
  private final Semaphore readers = new Semaphore(MOST_READERS);
  private final ConcurrentLinkedDeque<Sql> idle = new ConcurrentLinkedDeque<>();
  private final List<Reduce> reduces;
  private final List<NodeCache> caches = new ArrayList<>();
  private @Nullable Writer writer;
  private volatile IndexState state;

  /** The updater's connection; its trees remember nodes from one batch to the next. */
  private record Writer(Sql sql, List<ReductionTree> trees) {
    void close() {
      trees.forEach(ReductionTree::forget);
      closeAfterFault(sql);
    }
  }

  /** What is read from a connection. */
  @FunctionalInterface
  interface Reading<T> {
    T read(Sql sql) throws SQLException;
  }

  private IndexFile(Path path, List<Reduce> reduces, Sql sql, IndexState state) {
    this.path = path;
    this.reduces = reduces;
    this.writer = writer(sql);
    this.state = state;
    reduces.forEach(reduce -> caches.add(new NodeCache(NodeMemory.OF_THE_PROCESS)));
  }

  private Writer writer(Sql sql) {
    var trees = new ArrayList<ReductionTree>();
    for (var view = 0; view < reduces.size(); view++) {
      trees.add(new ReductionTree(sql, table(view), reduces.get(view)));
    }
    return new Writer(sql, trees);
  }

  /** The rows of a view on a reader's connection. */
  ReductionTree tree(Sql sql, int view) {
    return new ReductionTree(sql, table(view), reduces.get(view), caches.get(view));
  }

  private static String table(int view) {
    return "view" + view;
  }

  /**
   * Opens it; makes it if there is none.
   *
   * @param check whether to run SQLite's check, which reads the whole file
   * @throws SQLException SQLITE_CORRUPT for a damaged file and for one of another format
   */
  static IndexFile open(Path path, List<Reduce> reduces, boolean check)
      throws SQLException, IOException {
    Files.createDirectories(Objects.requireNonNull(path.getParent(), "a file in no folder"));
    if (!Files.exists(path)) {
      delete(path); // a log that lost its file must not be replayed into a new one
    }
    var sql = connect(path);
    try {
      var created = sql.number("SELECT count(*) FROM sqlite_schema") == 0;
      if (!created) {
        refuseOther(sql, check);
      }
      sql.run("PRAGMA journal_mode = WAL");
      if (created) {
        create(sql, reduces.size());
      }
      return new IndexFile(path, reduces, sql, IndexState.load(sql));
    } catch (SQLException | RuntimeException e) {
      sql.close();
      throw e;
    }
  }

  private static Sql connect(Path path) throws SQLException {
    var sql = Sql.open(path, WRITER_CACHE);
    // The log is not synced at each commit. Rows and sequence are in one file and one commit, so a
    // power cut can only take the last commits as a whole, which the next update makes again.
    sql.run("PRAGMA synchronous = NORMAL");
    sql.run("PRAGMA journal_size_limit = 16777216");
    return sql;
  }

  private static void refuseOther(Sql sql, boolean check) throws SQLException {
    if (sql.number("PRAGMA application_id") != APPLICATION_ID
        || sql.number("PRAGMA user_version") != IndexDefinition.FORMAT) {
      throw damaged("it has another format");
    }
    if (check) {
      var verdict = sql.first("PRAGMA quick_check(1)", row -> row.getString(1));
      if (!"ok".equals(verdict)) {
        throw damaged("quick_check: " + verdict);
      }
    }
  }

  private static SQLException damaged(String reason) {
    return new SQLException(reason, "", SQLiteErrorCode.SQLITE_CORRUPT.code);
  }

  private static void create(Sql sql, int views) throws SQLException {
    sql.run("BEGIN IMMEDIATE");
    try {
      sql.run(
          """
          CREATE TABLE state (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            seq INTEGER NOT NULL,        -- of the store; every change up to it is in here
            purge_seq INTEGER NOT NULL   -- of the store
          )\
          """);
      sql.update("INSERT INTO state VALUES (1, 0, 0)");
      // Which rows a document has, so that its next version can take exactly these away.
      sql.run("CREATE TABLE emitted (id TEXT PRIMARY KEY, keys BLOB NOT NULL) WITHOUT ROWID");
      for (var view = 0; view < views; view++) {
        ReductionTree.create(sql, table(view));
      }
      sql.run("PRAGMA application_id = " + APPLICATION_ID);
      sql.run("PRAGMA user_version = " + IndexDefinition.FORMAT);
      sql.run("COMMIT");
    } catch (SQLException e) {
      Transactions.rollBack(sql, e);
      throw e;
    }
  }

  /** Deletes a file that nobody has open. */
  static void delete(Path path) throws IOException {
    Files.deleteIfExists(path);
    for (var companion : COMPANIONS) {
      Files.deleteIfExists(path.resolveSibling(path.getFileName() + companion));
    }
  }

  /** As last committed. */
  IndexState state() {
    return state;
  }

  /** What is written in one transaction. */
  @FunctionalInterface
  interface Writing {
    /** Writes; the state that it leads to is saved with it. */
    IndexState write(Sql sql, List<ReductionTree> trees) throws SQLException;
  }

  /** Writes all of it or nothing. For one thread at a time. */
  void write(Writing work) throws SQLException {
    var connected = writer;
    if (connected == null) {
      connected = writer(connect(path));
      writer = connected;
    }
    var sql = connected.sql();
    var committed = false;
    try {
      sql.update("BEGIN IMMEDIATE");
      var trees = connected.trees();
      var next = decoding(() -> work.write(sql, trees));
      next.save(sql);
      sql.update("COMMIT");
      committed = true;
      state = next;
    } finally {
      if (!committed) {
        // After a fault neither the transaction nor prepared statements can be relied upon.
        writer = null;
        connected.close();
      }
    }
  }

  private static void closeAfterFault(Sql sql) {
    try {
      sql.close();
    } catch (SQLException e) {
      System.getLogger(IndexFile.class.getName())
          .log(System.Logger.Level.DEBUG, "closing a connection after a fault", e);
    }
  }

  /** Reads on a connection of its own; all that is seen belongs to one moment. */
  <T> T read(Reading<T> work) {
    readers.acquireUninterruptibly();
    try {
      var reader = idle.poll();
      var sql = reader == null ? Sql.open(path, READER_CACHE) : reader;
      var good = false;
      try {
        if (reader == null) {
          sql.run("PRAGMA query_only = 1");
        }
        var answer = Transactions.read(sql, () -> decoding(() -> work.read(sql)));
        good = true;
        return answer;
      } finally {
        if (good) {
          idle.push(sql);
        } else {
          closeAfterFault(sql);
        }
      }
    } catch (SQLException e) {
      throw fault(path, e);
    } finally {
      readers.release();
    }
  }

  /** SQLite's check sees no damage within a value; but then it cannot be read as what it was. */
  private static <T> T decoding(Transactions.Work<T> work) throws SQLException {
    try {
      return work.run();
    } catch (BufferUnderflowException
        | IndexOutOfBoundsException
        | NegativeArraySizeException
        | UncheckedIOException e) {
      throw new SQLException("a row of it cannot be read (" + e + ")", e);
    }
  }

  /** What is not SQLite's own fault is that of the trees, which miss something. */
  static StoreException fault(Path path, SQLException e) {
    return e instanceof SQLiteException
        ? SqlFaults.of(path, e)
        : new StoreException(Kind.CORRUPT, path + ": " + e.getMessage(), e);
  }

  /** Gives the space of rows that are gone back to the disk. */
  void compact() throws SQLException {
    try (var sql = connect(path)) {
      sql.run("VACUUM");
      sql.run("PRAGMA wal_checkpoint(TRUNCATE)");
    }
  }

  /** Nobody may be using it any more. */
  @Override
  public void close() {
    for (var sql = idle.poll(); sql != null; sql = idle.poll()) {
      closeAfterFault(sql);
    }
    var connected = writer;
    writer = null;
    if (connected != null) {
      connected.close();
    }
    caches.forEach(NodeCache::clear);
  }
}
