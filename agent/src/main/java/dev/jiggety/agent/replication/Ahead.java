package dev.jiggety.agent.replication;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** Something that is made on a thread of its own before it is needed. */
final class Ahead<T> {
  private final FutureTask<T> task;
  private final Thread thread;

  private Ahead(FutureTask<T> task, Thread thread) {
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

  /** What was made, as soon as it is there. What was thrown meanwhile is thrown here. */
  T get() throws InterruptedException {
    return outcome(task);
  }

  /** The same of any task. */
  static <T> T outcome(Future<T> task) throws InterruptedException {
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
    if (!task.isDone()) {
      thread.interrupt();
    }
  }
}
