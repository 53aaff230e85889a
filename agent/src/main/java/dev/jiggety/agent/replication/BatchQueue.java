package dev.jiggety.agent.replication;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * Batches that are read on a thread of their own while earlier ones are stored. One waits in the
 * queue and one is read, so that neither side stands still while the other one pauses.
 */
final class BatchQueue {
  private static final int WAITING = 1;

  private final BatchReader reader;
  private final BlockingQueue<Future<Batch>> waiting = new ArrayBlockingQueue<>(WAITING);
  private final Thread thread;
  private volatile boolean stopped;

  private BatchQueue(BatchReader reader) {
    this.reader = reader;
    this.thread = Thread.ofVirtual().name("replication-reader").unstarted(this::fill);
  }

  /** Begins to read, up to the last batch or the first failure. */
  static BatchQueue begin(BatchReader reader) {
    var queue = new BatchQueue(reader);
    queue.thread.start();
    return queue;
  }

  /** The next batch. What was thrown when it was read is thrown here, in its turn. */
  Batch next() throws InterruptedException {
    return Ahead.outcome(waiting.take());
  }

  /** Ends the thread; after this the reader is at rest, or about to be. */
  void stop() {
    stopped = true;
    thread.interrupt();
  }

  private void fill() {
    try {
      var more = true;
      while (more) {
        var task = new FutureTask<>(() -> reader.next(Duration.ZERO));
        task.run();
        if (stopped) {
          // The interrupt may have ended the reading; then there is none to end the waiting.
          return;
        }
        waiting.put(task);
        more = task.state() == Future.State.SUCCESS && !task.resultNow().last();
      }
    } catch (InterruptedException e) {
      // Nobody takes any more.
    }
  }
}
