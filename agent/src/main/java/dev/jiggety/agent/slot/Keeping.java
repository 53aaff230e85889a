package dev.jiggety.agent.slot;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings the slots to the disk before anything comes of a change. While the disk takes nothing,
 * events that must be kept first wait, and are tried again. In turns, but for {@link #rejected}.
 */
final class Keeping {
  private static final Logger LOG = System.getLogger(Keeping.class.getName());

  /** After the disk took nothing. */
  private static final Duration AGAIN = Duration.ofSeconds(2);

  private final SlotStore store;
  private final Later again;
  private final SlotHost host;
  private final Turns turns;
  private final Supplier<SlotState> state;
  private final Consumer<SlotEvent> work;
  private final Map<Class<?>, SlotEvent> unsaved = new LinkedHashMap<>();
  private volatile @Nullable Rejected rejected;

  /** What could not be kept, and why. */
  record Rejected(SlotState state, String trouble) {}

  /**
   * Everything is kept so far.
   *
   * @param state how it stands
   * @param work works an event in, within the same turn
   */
  Keeping(
      SlotKeeper.Parts parts,
      SlotHost host,
      Turns turns,
      Supplier<SlotState> state,
      Consumer<SlotEvent> work) {
    this.store = parts.store();
    this.again = new Later(parts.timers());
    this.host = host;
    this.turns = turns;
    this.state = state;
    this.work = work;
  }

  /** What the disk does not take at the moment; null while all is well. From any thread. */
  @Nullable Rejected rejected() {
    return rejected;
  }

  /** Keeps what comes of an event where that is asked for; whether to go on. */
  boolean keep(SlotEvent event, Slots.Step step) {
    for (SlotEffect effect : step.effects()) {
      if (effect instanceof SlotEffect.Persist(boolean required)
          && !keep(event, step.state(), required)) {
        return false;
      }
    }
    unsaved.remove(event.getClass());
    return true;
  }

  /** Tries nothing again. */
  void close() {
    again.cancel();
  }

  private boolean keep(SlotEvent event, SlotState next, boolean required) {
    try {
      store.save(next.kept());
      if (rejected != null && unsaved.keySet().stream().allMatch(event.getClass()::equals)) {
        rejected = null;
        LOG.log(Level.INFO, "{0}: slots can be kept again", next.node());
      }
      return true;
    } catch (SlotStoreException e) {
      if (rejected == null) {
        LOG.log(Level.ERROR, "{0}: {1}", next.node(), e.getMessage());
      }
      rejected = new Rejected(next, String.valueOf(e.getMessage()));
      if (required) {
        unsaved.put(event.getClass(), event);
      }
      again.after(AGAIN, () -> turns.add(this::tryAgain));
      if (required) {
        host.report(Duration.ZERO);
      }
      return !required;
    }
  }

  private void tryAgain() {
    List<SlotEvent> events = List.copyOf(unsaved.values());
    unsaved.clear();
    events.forEach(work);
    if (unsaved.isEmpty() && rejected != null) {
      keep(new SlotEvent.Passed(), state.get(), false);
    }
  }
}
