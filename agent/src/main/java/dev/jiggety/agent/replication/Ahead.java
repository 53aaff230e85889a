package dev.jiggety.agent.replication;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Something that is made on a thread of its own before it is needed, or only when asked for. */
final class Ahead<T> {
  private final FutureTask<T> task;
  private final @Nullable Thread thread;

  private Ahead(FutureTask<T> task, @Nullable Thread thread) {
    this.task = task;
    this.thread = thread;
  }

  /**
   * Begins to make it.
   *
   * @param name of the thread
   */
  static <T> Ahead<T> begin(String name, Callable<T> work) {
    var task = new FutureTask<>(work);
    return new Ahead<>(task, Thread.ofVirtual().name(name).start(task));
  }

  /** Makes it when it is asked for, on the thread that asks. */
  static <T> Ahead<T> later(Callable<T> work) {
    return new Ahead<>(new FutureTask<>(work), null);
  }

  /** What was made, as soon as it is there. What was thrown meanwhile is thrown here. */
  T get() throws InterruptedException {
    if (thread == null) {
      task.run();
    }
    try {
      return task.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        // The stack of the thread that failed tells more than ours.
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case InterruptedException _ -> throw new InterruptedException("stopped");
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  /** Nobody wants it any more: the thread ends soon. */
  void stop() {
    if (thread != null && !task.isDone()) {
      thread.interrupt();
    }
  }
}
