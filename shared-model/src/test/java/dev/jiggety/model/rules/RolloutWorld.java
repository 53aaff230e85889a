package dev.jiggety.model.rules;

import dev.jiggety.document.HeadDocument;
import dev.jiggety.document.RolloutDocument;
import dev.jiggety.model.Cause;
import dev.jiggety.model.Change;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Head;
import dev.jiggety.model.HeadChange;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutEffect;
import dev.jiggety.model.RolloutEvent;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.SlotReport;
import dev.jiggety.model.Strategy;
import dev.jiggety.model.StrategyChoice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A hub, nodes, a queue and managers, as simple as can be, and everything between them as bad as
 * can be. Every rollout and the head go through their documents on each step, as if the manager was
 * started anew.
 */
final class RolloutWorld {
  static final Heads.Terms TERMS = new Heads.Terms(Duration.ofDays(300), Duration.ZERO);

  final Random random;
  final Map<String, Rollout> rollouts = new LinkedHashMap<>();
  final Map<String, Patch> patches = new HashMap<>();
  final Set<String> bad = new HashSet<>();
  final Map<String, SimulatedNode> nodes = new TreeMap<>();
  final Map<String, Configuration> configurations = new HashMap<>();
  final RolloutInvariants invariants = new RolloutInvariants(this);
  private final Deque<Pending> writes = new ArrayDeque<>();
  private final List<SlotReport> inFlight = new ArrayList<>();
  private final Deque<List<String>> again = new ArrayDeque<>();
  private final Map<String, Rollout> failedRides = new HashMap<>();
  private final Set<String> toCheck = new HashSet<>();
  private final Map<List<String>, String> groupOf = new HashMap<>();
  private long seq;
  long epoch = 1;
  Head head;
  Instant now = RolloutFixture.START;

  private record Pending(String rollout, HeadChange change) {}

  RolloutWorld(long seed) {
    random = new Random(seed);
    configurations.put(Digests.of(Configuration.EMPTY), Configuration.EMPTY);
    head = Heads.first(Digests.of(Configuration.EMPTY), epoch, now, TERMS);
    for (String name : RolloutFixture.names(6)) {
      nodes.put(name, new SimulatedNode(name, this));
    }
  }

  void submit() {
    String id = "p" + patches.size();
    String target = "test:t" + random.nextInt(5);
    Configuration seen = configurations.get(head.digest());
    String base =
        seen.documents().containsKey(target) ? seen.documents().get(target).digest() : null;
    Change change = new Change.Put(target, Digests.content("{\"by\":\"" + id + "\"}"), base);
    Strategy strategy =
        random.nextInt(4) == 0
            ? Strategy.CAREFUL
            : random.nextBoolean() ? Strategy.SWIFT : RolloutFixture.STRATEGY;
    Patch patch =
        new Patch(
            id,
            "ada",
            now,
            "",
            new StrategyChoice.Own(strategy),
            now.plusSeconds(random.nextInt(5) == 0 ? 20 : 7200),
            List.of(change));
    patches.put(id, patch);
    if (random.nextInt(3) == 0) {
      bad.add(id);
    }
    take(Rollouts.start(patch, strategy, epoch, now));
  }

  void event(String id, RolloutEvent event) {
    Rollout before = rollouts.get(id);
    Rollouts.Step step = Rollouts.apply(before, event, now);
    if (!before.equals(step.rollout()) || !step.effects().isEmpty()) {
      invariants.changed(before, step.rollout());
      take(step);
    }
  }

  void everyone(RolloutEvent event) {
    rollouts.values().stream()
        .filter(it -> !it.state().isTerminal())
        .map(Rollout::id)
        .toList()
        .forEach(id -> event(id, event));
  }

