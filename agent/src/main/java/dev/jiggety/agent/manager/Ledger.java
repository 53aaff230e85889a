package dev.jiggety.agent.manager;

import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutEffect;
import dev.jiggety.model.RolloutEvent;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.rules.Rollouts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rollouts that have not ended, and what is still to be done for them. An event is applied at
 * once; what it asks for is done as soon as the rollout is stored. Reports of nodes are stored once
 * in a while, everything else before anything comes of it.
 */
final class Ledger {
  private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(1);

  private final Context context;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Set<Entry> busy = new LinkedHashSet<>(); // with something to store or to do

  private String heldBack = "";

  /** Something to be done, for a rollout as it is by then. */
  interface Work {
    void run(Rollout rollout);
  }

  private static final class Entry {
    Rollout rollout;
    @Nullable Rollout stored;
    Instant reportsStored;
    final Deque<Object> todo = new ArrayDeque<>(); // effects and work, in order

    Entry(Rollout rollout, @Nullable Rollout stored, Instant now) {
      this.rollout = rollout;
      this.stored = stored;
      this.reportsStored = now;
    }

    boolean isDirty() {
      Rollout known = stored;
      return known == null || !isSettled(known, rollout);
    }
  }

  /** What is to be done next. */
  sealed interface Todo {
    /** The rollout as it was stored. */
    Rollout rollout();

    /** An effect of a rollout that is stored. */
    record Effect(Rollout rollout, RolloutEffect effect) implements Todo {}

    /** Work that waited for it to be stored. */
    record Later(Rollout rollout, Work work) implements Todo {}

    /** A rollout that has ended, with nothing left to be done for it; it is not here any more. */
    record Ended(Rollout rollout) implements Todo {}
  }

  Ledger(Context context) {
    this.context = context;
  }

  /** A rollout as it was found. */
  void found(Rollout rollout) {
    entries.put(rollout.id(), new Entry(rollout, rollout, context.now()));
  }

  /** A new one, or what came of an event outside of this ledger. */
  void begin(Rollouts.Step step) {
    Entry entry = new Entry(step.rollout(), null, context.now());
    entry.todo.addAll(step.effects());
    entries.put(step.rollout().id(), entry);
    busy.add(entry);
  }

  /** Applies an event; nothing happens where that rollout is not here. */
  List<RolloutEffect> apply(String rolloutId, RolloutEvent event) {
    Entry entry = entries.get(rolloutId);
    if (entry == null) {
      return List.of();
    }
    Rollouts.Step step = Rollouts.apply(entry.rollout, event, context.now());
    entry.rollout = step.rollout();
    entry.todo.addAll(step.effects());
    busy.add(entry);
    return step.effects();
  }

  /** Runs it when the rollout is stored as it is now; at once where it is not here. */
  void whenStored(String rolloutId, Work work) {
    Entry entry = entries.get(rolloutId);
    if (entry != null) {
      entry.todo.add(work);
      busy.add(entry);
    }
  }

  Optional<Rollout> find(String rolloutId) {
    return Optional.ofNullable(entries.get(rolloutId)).map(entry -> entry.rollout);
  }

  Collection<Rollout> all() {
    return entries.values().stream().map(entry -> entry.rollout).toList();
  }

  /**
   * Not to be stored before {@link #release}: it is complete for people when its documents are
   * confirmed as well. Until then the stored record is that of who has asked for the head; whoever
   * takes over finds on the head that it is written, and confirms.
   */
  void holdBack(String rolloutId) {
    heldBack = rolloutId;
  }

  /** What was held back may be stored. */
  void release() {
    heldBack = "";
  }

  /** The one that is carried out. */
  Optional<Rollout> underWay() {
    return all().stream().filter(it -> it.state().isUnderWay()).findFirst();
  }

  /** The open one that carries this patch. */
  Optional<Rollout> carrying(String patchId) {
    return all().stream()
        .filter(it -> it.state() != RolloutState.JOINED && it.patchIds().contains(patchId))
        .max(Comparator.comparingInt(Rollout::attempt));
  }

