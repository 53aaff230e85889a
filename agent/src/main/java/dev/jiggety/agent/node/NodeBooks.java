package dev.jiggety.agent.node;

import dev.jiggety.agent.result.Outbox;
import dev.jiggety.agent.schedule.Accounts;
import dev.jiggety.agent.store.Subscription;
import dev.jiggety.model.Run;
import dev.jiggety.model.SkippedSlots;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Where a node writes down what became of each slot: a run, or why there is none. Durable by the
 * outbox; counted here for those who ask how the node is. Every method may be called from any
 * thread.
 */
final class NodeBooks implements RunStarter.Ends, Accounts {
  private static final Logger LOG = System.getLogger(NodeBooks.class.getName());

  private final Outbox outbox;
  private final Instant startedAt;
  private final Consumer<String> over;
  private final LatenessWindow lateness = new LatenessWindow();
  private final SkipCounts skips = new SkipCounts();
  private final CopyOnWriteArrayList<Consumer<Run>> listeners = new CopyOnWriteArrayList<>();

  /**
   * Books without an entry.
   *
   * @param startedAt when the node was started
   * @param over told the id of a test whose run is over and written down
   */
  NodeBooks(Outbox outbox, Instant startedAt, Consumer<String> over) {
    this.outbox = outbox;
    this.startedAt = startedAt;
    this.over = over;
  }

  /** How late runs began of late. */
  LatenessWindow lateness() {
    return lateness;
  }

  /** How many slots did not become runs since the start, by the reason. */
  Map<SkippedSlots.Why, Long> skips() {
    return skips.read();
  }

  /** Tells of each finished run, on the thread that made it. */
  Subscription subscribe(Consumer<Run> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public void done(Run run) {
    if (!run.plannedAt().isBefore(startedAt)) { // else it waited for the node to be started
      lateness.add(run.lateness());
    }
    outbox.add(run);
    for (Consumer<Run> listener : listeners) {
      try {
        listener.accept(run);
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "a listener of runs failed", e);
      }
    }
  }

  @Override
  public void broken(SkippedSlots slot) {
    skipped(slot);
  }

  @Override
  public void over(String testId) {
    over.accept(testId);
  }

  @Override
  public void skipped(SkippedSlots slots) {
    skips.add(slots);
    outbox.add(slots);
  }

  @Override
  public void eraBegins(int era) {
    outbox.era(era);
  }
}
