package dev.jiggety.agent.probe;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Platform threads to measure on: as many as measure at the same time, gone ten seconds after they
 * were needed. A virtual thread is woken by another thread, which itself may wait for a processor,
 * and nobody knows for how long; of a platform thread the system does.
 */
final class MeasuringThreads implements AutoCloseable {
  /** So many whole runs may have one; a run can wait for long, and they cost memory. */
  private static final int MOST_RUNS = 256;

  private final Semaphore runs = new Semaphore(MOST_RUNS);
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), One::new);

  /** One of them. */
  private static final class One extends Thread {
    private static final AtomicLong COUNT = new AtomicLong();

    private One(Runnable work) {
      super(work, "measure-" + COUNT.getAndIncrement());
      setDaemon(true);
    }
  }

  /** A call on its thread. */
  private static final class Task<T> implements Runnable {
    private final Supplier<T> call;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private @Nullable Thread thread;
    private boolean interrupted;

    private Task(Supplier<T> call) {
      this.call = call;
    }

    @Override
    public void run() {
      begin();
      try {
        result.complete(call.get());
      } catch (RuntimeException | Error e) {
        result.completeExceptionally(e);
      } finally {
        end();
      }
    }

    private synchronized void begin() {
      thread = Thread.currentThread();
      if (interrupted) {
        thread.interrupt();
      }
    }

    /** The thread is no longer ours to interrupt. */
    private synchronized void end() {
      thread = null;
    }

    private synchronized void interrupt() {
      interrupted = true;
      if (thread != null) {
        thread.interrupt();
      }
    }
  }

  /**
   * Begins a run that will measure: on one of these threads, so that nobody else has to be woken
   * for it, or on a virtual thread where too many have one.
   */
  void begin(Runnable run) {
    if (!runs.tryAcquire()) {
      Thread.startVirtualThread(run);
      return;
    }
    try {
      threads.execute(() -> {
        try {
          run.run();
        } finally {
          runs.release();
        }
      });
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      runs.release(); // the system gives no more threads, or the node ends: the run tells so itself
      Thread.startVirtualThread(run);
    }
  }

  /**
   * Calls it and waits; at once where the caller is one of these threads.
   *
   * @throws InterruptedException when the caller is interrupted; the call is as well, but what
   *     blocks in the system goes on until its own timeout, and nobody waits for that
   */
  <T> T call(Supplier<T> call) throws InterruptedException {
    if (Thread.currentThread() instanceof One) {
      return call.get();
    }
    Task<T> task = new Task<>(call);
    threads.execute(task);
    try {
      return task.result.get();
    } catch (InterruptedException e) {
      task.interrupt();
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      if (e.getCause() instanceof RuntimeException exception) {
        throw exception;
      }
      throw new IllegalStateException(e);
    }
  }

  /** Starts nothing more; what goes on ends by itself. */
  @Override
  public void close() {
    threads.shutdown();
  }
}
