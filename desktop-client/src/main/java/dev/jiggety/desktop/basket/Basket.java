package dev.jiggety.desktop.basket;

import dev.jiggety.desktop.fx.Pin;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The basket of one hub: at most one change for each document. Every change of it can be undone as
 * long as it was not submitted. For one thread, that of the screens; who keeps it on disk is told
 * of each new state.
 */
public final class Basket {
  /** How many steps can be undone. */
  static final int MOST_STEPS = 100;

  private final Consumer<BasketState> keeper;
  private final List<Consumer<BasketState>> listeners = new CopyOnWriteArrayList<>();
  private final Deque<List<BasketEntry>> before = new ArrayDeque<>();
  private final Deque<List<BasketEntry>> after = new ArrayDeque<>();
  private BasketState state;

  /**
   * A basket.
   *
   * @param start what lies in it
   * @param keeper is given every new state
   */
  public Basket(BasketState start, Consumer<BasketState> keeper) {
    this.state = start;
    this.keeper = keeper;
  }

  /** What lies in it. */
  public BasketState state() {
    return state;
  }

  /** The change of a document, where one waits. */
  public Optional<BasketEntry> find(String target) {
    return state.find(target);
  }

  /** Tells the present state at once, then every change. */
  public Pin subscribe(Consumer<BasketState> listener) {
    listeners.add(listener);
    listener.accept(state);
    return () -> listeners.remove(listener);
  }

  /** Puts a change in, in the place of an earlier one of the same document. */
  public void put(BasketEntry entry) {
    putAll(List.of(entry));
  }

  /** Puts changes in, as one step; those that change nothing are taken out. */
  public void putAll(Collection<BasketEntry> entries) {
    step(now -> {
      for (BasketEntry entry : entries) {
        replace(now, entry);
      }
      return now;
    });
  }

  /** Takes the change of a document out. */
  public void remove(String target) {
    step(now -> without(now, Set.of(target)));
  }

  /** Takes everything out. */
  public void clear() {
    step(now -> new ArrayList<>());
  }

  /** Whether there is a step to undo. */
  public boolean canUndo() {
    return !before.isEmpty();
  }

  /** Undoes the last step; nothing when there is none. */
  public void undo() {
    if (!before.isEmpty()) {
      after.push(state.entries());
      become(state.withEntries(before.pop()));
    }
  }

  /** Whether a step was undone and nothing was changed since. */
  public boolean canRedo() {
    return !after.isEmpty();
  }

  /** Takes the last undo back; nothing when there is none. */
  public void redo() {
    if (!after.isEmpty()) {
      before.push(state.entries());
      become(state.withEntries(after.pop()));
    }
  }

  /** A patch is on its way: its changes leave the basket and are kept until they have arrived. */
  public void sent(Parcel parcel) {
    forgetSteps(); // what was submitted is taken back by a rollback
    List<Parcel> parcels = new ArrayList<>();
    for (Parcel other : state.parcels()) {
      Parcel left = other.isReturned() ? other.with(not(other.entries(), parcel)) : other;
      if (!left.entries().isEmpty() && !left.patchId().equals(parcel.patchId())) {
        parcels.add(left); // without what is tried anew
      }
    }
    parcels.add(parcel);
    // An edit that was made after the patch stays.
    List<BasketEntry> rest =
        state.entries().stream()
            .filter(entry ->
                parcel.entries().stream()
                    .noneMatch(it ->
                        it.target().equals(entry.target()) && !entry.since().isAfter(it.since())))
            .toList();
    become(new BasketState(rest, parcels));
  }

  /** Its changes are in force, or nobody wants them any more. */
  public void done(String patchId) {
    become(
        new BasketState(
            state.entries(),
            state.parcels().stream().filter(it -> !it.patchId().equals(patchId)).toList()));
  }

  /** It ended without its changes in force. */
  public void cameBack(String patchId, String reason) {
    become(
        new BasketState(
            state.entries(),
            state.parcels().stream()
                .map(it -> it.patchId().equals(patchId) ? it.returned(reason) : it)
                .toList()));
  }

  /**
   * Puts the changes of a parcel back into the basket. Where the basket has a newer change of the
   * same document, that one stays, and the older one stays in the parcel.
   */
  public void putBack(String patchId) {
    List<BasketEntry> entries = new ArrayList<>(state.entries());
    List<Parcel> parcels = new ArrayList<>();
    for (Parcel parcel : state.parcels()) {
      if (!parcel.patchId().equals(patchId)) {
        parcels.add(parcel);
        continue;
      }
      List<BasketEntry> rest = new ArrayList<>();
      for (BasketEntry entry : parcel.entries()) {
        (state.find(entry.target()).isPresent() ? rest : entries).add(entry);
      }
      if (!rest.isEmpty()) {
        parcels.add(parcel.with(rest));
      }
    }
    forgetSteps();
    become(new BasketState(entries, parcels));
  }

  private void forgetSteps() {
    before.clear();
    after.clear();
  }

  private void step(UnaryOperator<List<BasketEntry>> change) {
    List<BasketEntry> next = change.apply(new ArrayList<>(state.entries()));
    if (next.equals(state.entries())) {
      return;
    }
    after.clear();
    before.push(state.entries());
    if (before.size() > MOST_STEPS) {
      before.removeLast();
    }
    become(state.withEntries(next));
  }

  private void become(BasketState next) {
    if (next.equals(state)) {
      return;
    }
    state = next;
    keeper.accept(next);
    listeners.forEach(listener -> listener.accept(next));
  }

  private static List<BasketEntry> not(List<BasketEntry> entries, Parcel parcel) {
    return entries.stream()
        .filter(
            entry -> parcel.entries().stream().noneMatch(it -> it.target().equals(entry.target())))
        .toList();
  }

  private static void replace(List<BasketEntry> entries, BasketEntry entry) {
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).target().equals(entry.target())) {
        if (entry.isEmpty()) {
          entries.remove(i);
        } else {
          entries.set(i, entry);
        }
        return;
      }
    }
    if (!entry.isEmpty()) {
      entries.add(entry);
    }
  }

  private static List<BasketEntry> without(List<BasketEntry> entries, Collection<String> targets) {
    Set<String> gone = new HashSet<>(targets);
    entries.removeIf(entry -> gone.contains(entry.target()));
    return entries;
  }
}
