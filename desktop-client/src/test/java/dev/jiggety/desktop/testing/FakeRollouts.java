package dev.jiggety.desktop.testing;

import dev.jiggety.document.Contents;
import dev.jiggety.document.Ids;
import dev.jiggety.model.Cause;
import dev.jiggety.model.Change;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.NodeProgress;
import dev.jiggety.model.OperatorCommand;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.Strategy;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.rules.Digests;
import dev.jiggety.model.rules.Waves;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How rollouts of a {@link FakeManager} go on: at once, or as far as a test lets them. Guarded by
 * the hub, like all of the manager.
 */
final class FakeRollouts {
  private static final List<RolloutState> WAY =
      List.of(
          RolloutState.QUEUED,
          RolloutState.CHECKING,
          RolloutState.STAGING,
          RolloutState.VERIFYING,
          RolloutState.PROMOTING,
          RolloutState.BAKING,
          RolloutState.COMPLETED);

  private final FakeHub hub;
  private final InstantSource clock;
  private final Installation installation;
  private final Map<String, Patch> patches = new HashMap<>();
  private final SortedMap<String, Rollout> rollouts = new TreeMap<>();
  private final Map<String, Configuration> befores = new HashMap<>();
  private RolloutState until = RolloutState.COMPLETED;
  private int release;

  /** Where they are carried out. */
  interface Installation {
    /** All that is in force. */
    Configuration inForce();

    /** A strategy by its name. */
    Strategy strategy(StrategyChoice choice);

    /** Another document than a test is in force; null where it is gone. */
    void other(String id, @Nullable Content content);

    /** Something else is in force. */
    void released();

    /** A rollout is new or has changed. */
    void changed(Rollout rollout);
  }

  FakeRollouts(FakeHub hub, InstantSource clock, Installation installation) {
    this.hub = hub;
    this.clock = clock;
    this.installation = installation;
  }

  /** What was handed in. */
  Map<String, Patch> patches() {
    return patches;
  }

  /** All of them, by id. */
  SortedMap<String, Rollout> all() {
    return rollouts;
  }

  /** What stood before a rollout in the place of what it changed; null where it changed nothing. */
  @Nullable Configuration before(String rolloutId) {
    return befores.get(rolloutId);
  }

  /** The number of what is in force. */
  int release() {
    return release;
  }

  /** They go no further than this by themselves. */
  void stopAt(RolloutState state) {
    until = state;
  }

  /** Takes a patch in; null where it was there already. */
  @Nullable Rollout begin(Patch patch) {
    if (patches.putIfAbsent(patch.id(), patch) != null) {
      return null;
    }
    Rollout begun =
        Rollout.builder(
                patch.id(),
                List.of(patch.rider(0)),
                installation.strategy(patch.strategy()),
                clock.instant())
            .expires(patch.expires())
            .transitions(List.of(step(null, RolloutState.SUBMITTED, new Cause.Planned(""))))
            .build();
    keep(begun);
    return begun;
  }

  /** Those that have not ended. */
  List<Rollout> open() {
    return rollouts.values().stream().filter(it -> !it.state().isTerminal()).toList();
  }

  /** Goes on as far as it may. */
  void go(String rolloutId) {
    Rollout now = rollouts.get(rolloutId);
    while (!now.state().isTerminal() && now.state() != until) {
      int at = WAY.indexOf(now.state()) + 1;
      RolloutState next = WAY.get(at);
      now =
          switch (next) {
            case STAGING -> stage(now);
            case COMPLETED -> complete(now);
            default -> to(progress(now, next), next, new Cause.Planned(""));
          };
    }
  }

  private Rollout stage(Rollout rollout) {
    Patch patch = patches.get(rollout.id());
    if (Digests.apply(installation.inForce(), patch.changes())
        instanceof Digests.Conflicts(List<Digests.EditConflict> conflicts)) {
      return to(
          rollout,
          RolloutState.REJECTED,
          new Cause.Refused(
              new TreeSet<>(rollout.patchIds()),
              conflicts.stream().map(Digests.EditConflict::text).toList()));
    }
    SortedMap<String, Content> before = new TreeMap<>();
    patch
        .changes()
        .forEach(change -> {
          Content found = installation.inForce().documents().get(change.target());
          if (found != null) {
            before.put(change.target(), found);
          }
        });
    befores.put(rollout.id(), new Configuration(before));
    Waves.Members members =
        Waves.freeze(rollout.strategy(), rollout.id(), hub.nodeNames(), List.of());
    Rollout frozen = rollout.toBuilder().members(members.canaries(), members.waves()).build();
    return to(
        progress(frozen, RolloutState.STAGING),
        RolloutState.STAGING,
        new Cause.Planned("edits fit what is in force"));
  }