  private void take(Rollouts.Step step) {
    Rollout stored = RolloutDocument.TYPE.read(RolloutDocument.TYPE.write(step.rollout()));
    if (!stored.equals(step.rollout())) {
      throw new AssertionError("lost on the way: " + step.rollout() + " became " + stored);
    }
    String id = stored.id();
    rollouts.put(id, stored);
    for (RolloutEffect effect : step.effects()) {
      switch (effect) {
        case RolloutEffect.Enqueue _ -> enqueued(id);
        case RolloutEffect.Check _ -> toCheck.add(id);
        case RolloutEffect.WriteHead write -> writes.add(new Pending(id, write.change()));
        case RolloutEffect.RideAgain ride -> {
          if (failedRides.put(id, stored) == null) {
            again.addAll(ride.groups());
            ride.groups().forEach(group -> groupOf.put(group, id));
          }
        }
        default -> {}
      }
    }
  }

  /** The queue confirms, or the confirmation is lost. */
  private void enqueued(String id) {
    if (random.nextInt(4) != 0 && rollouts.get(id).state() == RolloutState.SUBMITTED) {
      event(id, new RolloutEvent.Queued(++seq));
    }
  }

  /** The next ride begins where none is under way. */
  void turn() {
    if (rollouts.values().stream().anyMatch(it -> it.state().isUnderWay())) {
      return;
    }
    Optional<Rollout> waiting =
        rollouts.values().stream()
            .filter(it -> it.attempt() > 1 && it.state() == RolloutState.QUEUED)
            .findFirst();
    if (waiting.isEmpty() && !again.isEmpty()) {
      List<String> group = again.poll();
      Rollout failed = Objects.requireNonNull(rollouts.get(groupOf.get(group)));
      Rollouts.Step step = Rollouts.startAgain(failed, group, epoch, now);
      waiting = Optional.of(step.rollout());
      take(step);
    }
    if (waiting.isPresent()) {
      event(waiting.get().id(), new RolloutEvent.Turn());
      return;
    }
    List<Rollout> line =
        rollouts.values().stream()
            .filter(it -> it.state() == RolloutState.QUEUED)
            .sorted(Comparator.comparingLong(Rollout::seq))
            .toList();
    List<Rollout> ride = Rides.together(line, 1 + random.nextInt(4));
    if (ride.isEmpty()) {
      return;
    }
    Rollout lead = ride.getFirst();
    List<Rollout> others = ride.subList(1, ride.size());
    event(
        lead.id(),
        new RolloutEvent.Takes(others.stream().flatMap(it -> it.riders().stream()).toList()));
    others.forEach(it -> event(it.id(), new RolloutEvent.JoinedBy(lead.id())));
    event(lead.id(), new RolloutEvent.Turn());
  }

  /** Answers a check, well or badly. */
  void check(boolean isFair) {
    for (String id : List.copyOf(toCheck)) {
      toCheck.remove(id);
      if (rollouts.get(id).state() == RolloutState.CHECKING) {
        if (!isFair && random.nextInt(5) == 0) {
          event(id, new RolloutEvent.CheckFailed("hub away"));
        } else {
          checked(rollouts.get(id));
        }
      }
    }
  }

  private void checked(Rollout rollout) {
    Configuration inForce = configurations.get(head.digest());
    for (Rollout.Rider rider : rollout.riders()) {
      List<Change> changes = patches.get(rider.patchId()).changes();
      if (Digests.apply(inForce, changes) instanceof Digests.Conflicts conflicts) {
        event(
            rollout.id(),
            new RolloutEvent.CheckRefused(
                new TreeSet<>(Set.of(rider.patchId())),
                conflicts.conflicts().stream().map(Digests.EditConflict::text).toList()));
        return;
      }
    }
    List<Change> all =
        rollout.riders().stream()
            .flatMap(rider -> patches.get(rider.patchId()).changes().stream())
            .toList();
    Configuration candidate = ((Digests.Done) Digests.apply(inForce, all)).configuration();
    String digest = Digests.of(candidate);
    configurations.put(digest, candidate);
    if (digest.equals(head.digest())) {
      event(rollout.id(), new RolloutEvent.NothingToDo());
      return;
    }
    List<Long> tombstones =
        Rides.tombstones(rollouts.values(), head.seq(), first(rollout)).orElseThrow();
    TreeSet<String> present = new TreeSet<>();
    nodes.values().stream().filter(it -> !it.isAway).forEach(it -> present.add(it.name));
    event(
        rollout.id(),
        new RolloutEvent.CheckPassed(
            head.digest(),
            digest,
            present,
            new TreeSet<>(),
            nodes.size() - present.size(),
            tombstones));
  }

