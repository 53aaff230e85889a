package dev.jiggety.desktop.fx;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one door between background work and the FX thread. Work runs on {@code background}, every
 * handler on {@code fx}. A failure that no handler takes is handed to {@code unexpected}: nothing
 * is swallowed. Safe for any thread.
 */
public final class Tasks {
  private static final System.Logger LOG = System.getLogger(Tasks.class.getName());

  private final Executor background;
  private final Executor fx;
  private final List<Consumer<List<Running>>> watchers = new CopyOnWriteArrayList<>();
  private final Set<Running> running = new LinkedHashSet<>();
  private volatile Consumer<Throwable> unexpected = failure -> {};

  /**
   * A door.
   *
   * @param background runs work; must not run it on the FX thread, except in tests
   * @param fx runs handlers, in order
   */
  public Tasks(Executor background, Executor fx) {
    this.background = background;
    this.fx = fx;
  }

  /** Work that yields something. Nothing happens before {@link Job#start}. */
  public <T> Job<T> create(Callable<T> work) {
    return new Job<>(work);
  }

  /** Runs an update on the FX thread, after those posted before it. */
  public void post(Runnable update) {
    fx.execute(() -> guarded(update));
  }

  /**
   * Who is told, on the FX thread, of failures that nobody handles. They are logged in any case.
   */
  public void onUnexpected(Consumer<Throwable> handler) {
    unexpected = handler;
  }

  /** Tells of a failure that nobody expected, from whatever thread. It is logged in any case. */
  public void unexpected(Throwable failure) {
    fx.execute(() -> report(failure));
  }

  /** Tells which jobs run now, on the FX thread, and then whenever one begins or ends. */
  public Pin watch(Consumer<List<Running>> watcher) {
    watchers.add(watcher);
    watcher.accept(jobs());
    return () -> watchers.remove(watcher);
  }

  private List<Running> jobs() {
    synchronized (running) {
      return List.copyOf(running);
    }
  }

  private void begun(Running job) {
    synchronized (running) {
      running.add(job);
    }
    tell();
  }

  private void ended(Running job) {
    synchronized (running) {
      running.remove(job);
    }
    tell();
  }

  private void tell() {
    if (!watchers.isEmpty()) {
      post(() -> watchers.forEach(watcher -> watcher.accept(jobs())));
    }
  }

  private void guarded(Runnable update) {
    try {
      update.run();
    } catch (RuntimeException e) {
      report(e);
    }
  }

  private void report(Throwable failure) {
    LOG.log(System.Logger.Level.ERROR, "unexpected failure", failure);
    unexpected.accept(failure);
  }

  /**
   * One piece of work and what follows from it. Configured and started by one thread.
   *
   * @param <T> what the work yields
   */
  public final class Job<T> {
    private final Callable<T> work;
    private final List<Handler<?>> handlers = new ArrayList<>();
    private Consumer<? super T> success = result -> {};
    private Runnable last = () -> {};
    private Runnable cancelled = () -> {};
    private String title = "";
    private boolean cancellable;

    private Job(Callable<T> work) {
      this.work = work;
    }

    /** What happens with the result. */
    public Job<T> onSuccess(Consumer<? super T> handler) {
      success = handler;
      return this;
    }

    /** What happens on a failure of a type; the first handler whose type fits takes it. */
    public <E extends Throwable> Job<T> onError(Class<E> type, Consumer<? super E> handler) {
      handlers.add(new Handler<>(type, handler));
      return this;
    }

    /** What happens in any case, after the other handlers. */
    public Job<T> onFinally(Runnable handler) {
      last = handler;
      return this;
    }

    /**
     * What it is called while people wait for it; one that takes long is shown in any case.
     *
     * @param words like "Reading the year"
     */
    public Job<T> called(String words) {
      title = words;
      return this;
    }

    /**
     * People may stop it: the working thread is interrupted, and its result or failure is dropped.
     * Only for work that leaves nothing half done.
     *
     * @param handler what happens then instead, before the last word
     */
    public Job<T> onCancel(Runnable handler) {
      cancellable = true;
      cancelled = handler;
      return this;
    }

    /** Hands the work over and returns. */
    public Running start() {
      Running job = new Running(title, cancellable);
      begun(job);
      background.execute(() -> run(job));
      return job;
    }

    @SuppressWarnings("CatchingUnchecked") // this is the last place that can tell somebody
    private void run(Running job) {
      Runnable outcome;
      try {
        job.enter();
        T result = work.call();
        outcome = () -> success.accept(result);
      } catch (Exception | LinkageError | AssertionError e) {
        if (e instanceof InterruptedException && !job.isCancelled()) {
          Thread.currentThread().interrupt();
        }
        outcome = () -> fail(e);
      } finally {
        job.leave();
      }
      Runnable handled = outcome;
      fx.execute(() -> {
        guarded(job.isCancelled() ? cancelled : handled);
        guarded(last);
        ended(job);
      });
    }

    private void fail(Throwable failure) {
      for (Handler<?> handler : handlers) {
        if (handler.take(failure)) {
          return;
        }
      }
      report(failure);
    }
  }

  /** A job under way. Safe for any thread. */
  public static final class Running {
    private final String title;
    private final boolean cancellable;
    private @Nullable Thread worker;
    private boolean cancelled;
    private boolean done;

    private Running(String title, boolean cancellable) {
      this.title = title;
      this.cancellable = cancellable;
    }

    /** What it is called; empty for one without a name. */
    public String title() {
      return title;
    }

    /** Whether people may stop it. */
    public boolean isCancellable() {
      return cancellable;
    }

    /** Whether somebody has stopped it. */
    public synchronized boolean isCancelled() {
      return cancelled;
    }

    /** Stops it; nothing when it must not be stopped, or has done its work. */
    public synchronized void cancel() {
      if (cancellable && !cancelled && !done) {
        cancelled = true;
        if (worker != null) {
          worker.interrupt();
        }
      }
    }

    private synchronized void enter() throws InterruptedException {
      worker = Thread.currentThread();
      if (cancelled) {
        throw new InterruptedException("cancelled before it began");
      }
    }

    private synchronized void leave() {
      worker = null;
      done = true;
      if (cancelled) {
        Thread.interrupted(); // it was meant for this job alone
      }
    }
  }

  private record Handler<E extends Throwable>(Class<E> type, Consumer<? super E> action) {
    boolean take(Throwable failure) {
      if (!type.isInstance(failure)) {
        return false;
      }
      action.accept(type.cast(failure));
      return true;
    }
  }
}
