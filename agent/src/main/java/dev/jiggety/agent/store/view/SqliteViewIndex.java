package dev.jiggety.agent.store.view;

import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.SqlFaults;
import dev.jiggety.agent.store.StoreException;
import dev.jiggety.agent.store.StoreException.Kind;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/**
 * An index on SQLite. Everything in it is derived from the store, so a file that is damaged, of
 * another format or of another history than the store's is deleted and made again.
 */
final class SqliteViewIndex implements ViewIndex {
  private static final System.Logger LOG = System.getLogger(SqliteViewIndex.class.getName());

  private final DocumentStore store;
  private final String storeUuid;
  private final IndexDefinition definition;
  private final Path path;
  // One update at a time; whoever waits here finds it done.
  private final ReentrantLock updating = new ReentrantLock();
  // Every call holds the read side while it uses the file; closing it takes the write side.
  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();
  private final ReentrantLock opening = new ReentrantLock();
  private volatile @Nullable IndexFile file;
  private volatile @Nullable String closedBecause;
  private volatile boolean checked;
  private volatile long lastUse = System.nanoTime();
  private final AtomicInteger rebuilt = new AtomicInteger();

  SqliteViewIndex(DocumentStore store, String storeUuid, IndexDefinition definition, Path path) {
    this.store = store;
    this.storeUuid = storeUuid;
    this.definition = definition;
    this.path = path;
  }

  @Override
  public IndexDefinition definition() {
    return definition;
  }

  DocumentStore store() {
    return store;
  }

  String storeUuid() {
    return storeUuid;
  }

  // -- updating --------------------------------------------------------------------------------

  @Override
  public long update() {
    var wanted = store.info();
    var known = use(IndexFile::state);
    if (known.seq() == wanted.updateSeq() && known.purgeSeq() == wanted.purgeSeq()) {
      return known.seq();
    }
    updating.lock();
    try {
      // Whoever held the lock may have come as far as we want to.
      known = use(IndexFile::state);
      if (known.seq() < wanted.updateSeq()
          || known.purgeSeq() != wanted.purgeSeq()
          || known.seq() > store.info().updateSeq()) {
        updateNow();
      }
      return use(IndexFile::state).seq();
    } finally {
      updating.unlock();
    }
  }

  private void updateNow() {
    try {
      walk();
    } catch (StoreException e) {
      if (e.kind() != Kind.CORRUPT) {
        throw e;
      }
      discard(reason(e));
      walk();
    }
  }

  private void walk() {
    var info = store.info();
    var known = use(IndexFile::state);
    if (known.seq() > info.updateSeq()) {
      discard("the database is older than its index");
    } else if (known.seq() > 0 && known.purgeSeq() != info.purgeSeq()) {
      // Which rows came from documents that are gone without a trace, nobody can say any more.
      discard(null);
    }
    use(open -> {
      try {
        new IndexUpdate(store, definition, open, this::refuseClosed).run(info.purgeSeq());
        return open;
      } catch (SQLException e) {
        throw IndexFile.fault(path, e);
      }
    });
  }

  private static String reason(StoreException damage) {
    var cause = damage.getCause();
    return String.valueOf((cause == null ? damage : cause).getMessage());
  }

  /** Throws the file away. The caller holds the lock of updates. */
  private void discard(@Nullable String because) {
    use.writeLock().lock();
    try {
      closeFile();
      IndexFile.delete(path);
      rebuilt.incrementAndGet();
      if (because != null) {
        LOG.log(Level.WARNING, "the index {0} is made anew: {1}", path, because);
      }
    } catch (IOException e) {
      throw SqlFaults.of(path, e);
    } finally {
      use.writeLock().unlock();
    }
  }

  // -- reading ---------------------------------------------------------------------------------

  /** What is read from one view. */
  @FunctionalInterface
  interface Reading<T> {
    T read(ReductionTree tree) throws SQLException;
  }

