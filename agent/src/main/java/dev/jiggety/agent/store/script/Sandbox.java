package dev.jiggety.agent.store.script;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that functions run on: platform threads, for their stacks and because what a thread
 * allocates can be counted. A thread that does not come back, stuck in a step that nothing can
 * interrupt, is given up and replaced, a few times.
 */
final class Sandbox implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final Duration IDLE = Duration.ofSeconds(20);
  private static final long STACK_BYTES = 2L << 20;
  private static final int MOST_LOST = 4;

  private final Scripts.Limits limits;
  private final Engine engine = new Engine();
  private final ThreadPoolExecutor threads;
  private final Set<Meter> meters = ConcurrentHashMap.newKeySet();
  private final AtomicInteger lost = new AtomicInteger();

  /**
   * What runs on a thread of the sandbox.
   *
   * @param <T> what comes of it
   */
  @FunctionalInterface
  interface Job<T> {
    T run(Engine.Metered context) throws ScriptException;
  }

  Sandbox(Scripts.Limits limits) {
    this.limits = limits;
    this.threads =
        new ThreadPoolExecutor(
            limits.threads(),
            limits.threads(),
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(), // as long as callers wait, and each of them waits
            code ->
                Thread.ofPlatform().name("script").daemon().stackSize(STACK_BYTES).unstarted(code));
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Runs a job and waits for it.
   *
   * @throws ScriptException from the job, or TIMEOUT where its thread had to be given up
   * @throws IllegalStateException where the sandbox is closed or stuck, or the caller was
   *     interrupted
   */
  <T> T run(Job<T> job) throws ScriptException {
    if (lost.get() >= MOST_LOST) {
      throw new IllegalStateException(
          "Functions that do not end keep all threads of the sandbox busy; mend them and restart");
    }
    var meter = new Meter(limits);
    var over = new AtomicBoolean();
    var task =
        new FutureTask<>(() -> {
          try (var context = engine.enter(meter)) {
            return job.run(context);
          } finally {
            if (!over.compareAndSet(false, true)) {
              resize(-1);
            }
          }
        });
    meters.add(meter);
    try {
      threads.execute(task);
      return await(task, meter, over);
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("The sandbox is closed", e);
    } finally {
      meters.remove(meter);
    }
  }

  private <T> T await(FutureTask<T> task, Meter meter, AtomicBoolean over) throws ScriptException {
    var patience = limits.time().plus(GRACE);
    var interrupted = false;
    try {
      while (true) {
        try {
          return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
          meter.cancel();
          task.cancel(false);
        } catch (TimeoutException e) {
          if (meter.age().compareTo(patience) > 0 && over.compareAndSet(false, true)) {
            meter.cancel();
            resize(1);
            throw Meter.timeout(limits).toException();
          }
        }
      }
    } catch (CancellationException e) {
      throw new IllegalStateException("Interrupted while a function ran", e);
    } catch (ExecutionException e) {
      throw failure(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static ScriptException failure(ExecutionException e) {
    if (e.getCause() instanceof ScriptException script) {
      // anew, so that the trace shows who called
      return new ScriptException(script.kind(), script.reason());
    }
    throw new IllegalStateException("A function could not be run: " + e.getCause(), e);
  }

  /** One thread more or less is stuck. */
  private synchronized void resize(int change) {
    var size = limits.threads() + lost.addAndGet(change);
    if (change > 0) {
      threads.setMaximumPoolSize(size);
      threads.setCorePoolSize(size);
    } else {
      threads.setCorePoolSize(size);
      threads.setMaximumPoolSize(size);
    }
  }

  /** Stops what runs; callers that wait get an exception. */
  @Override
  public void close() {
    threads.shutdown();
    meters.forEach(Meter::cancel);
    threads.shutdownNow().forEach(task -> ((FutureTask<?>) task).cancel(false));
  }
}
