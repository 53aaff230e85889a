package dev.jiggety.agent.worker;

import dev.jiggety.agent.probe.Isolation;
import dev.jiggety.agent.probe.Probe;
import dev.jiggety.agent.probe.WorkerLostException;
import dev.jiggety.model.Sample;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Worker processes, warm and bounded. None is started before one is needed, and none stays when
 * there is nothing for it to do. One measurement at a time in each; a worker that was killed or has
 * served long enough is replaced. Safe for any thread.
 */
public final class WorkerPool implements AutoCloseable {
  private static final Logger LOG = System.getLogger(WorkerPool.class.getName());
  private static final Duration START = Duration.ofSeconds(30);
  private static final Duration TIDY = Duration.ofSeconds(5);

  /** How long a worker stays when no test is expected any more. */
  private static final Duration NOT_NEEDED = Duration.ofSeconds(10);

  private final WorkerOptions options;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ReentrantLock archiving = new ReentrantLock();

  /** Free ones, the last one used first; some may only be starting. */
  private final Deque<Free> free = new ArrayDeque<>();

  private final List<WorkerProcess> all = new ArrayList<>();
  private int starting;
  private int expected;
  private boolean keeping;
  private boolean closed;
  private String trouble = "";

  private record Free(CompletableFuture<WorkerProcess> worker, long since) {}

  private WorkerPool(WorkerOptions options) {
    this.options = options;
  }

  /**
   * A pool without a worker. What an earlier agent left in the folder is removed: processes first,
   * then files.
   */
  public static WorkerPool open(WorkerOptions options) {
    WorkerFolder.sweep(options.folder());
    return new WorkerPool(options);
  }

  /** The places for as many measurements at a time as the options say. */
  public Isolation places() {
    return places(options.workers());
  }

  /** Places of their own for so many measurements at a time, in the order in which they come. */
  public Isolation places(int most) {
    Semaphore places = new Semaphore(most, true);
    return () -> {
      places.acquire();
      boolean taken = false;
      try {
        Taken place = new Taken(worker(), places);
        taken = true;
        return place;
      } finally {
        if (!taken) {
          places.release();
        }
      }
    };
  }

  /** So many tests will come here again and again; workers are made ready for them. */
  public void expect(int tests) {
    lock.lock();
    try {
      expected = tests;
      changed.signalAll();
      startMissing();
    } finally {
      lock.unlock();
    }
  }

  /** How many processes there are. */
  public int size() {
    lock.lock();
    try {
      return all.size();
    } finally {
      lock.unlock();
    }
  }

  /** Why the last worker did not start, for people; empty when it did. */
  public Optional<String> trouble() {
    lock.lock();
    try {
      return Optional.of(trouble).filter(text -> !text.isEmpty());
    } finally {
      lock.unlock();
    }
  }

  /**
   * What a worker can do.
   *
   * @param start how long it took until it could measure
   * @param engines by the name of each browser engine, why it cannot be used; empty where it can
   */
  public record Report(Duration start, Map<String, String> engines) {}

  /**
   * Starts a worker to see whether that works.
   *
   * @throws WorkerLostException when it does not
   */
  public Report examine() throws InterruptedException {
    long begun = System.nanoTime();
    WorkerProcess worker = WorkerProcess.start(options, START);
    try {
      Duration start = Duration.ofNanos(System.nanoTime() - begun);
      worker.send(Messages.of(Messages.EXAMINE));
      if (worker.next(START) instanceof WorkerProcess.Event.Said(var message)) {
        return new Report(start, Messages.missing(message));
      }
      throw new WorkerLostException("a worker does not say what it can do", false);
    } finally {
      worker.kill();
    }
  }