  /** Those that wait for their turn, in the order of the line. */
  List<Rollout> queued() {
    return all().stream()
        .filter(it -> it.state() == RolloutState.QUEUED)
        .sorted(Comparator.comparingLong(Ledger::firstPlace))
        .toList();
  }

  /** How many have not begun. */
  long waiting() {
    return all().stream()
        .filter(it -> !it.state().isUnderWay() && !it.state().isTerminal())
        .count();
  }

  static long firstPlace(Rollout rollout) {
    return rollout.riders().stream().mapToLong(Rollout.Rider::seq).min().orElse(0);
  }

  boolean isStored(String rolloutId) {
    Entry entry = entries.get(rolloutId);
    return entry != null && !entry.isDirty();
  }

  /**
   * Stores what has changed.
   *
   * @throws dev.jiggety.repository.HubException when that cannot be done now; it has to be tried
   *     again
   */
  void store() {
    List<Entry> dirty =
        busy.stream()
            .filter(Entry::isDirty)
            .filter(entry -> !entry.rollout.id().equals(heldBack))
            .toList();
    if (dirty.isEmpty()) {
      return;
    }
    context.mustBeActive();
    Map<Entry, Rollout> wanted = new LinkedHashMap<>();
    dirty.forEach(entry -> wanted.put(entry, entry.rollout));
    List<Rollout> rollouts = List.copyOf(wanted.values());
    if (rollouts.size() == 1) {
      context.ports().board().store(rollouts.getFirst());
    } else {
      context.ports().board().storeAll(rollouts);
    }
    wanted.forEach((entry, rollout) -> {
      entry.stored = rollout;
      entry.reportsStored = context.now();
    });
  }

  /** Stores what nodes said, so that people can watch; not at every word. */
  void storeReports() {
    for (Entry entry : entries.values()) {
      boolean isNews = !entry.rollout.equals(entry.stored);
      boolean isDue = !context.now().isBefore(entry.reportsStored.plus(BETWEEN_REPORTS));
      if (isNews && isDue && entry.rollout.state().isOnNodes()) {
        context.mustBeActive();
        context.ports().board().store(entry.rollout);
        entry.stored = entry.rollout;
        entry.reportsStored = context.now();
      }
    }
  }

  /** What is to be done next for rollouts that are stored; empty for nothing. */
  Optional<Todo> next() {
    for (Entry entry : List.copyOf(busy)) {
      if (entry.isDirty()) {
        continue;
      }
      switch (entry.todo.poll()) {
        case RolloutEffect effect -> {
          return Optional.of(new Todo.Effect(entry.rollout, effect));
        }
        case Work work -> {
          return Optional.of(new Todo.Later(entry.rollout, work));
        }
        case null, default -> busy.remove(entry);
      }
      if (entry.rollout.state().isTerminal()) {
        entries.remove(entry.rollout.id());
        return Optional.of(new Todo.Ended(entry.rollout));
      }
    }
    return Optional.empty();
  }

  /** It could not be done now: it is the next thing to do again. */
  void putBack(Todo todo) {
    Rollout rollout = todo.rollout();
    Entry entry =
        entries.computeIfAbsent(rollout.id(), _ -> new Entry(rollout, rollout, context.now()));
    switch (todo) {
      case Todo.Effect effect -> entry.todo.addFirst(effect.effect());
      case Todo.Later later -> entry.todo.addFirst(later.work());
      case Todo.Ended _ -> {}
    }
    busy.add(entry);
  }

  /** Whether they differ in nothing but what nodes said and in failed tries. */
  private static boolean isSettled(Rollout stored, Rollout now) {
    return stored.transitions().size() == now.transitions().size()
        && stored.epoch() == now.epoch()
        && stored.release() == now.release()
        && stored.writing() == now.writing()
        && Objects.equals(stored.deadline(), now.deadline())
        && Objects.equals(stored.confirmBy(), now.confirmBy())
        && Objects.equals(stored.approvedBy(), now.approvedBy())
        && stored.riders().equals(now.riders())
        && stored.tombstones().equals(now.tombstones())
        && stored.again().equals(now.again());
  }
}
