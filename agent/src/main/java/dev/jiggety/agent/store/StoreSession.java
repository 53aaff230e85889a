package dev.jiggety.agent.store;

import dev.jiggety.agent.store.sql.NativeLibrary;
import dev.jiggety.agent.store.sql.Sql;
import dev.jiggety.agent.store.sql.Transactions;
import dev.jiggety.base.ProcessLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.function.LongConsumer;

/** A store's file while it is open: the lock, the writer and some connections for readers. */
final class StoreSession implements AutoCloseable {

  private static final int MOST_READERS = 4;

  /** Memory of each reader's connection for pages, in KiB. */
  private static final int READER_CACHE = 1024;

  private final Path file;
  private final ProcessLock lock;
  private final StoreFile.Opened opened;
  private final Writer writer;
  private final Semaphore readers = new Semaphore(MOST_READERS);
  private final ConcurrentLinkedDeque<Sql> idle = new ConcurrentLinkedDeque<>();

  private StoreSession(
      Path file, ProcessLock lock, StoreFile.Opened opened, LongConsumer afterCommit) {
    this.file = file;
    this.lock = lock;
    this.opened = opened;
    this.writer = new Writer(file, opened.sql(), opened.state(), afterCommit);
  }

  /**
   * Opens the file.
   *
   * @param check whether to run SQLite's check
   */
  static StoreSession open(
      Path file, StoreOptions options, boolean check, LongConsumer afterCommit) {
    try {
      var folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file in no folder");
      Files.createDirectories(folder);
      NativeLibrary.prepare(folder);
      var lock = StoreLock.take(file.resolveSibling(file.getFileName() + ".lock"), file);
      try {
        return new StoreSession(file, lock, new StoreFile(file, options).open(check), afterCommit);
      } catch (SQLException | IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (SQLException e) {
      throw SqlFaults.of(file, e);
    } catch (IOException e) {
      throw SqlFaults.of(file, e);
    }
  }

  Writer writer() {
    return writer;
  }

  OpenReport report() {
    return opened.report();
  }

  /** Reads on a connection of its own; all that the query sees belongs to one moment. */
  <T> T read(PagedRows.Query<T> query) {
    readers.acquireUninterruptibly();
    try {
      var reader = idle.poll();
      var sql = reader == null ? Sql.open(file, READER_CACHE) : reader;
      var good = false;
      try {
        if (reader == null) {
          sql.run("PRAGMA query_only = 1");
        }
        var answer = Transactions.read(sql, () -> query.run(sql));
        good = true;
        return answer;
      } finally {
        if (good) {
          idle.push(sql);
        } else {
          sql.close();
        }
      }
    } catch (SQLException e) {
      throw SqlFaults.of(file, e);
    } finally {
      readers.release();
    }
  }

  /** A connection for what fits neither readers nor the writer's transactions. Close it. */
  Sql connect() throws SQLException {
    return Sql.open(file, READER_CACHE);
  }

  /** Nobody may be using it any more. */
  @Override
  public void close() {
    writer.close();
    try (lock) {
      for (var sql = idle.poll(); sql != null; sql = idle.poll()) {
        sql.close();
      }
      // The last connection takes the write-ahead log with it.
      opened.sql().close();
    } catch (SQLException e) {
      throw SqlFaults.of(file, e);
    } catch (IOException e) {
      throw SqlFaults.of(file, e);
    }
  }
}