  /** Ends all workers, also those in the middle of a measurement. */
  @Override
  public void close() {
    List<WorkerProcess> ending;
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      free.clear();
      ending = List.copyOf(all);
    } finally {
      lock.unlock();
    }
    List<Thread> threads =
        ending.stream().map(worker -> Thread.ofVirtual().start(() -> end(worker))).toList();
    try {
      for (Thread thread : threads) {
        thread.join();
      }
      WorkerFolder.deleteIfEmpty(options.folder());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A free worker, or a new one. */
  private WorkerProcess worker() throws InterruptedException {
    while (true) {
      CompletableFuture<WorkerProcess> next = next();
      try {
        WorkerProcess worker = next.get();
        if (worker.isAlive()) {
          return worker;
        }
        end(worker);
      } catch (InterruptedException e) {
        giveBack(next);
        throw e;
      } catch (ExecutionException e) {
        Throwable why = e.getCause();
        throw new WorkerLostException(
            String.valueOf(why == null ? e.getMessage() : why.getMessage()), false);
      }
    }
  }

  private CompletableFuture<WorkerProcess> next() {
    lock.lock();
    try {
      if (closed) {
        throw new WorkerLostException("the program ends", false);
      }
      free.removeIf(one -> one.worker().isCompletedExceptionally()); // another may start now
      Optional<Free> ready = free.stream().filter(one -> one.worker().isDone()).findFirst();
      Optional<Free> best = ready.or(() -> Optional.ofNullable(free.peek()));
      best.ifPresent(free::remove);
      return best.map(Free::worker).orElseGet(this::start);
    } finally {
      lock.unlock();
    }
  }

  private void giveBack(CompletableFuture<WorkerProcess> worker) {
    lock.lock();
    try {
      if (!closed) {
        free.addLast(new Free(worker, System.nanoTime()));
      }
    } finally {
      lock.unlock();
    }
  }

  /** There should be one for each test that is expected, as far as there may be. */
  private void startMissing() {
    while (!closed && all.size() + starting < Math.min(expected, options.workers())) {
      giveBack(start());
    }
  }

  /** Starts one in the background. */
  private CompletableFuture<WorkerProcess> start() {
    starting++;
    CompletableFuture<WorkerProcess> started = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("worker-start")
        .start(() -> {
          try {
            WorkerProcess worker = WorkerProcess.start(options, START);
            started(worker);
            started.complete(worker);
          } catch (InterruptedException | RuntimeException | Error e) {
            // An error too, like no thread being left: who waits for the worker holds a place.
            failed(String.valueOf(e.getMessage()));
            started.completeExceptionally(e);
            return;
          }
          archive();
        });
    return started;
  }

  private void started(WorkerProcess worker) {
    boolean late;
    lock.lock();
    try {
      starting--;
      late = closed;
      if (!late) {
        if (!trouble.isEmpty()) {
          LOG.log(Level.INFO, "worker processes start again");
        }
        trouble = "";
        all.add(worker);
        keep();
      }
    } finally {
      lock.unlock();
    }
    if (late) {
      worker.kill();
    }
  }

  /** After the first worker, so that nobody waits for it. */
  private void archive() {
    Optional<ClassArchive> archive = ClassArchive.of(options);
    if (archive.isPresent() && archiving.tryLock()) {
      try {
        archive.get().make();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // nobody does
      } finally {
        archiving.unlock();
      }
    }
  }

  private void failed(String reason) {
    lock.lock();
    try {
      starting--;
      if (trouble.isEmpty() && !closed) {
        LOG.log(Level.WARNING, "scripts and pages cannot be tested: {0}", reason);
      }
      trouble = reason;
    } finally {
      lock.unlock();
    }
  }

  /** After a measurement. */
  private void back(WorkerProcess worker, boolean worn) {
    lock.lock();
    try {
      boolean stays = !closed && !worn && worker.isAlive() && worker.runs() < options.runs();
      if (stays) {
        free.addFirst(new Free(CompletableFuture.completedFuture(worker), System.nanoTime()));
        return;
      }
    } finally {
      lock.unlock();
    }
    end(worker);
    lock.lock();
    try {
      startMissing();
    } finally {
      lock.unlock();
    }
  }

  private void end(WorkerProcess worker) {
    worker.dismiss();
    lock.lock();
    try {
      all.remove(worker);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Sees to it that no worker stays for nothing, as long as there is one. */
  private void keep() {
    if (!keeping) {
      keeping = true;
      Thread.ofVirtual().name("worker-keeper").start(this::endIdle);
    }
  }

  private void endIdle() {
    lock.lock();
    try {
      while (!closed && !all.isEmpty()) {
        List<WorkerProcess> idle = idle();
        if (idle.isEmpty()) {
          changed.awaitNanos(patience().toNanos() / 4 + 1);
        } else {
          idle.forEach(worker -> Thread.ofVirtual().start(() -> end(worker)));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody does
    } finally {
      keeping = false;
      lock.unlock();
    }
  }

  /** Takes out those that have had nothing to do for long, or will never have. */
  private List<WorkerProcess> idle() {
    long now = System.nanoTime();
    List<Free> over =
        free.stream()
            .filter(one -> one.worker().isDone() && !one.worker().isCompletedExceptionally())
            .filter(one -> now - one.since() >= patience().toNanos())
            .toList();
    free.removeAll(over);
    return over.stream().map(one -> one.worker().join()).toList();
  }

  private Duration patience() {
    return expected > 0 || options.idle().compareTo(NOT_NEEDED) < 0 ? options.idle() : NOT_NEEDED;
  }

  private final class Taken implements Isolation.Place {
    private final WorkerProcess worker;
    private final Semaphore places;
    private boolean used;
    private boolean open = true;

    private Taken(WorkerProcess worker, Semaphore places) {
      this.worker = worker;
      this.places = places;
    }

    @Override
    public Sample measure(Probe.Request request) throws InterruptedException {
      used = true;
      return new Measurement(worker, options, request).take();
    }

    /** The place is free when the worker has tidied up, and that takes a moment. */
    @Override
    public void close() {
      if (open) {
        open = false;
        Thread.ofVirtual().name("worker-tidy").start(this::tidy);
      }
    }

    private void tidy() {
      boolean worn = true;
      try {
        worn = used && worker.isAlive() && worker.awaitReady(TIDY);
        worn |= !worker.isAlive();
      } catch (WorkerLostException | TimeoutException e) {
        LOG.log(Level.DEBUG, "a worker is replaced: {0}", e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // nobody does
      } finally {
        back(worker, worn);
        places.release();
      }
    }
  }
}
