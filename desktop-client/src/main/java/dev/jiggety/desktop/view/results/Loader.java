package dev.jiggety.desktop.view.results;

import dev.jiggety.desktop.chart.Viewport;
import dev.jiggety.desktop.fx.Tasks;
import dev.jiggety.repository.HistoryRepository;
import dev.jiggety.repository.HubException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Reads what charts lack, piece by piece, the newest first. One reading goes on at a time; a new
 * one puts an end to the one before, unless that reads the same. FX thread only.
 */
final class Loader {
  /** Nothing is being read. */
  static final double IDLE = 2;

  private final Tasks tasks;
  private final Supplier<HistoryRepository> hub;
  private final Runnable fresh;
  private final Runnable done;
  private final String title;
  private final AtomicInteger turn = new AtomicInteger();
  private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper(IDLE);
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
  private List<Errand> underWay = List.of();
  private Tasks.@Nullable Running job;
  private boolean cancelled;

  /**
   * A piece to read for a wish.
   *
   * @param history to be filled
   */
  record Errand(History history, Wish wish, Viewport piece) {
    /** Whether this reads all that the other would. */
    boolean covers(Errand other) {
      return isSame(history, other.history)
          && wish.tier().equals(other.wish.tier())
          && piece.from() <= other.piece.from()
          && piece.to() >= other.piece.to();
    }

    @SuppressWarnings("ReferenceEquality") // one object for each test
    private static boolean isSame(History one, History other) {
      return one == other;
    }
  }

  /**
   * A loader.
   *
   * @param title what reading is called while people wait for it
   * @param fresh called after each piece
   * @param done called when all is read
   */
  Loader(
      Tasks tasks, Supplier<HistoryRepository> hub, String title, Runnable fresh, Runnable done) {
    this.tasks = tasks;
    this.hub = hub;
    this.title = title;
    this.fresh = fresh;
    this.done = done;
  }

  /** From 0 to 1 while something is read, {@link #IDLE} otherwise. */
  ReadOnlyDoubleProperty progressProperty() {
    return progress.getReadOnlyProperty();
  }

  /** Why something could not be read; empty when it could. */
  ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }

  boolean isBusy() {
    return !underWay.isEmpty();
  }

  /** Whether a person put an end to the last reading. */
  boolean wasCancelled() {
    return cancelled;
  }

  /** Reads these and nothing else. */
  void load(List<Errand> errands) {
    if (errands.isEmpty()) {
      stop();
      return;
    }
    if (isBusy()
        && errands.stream()
            .allMatch(wanted -> underWay.stream().anyMatch(it -> it.covers(wanted)))) {
      return;
    }
    stop();
    cancelled = false;
    underWay = List.copyOf(errands);
    problem.set("");
    progress.set(0);
    next(new ArrayList<>(errands), turn.get());
  }

  /** Reads nothing more. */
  void stop() {
    turn.incrementAndGet();
    underWay = List.of();
    Tasks.Running running = job;
    job = null;
    if (running != null) {
      running.cancel();
    }
    progress.set(IDLE);
  }

  /** A person has waited long enough; what was read stays. */
  void cancel() {
    cancelled = isBusy();
    stop();
  }

  private void next(List<Errand> rest, int mine) {
    Errand errand = rest.removeFirst();
    job =
        tasks
            .create(() -> {
              errand
                  .history()
                  .read(hub.get(), errand.wish(), errand.piece(), () -> mine != turn.get());
              return true;
            })
            .called(title)
            .onSuccess(read -> went(rest, mine))
            .onError(CancellationException.class, overtaken -> {})
            .onError(
                HubException.class,
                e -> {
                  if (mine == turn.get()) {
                    stop();
                    problem.set(String.valueOf(e.getMessage()));
                  }
                })
            .onCancel(() -> {
              if (mine == turn.get()) {
                cancel();
              }
            })
            .start();
  }

  private void went(List<Errand> rest, int mine) {
    if (mine != turn.get()) {
      return;
    }
    if (rest.isEmpty()) {
      underWay = List.of();
      job = null;
      progress.set(IDLE);
      fresh.run();
      done.run();
    } else {
      progress.set(1 - rest.size() / (double) underWay.size());
      fresh.run();
      next(rest, mine);
    }
  }
}
