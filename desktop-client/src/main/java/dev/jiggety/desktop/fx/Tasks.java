package dev.jiggety.desktop.fx;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The one door between background work and the FX thread. Work runs on {@code background}, every
 * handler on {@code fx}. A failure that no handler takes is handed to {@code unexpected}: nothing
 * is swallowed. Safe for any thread.
 */
public final class Tasks {
  private static final System.Logger LOG = System.getLogger(Tasks.class.getName());

  private final Executor background;
  private final Executor fx;
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

    /** Hands the work over and returns. */
    public void start() {
      background.execute(this::run);
    }

    @SuppressWarnings("CatchingUnchecked") // this is the last place that can tell somebody
    private void run() {
      Runnable outcome;
      try {
        T result = work.call();
        outcome = () -> success.accept(result);
      } catch (Exception | LinkageError | AssertionError e) {
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
        outcome = () -> fail(e);
      }
      Runnable handled = outcome;
      fx.execute(() -> {
        guarded(handled);
        guarded(last);
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