  /** Reads; a damaged file is made anew first. */
  <T> T read(int view, Reading<T> work) {
    var seen = rebuilt.get();
    try {
      return use(open -> open.read(sql -> work.read(open.tree(sql, view))));
    } catch (StoreException e) {
      if (e.kind() != Kind.CORRUPT) {
        throw e;
      }
      rebuild(seen, e);
      return use(open -> open.read(sql -> work.read(open.tree(sql, view))));
    }
  }

  private void rebuild(int seen, StoreException because) {
    updating.lock();
    try {
      if (rebuilt.get() == seen) {
        discard(reason(because));
        walk();
      }
    } finally {
      updating.unlock();
    }
  }

  @Override
  public Rows rows(int view, ViewQuery query) {
    return new RowPages(this, view, query);
  }

  @Override
  public Iterator<Group> groups(int view, ViewQuery query, int groupLevel) {
    return new GroupPages(this, view, query, groupLevel);
  }

  @Override
  public Info info() {
    var updateSeq = use(IndexFile::state).seq();
    return use(open ->
        open.read(sql -> {
          var pageBytes = sql.number("PRAGMA page_size");
          var pages = sql.number("PRAGMA page_count");
          var free = sql.number("PRAGMA freelist_count");
          return new Info(
              updateSeq, pages * pageBytes, (pages - free) * pageBytes, updating.isLocked());
        }));
  }

  @Override
  public void compact() {
    updating.lock();
    try {
      use(open -> {
        try {
          open.compact();
          return open;
        } catch (SQLException e) {
          throw SqlFaults.of(path, e);
        }
      });
    } finally {
      updating.unlock();
    }
  }

  // -- the file --------------------------------------------------------------------------------

  private <T> T use(Function<IndexFile, T> work) {
    use.readLock().lock();
    try {
      lastUse = System.nanoTime();
      return work.apply(file());
    } finally {
      use.readLock().unlock();
    }
  }

  private void refuseClosed() {
    var because = closedBecause;
    if (because != null) {
      throw new StoreException(Kind.CLOSED, path + ": " + because);
    }
  }

  private IndexFile file() {
    refuseClosed();
    var open = file;
    if (open != null) {
      return open;
    }
    opening.lock();
    try {
      open = file;
      if (open == null) {
        open = open();
        file = open;
        checked = true;
      }
      return open;
    } catch (SQLException e) {
      throw SqlFaults.of(path, e);
    } catch (IOException e) {
      throw SqlFaults.of(path, e);
    } finally {
      opening.unlock();
    }
  }

  private IndexFile open() throws SQLException, IOException {
    var reduces = definition.views().stream().map(IndexDefinition.View::reduce).toList();
    try {
      return IndexFile.open(path, reduces, !checked);
    } catch (SQLException e) {
      // All that runs at open is right SQL; where SQLite cannot make sense of it, the file is
      // wrong.
      if (IndexFile.fault(path, e).kind() != Kind.CORRUPT
          && e.getErrorCode() != SQLiteErrorCode.SQLITE_ERROR.code) {
        throw e;
      }
      LOG.log(Level.WARNING, "the index {0} is made anew: {1}", path, e.getMessage());
      IndexFile.delete(path);
      return IndexFile.open(path, reduces, false);
    }
  }

  /** Whether the file is open. */
  boolean awake() {
    return file != null;
  }

  /** When it was last used, by {@link System#nanoTime}. */
  long lastUse() {
    return lastUse;
  }

  /** Closes the file unless somebody uses it right now. */
  boolean rest() {
    if (!use.writeLock().tryLock()) {
      return false;
    }
    try {
      closeFile();
      return true;
    } finally {
      use.writeLock().unlock();
    }
  }

  /** Ends an update under way after its batch, waits for readers, then closes for good. */
  void close(String because) {
    closedBecause = because;
    use.writeLock().lock();
    try {
      closeFile();
    } finally {
      use.writeLock().unlock();
    }
  }

  private void closeFile() {
    var open = file;
    file = null;
    if (open != null) {
      open.close();
    }
  }

  /** Deletes the file; only after {@link #close}. */
  void delete() throws IOException {
    if (Files.exists(path)) {
      IndexFile.delete(path);
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
