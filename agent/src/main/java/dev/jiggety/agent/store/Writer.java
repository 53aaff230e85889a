package dev.jiggety.agent.store;

import dev.jiggety.agent.store.sql.Sql;
import dev.jiggety.agent.store.sql.Transactions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes to a store's file. It takes all that is waiting and commits it as one
 * transaction, so that one fsync serves many callers; each hears of its write after the commit.
 */
final class Writer implements AutoCloseable {

  private static final int MOST_WAITING = 1024;
  private static final int MOST_PER_COMMIT = 256;

  // One for all stores of this process: a number never comes again, whichever file is opened anew.
  private static final AtomicLong DESIGN_VERSIONS = new AtomicLong();

  /** Something to do in a transaction. May run twice, the first time undone. */
  @FunctionalInterface
  interface Work<T extends @Nullable Object> {
    T run(WriteTransaction transaction) throws SQLException;
  }

  private record Request<T extends @Nullable Object>(
      Work<T> work, CompletableFuture<T> answer, AtomicReference<T> result) {
    void run(WriteTransaction transaction) throws SQLException {
      result.set(work.run(transaction));
    }

    void confirm() {
      answer.complete(result.get());
    }
  }

  private final Path file;
  private final Sql sql;
  private final LongConsumer afterCommit;
  private final BlockingQueue<Request<?>> waiting = new LinkedBlockingQueue<>();
  private final Semaphore places = new Semaphore(MOST_WAITING);
  private final Thread thread;
  private volatile StoreState state;
  private volatile long designVersion = DESIGN_VERSIONS.incrementAndGet();
  private volatile boolean closing;

  /**
   * Starts.
   *
   * @param afterCommit told the latest sequence after each commit that moved it; must be quick
   */
  Writer(Path file, Sql sql, StoreState state, LongConsumer afterCommit) {
    this.file = file;
    this.sql = sql;
    this.state = state;
    this.afterCommit = afterCommit;
    this.thread =
        Thread.ofPlatform()
            .name("store-writer-" + file.getFileName())
            .daemon()
            .stackSize(512 * 1024)
            .start(this::loop);
  }

  /** What is committed. */
  StoreState state() {
    return state;
  }

  /** See {@link DocumentStore#designVersion}. */
  long designVersion() {
    return designVersion;
  }

  /**
   * Does the work and returns when it is on the disk.
   *
   * @throws StoreException nothing of it was written
   */
  <T extends @Nullable Object> T write(Work<T> work) {
    var request = new Request<T>(work, new CompletableFuture<>(), new AtomicReference<>());
    places.acquireUninterruptibly();
    try {
      waiting.add(request);
      return request.answer.join();
    } catch (CompletionException e) {
      // The exception belongs to the writer's thread; the caller wants its own place in the trace.
      if (e.getCause() instanceof StoreException fault) {
        throw new StoreException(fault.kind(), String.valueOf(fault.getMessage()), fault);
      }
      throw new IllegalStateException("a write failed by our own fault", e.getCause());
    } finally {
      places.release();
    }
  }

  private void loop() {
    var group = new ArrayList<Request<?>>(MOST_PER_COMMIT);
    while (!closing || !waiting.isEmpty()) {
      try {
        group.add(waiting.take());
        waiting.drainTo(group, MOST_PER_COMMIT - 1);
        commit(group);
      } catch (InterruptedException e) {
        // Only close() interrupts; the loop's condition knows.
      } finally {
        group.clear();
      }
    }
  }

  private void commit(List<Request<?>> group) {
    var fault = tryCommit(group);
    if (fault == null) {
      group.forEach(Request::confirm);
    } else if (group.size() == 1) {
      group.getFirst().answer.completeExceptionally(fault);
    } else {
      // One of them is at fault, or the disk is; each alone shows which.
      for (var request : group) {
        commit(List.of(request));
      }
    }
  }

  private @Nullable Throwable tryCommit(List<Request<?>> group) {
    try {
      try {
        sql.update("BEGIN IMMEDIATE");
        var transaction = new WriteTransaction(sql, state);
        for (var request : group) {
          request.run(transaction);
        }
        var next = transaction.finish();
        sql.update("COMMIT");
        var grown = next.updateSeq() > state.updateSeq();
        state = next;
        if (transaction.touchesDesign()) {
          designVersion = DESIGN_VERSIONS.incrementAndGet();
        }
        if (grown) {
          afterCommit.accept(next.updateSeq());
        }
        return null;
      } catch (SQLException | RuntimeException | Error e) {
        Transactions.rollBack(sql, e);
        throw e;
      }
    } catch (SQLException e) {
      return SqlFaults.of(file, e);
    } catch (RuntimeException | Error e) {
      return e;
    }
  }

  /** Does what is waiting, then ends the thread. Nobody may call {@link #write} any more. */
  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