  private Rollout complete(Rollout rollout) {
    patches
        .get(rollout.id())
        .changes()
        .forEach(change -> {
          switch (change) {
            case Change.Put put -> put(put);
            case Change.Delete delete -> delete(delete);
          }
        });
    release++;
    installation.released();
    return to(rollout, RolloutState.COMPLETED, new Cause.Planned("all nodes run it and are well"));
  }

  private void put(Change.Put put) {
    if (put.target().startsWith(Ids.test(""))) {
      hub.put(Contents.document(put.content()));
    } else {
      installation.other(put.target(), put.content());
    }
  }

  private void delete(Change.Delete delete) {
    if (delete.target().startsWith(Ids.test(""))) {
      hub.delete(delete.target().substring(Ids.test("").length()));
    } else {
      installation.other(delete.target(), null);
    }
  }

  String obey(Rollout rollout, OperatorCommand command) {
    Cause cause = new Cause.Operator(command.act(), command.by(), command.reason());
    switch (command.act()) {
      case APPROVE -> {
        if (rollout.riders().getFirst().author().equals(command.by())) {
          return "another person than the author must approve";
        }
        to(rollout, RolloutState.SUBMITTED, cause);
        go(rollout.id());
      }
      case DENY -> to(rollout, RolloutState.REJECTED, cause);
      case CANCEL, SKIP -> to(rollout, RolloutState.CANCELLED, cause);
      case PAUSE ->
          to(rollout.toBuilder().resumeTo(rollout.state()).build(), RolloutState.PAUSED, cause);
      case RESUME -> {
        RolloutState back = rollout.resumeTo();
        to(rollout.toBuilder().resumeTo(null).build(), back, cause);
      }
      case ABORT -> turnBack(rollout, cause);
      case ROLLBACK, RETRY -> {
        return "it is " + rollout.state().label();
      }
    }
    return "";
  }

  void turnBack(Rollout rollout, Cause cause) {
    Rollout back = to(rollout, RolloutState.ROLLING_BACK, cause);
    to(each(back, NodeProgress.State.REVERTED), RolloutState.ROLLED_BACK, cause);
  }

  private static Rollout progress(Rollout rollout, RolloutState state) {
    return switch (state) {
      case STAGING -> each(rollout, NodeProgress.State.STAGED);
      case VERIFYING -> each(rollout, NodeProgress.State.READY);
      case PROMOTING ->
          some(rollout.toBuilder().wave(1).build(), rollout.canaries(), NodeProgress.State.SWAPPED);
      case BAKING -> {
        Rollout swapped = rollout;
        for (var wave : rollout.waves()) {
          swapped = some(swapped, wave, NodeProgress.State.SWAPPED);
        }
        yield swapped;
      }
      default -> rollout;
    };
  }

  private static Rollout each(Rollout rollout, NodeProgress.State state) {
    List<String> all = new ArrayList<>();
    rollout.waves().forEach(all::addAll);
    return some(rollout, all, state);
  }

  private static Rollout some(Rollout rollout, Collection<String> nodes, NodeProgress.State state) {
    SortedMap<String, NodeProgress> progress = new TreeMap<>(rollout.progress());
    nodes.forEach(node ->
        progress.put(node, progress.getOrDefault(node, NodeProgress.PENDING).in(state, null)));
    return rollout.toBuilder().progress(progress).build();
  }

  Rollout to(Rollout rollout, RolloutState state, Cause cause) {
    List<Rollout.Transition> steps = new ArrayList<>(rollout.transitions());
    steps.add(step(rollout.state(), state, cause));
    Rollout next = rollout.toBuilder().state(state, clock.instant()).transitions(steps).build();
    if (state == RolloutState.QUEUED) {
      next =
          next.toBuilder()
              .riders(next.riders().stream().map(it -> it.at(rollouts.size())).toList())
              .build();
    }
    keep(next);
    return next;
  }

  private Rollout.Transition step(@Nullable RolloutState from, RolloutState to, Cause cause) {
    Instant now = clock.instant();
    return new Rollout.Transition(now, from, to, cause, release, 1);
  }

  private void keep(Rollout rollout) {
    rollouts.put(rollout.id(), rollout);
    installation.changed(rollout);
  }
}