  /** Its first place, or the first of those that left it before it was staged. */
  private static long first(Rollout rollout) {
    long rider = rollout.riders().stream().mapToLong(Rollout.Rider::seq).min().orElseThrow();
    return rollout.tombstones().stream().mapToLong(it -> it).reduce(rider, Math::min);
  }

  /** One write of the head: done, failed, or done and the answer lost. */
  void write(boolean isFair) {
    Pending pending = writes.poll();
    if (pending == null) {
      return;
    }
    int luck = isFair ? 9 : random.nextInt(10);
    if (luck == 0) {
      event(pending.rollout(), new RolloutEvent.HeadFailed(pending.change().step(), "timeout"));
      return;
    }
    Rollout rollout = rollouts.get(pending.rollout());
    if (rollout.writing() != pending.change().step()) {
      return; // not wanted any more
    }
    switch (Heads.next(head, false, pending.change(), epoch, now, TERMS)) {
      case Heads.Write write -> swap(write.head());
      case Heads.AlreadySo _ -> {}
      case Heads.Refused refused -> {
        invariants.refused(pending.change(), refused);
        event(
            pending.rollout(),
            new RolloutEvent.HeadRefused(pending.change().step(), refused.text()));
        return;
      }
    }
    if (luck != 1) {
      event(pending.rollout(), new RolloutEvent.HeadWritten(pending.change().step(), head));
    }
  }

  private void swap(Head next) {
    invariants.swapped(head, next);
    Head stored = HeadDocument.TYPE.read(HeadDocument.TYPE.write(next));
    if (!stored.equals(next)) {
      throw new AssertionError("lost on the way: " + next + " became " + stored);
    }
    head = stored;
  }

  /** The manager is killed, and another takes over; the one before may still try to write. */
  void restart() {
    writes.clear();
    long stale = epoch;
    epoch++;
    Heads.Outcome taken = Heads.next(head, false, new HeadChange.TakeOver(), epoch, now, TERMS);
    swap(((Heads.Write) taken).head());
    invariants.fenced(Heads.next(head, false, new HeadChange.Complete("p0"), stale, now, TERMS));
    List.copyOf(rollouts.keySet()).forEach(id -> event(id, new RolloutEvent.TakenUp(epoch)));
  }

  void command() {
    if (!rollouts.isEmpty()) {
      List<String> ids = List.copyOf(rollouts.keySet());
      Cause.Act[] acts = Cause.Act.values();
      event(
          ids.get(random.nextInt(ids.size())),
          new RolloutEvent.Command(acts[random.nextInt(acts.length)], "eve", ""));
    }
  }

  void nodeActs(boolean isFair) {
    for (SimulatedNode node : nodes.values()) {
      if (isFair || random.nextInt(3) == 0) {
        node.follow(head);
        node.report().ifPresent(inFlight::add);
      }
    }
  }

  /** Reports come late, twice and in any order. */
  void deliver(boolean isFair) {
    while (!inFlight.isEmpty() && (isFair || random.nextInt(4) != 0)) {
      int which = isFair ? 0 : random.nextInt(inFlight.size());
      SlotReport report =
          isFair || random.nextInt(5) != 0 ? inFlight.remove(which) : inFlight.get(which);
      everyone(new RolloutEvent.Reported(report));
    }
  }

  void awayOrBack() {
    List<SimulatedNode> all = List.copyOf(nodes.values());
    SimulatedNode node = all.get(random.nextInt(all.size()));
    node.isAway = !node.isAway;
  }

  void retire() {
    if (nodes.size() > 3) {
      String name = nodes.keySet().iterator().next();
      nodes.remove(name);
      everyone(new RolloutEvent.Retired(new TreeSet<>(Set.of(name))));
    }
  }

  void timePasses(Duration time) {
    now = now.plus(time);
    nodes.values().forEach(SimulatedNode::watchTheClock);
    everyone(new RolloutEvent.TimePassed());
  }

  boolean isQuiet() {
    return again.isEmpty() && rollouts.values().stream().allMatch(it -> it.state().isTerminal());
  }
}
