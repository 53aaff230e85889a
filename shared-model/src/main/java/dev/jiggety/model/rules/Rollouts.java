package dev.jiggety.model.rules;

import dev.jiggety.model.Cause;
import dev.jiggety.model.NodeProgress;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutEffect;
import dev.jiggety.model.RolloutEvent;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.Strategy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The rules of a rollout: what an event makes of it, and what the manager has to do about that.
 * Events that do not fit the state do nothing, so late, doubled and reordered ones do no harm.
 * Thread-safe: no state.
 */
public final class Rollouts {
  private Rollouts() {}

  /**
   * What comes of an event.
   *
   * @param rollout the rollout after it; store it before any effect is carried out
   * @param effects what to do, in this order
   */
  public record Step(Rollout rollout, List<RolloutEffect> effects) {
    public Step {
      effects = List.copyOf(effects);
    }
  }

  /** A patch becomes known. */
  public static Step start(Patch patch, Strategy strategy, long epoch, Instant now) {
    Rollout rollout =
        Rollout.builder(patch.id(), List.of(patch.rider(0)), strategy, now)
            .expires(patch.expires())
            .epoch(epoch)
            .build();
    Draft draft = new Draft(rollout, now);
    begin(
        draft,
        strategy.approval() ? RolloutState.APPROVING : RolloutState.SUBMITTED,
        new Cause.Planned("submitted by " + patch.author()));
    BeforeTheRide.ask(draft);
    return step(draft);
  }

  /** A patch becomes known that can never be carried out: it gets no place in the line. */
  public static Step refuse(
      Patch patch, Strategy strategy, List<String> problems, long epoch, Instant now) {
    Rollout rollout =
        Rollout.builder(patch.id(), List.of(patch.rider(0)), strategy, now)
            .expires(patch.expires())
            .epoch(epoch)
            .build();
    Draft draft = new Draft(rollout, now);
    Cause cause = new Cause.Refused(new TreeSet<>(List.of(patch.id())), problems);
    begin(draft, RolloutState.REJECTED, cause);
    return step(draft);
  }

  /**
   * A group of patches of a ride that failed, or lost its first patch to the checks, goes on. It
   * has its place in the line and its approval already, and as long to begin as a held one.
   *
   * @param patchIds one of the groups of {@link Rollout#again()}
   */
  public static Step startAgain(Rollout failed, List<String> patchIds, long epoch, Instant now) {
    int attempt = failed.attempt() + 1;
    List<Rollout.Rider> riders =
        failed.riders().stream().filter(rider -> patchIds.contains(rider.patchId())).toList();
    if (riders.isEmpty()) {
      throw new IllegalArgumentException(failed.id() + " has none of " + patchIds);
    }
    Rollout rollout =
        Rollout.builder(riders.getFirst().patchId() + "." + attempt, riders, failed.strategy(), now)
            .attempt(attempt)
            .expires(now.truncatedTo(ChronoUnit.MILLIS).plus(failed.strategy().deadlines().hold()))
            .epoch(epoch)
            .approvedBy(failed.approvedBy())
            .build();
    Draft draft = new Draft(rollout, now);
    begin(draft, RolloutState.QUEUED, new Cause.Planned("again, after " + failed.id()));
    return step(draft);
  }

  /** What an event makes of a rollout. */
  public static Step apply(Rollout rollout, RolloutEvent event, Instant now) {
    Draft draft = new Draft(rollout, now);
    switch (event) {
      case RolloutEvent.TakenUp taken -> takenUp(draft, taken.epoch());
      case RolloutEvent.Fenced fenced -> {
        if (fenced.epoch() > rollout.epoch()) {
          draft.effect(new RolloutEffect.StandDown(fenced.epoch()));
        }
      }
      case RolloutEvent other -> {
        if (!rollout.state().isTerminal()) {
          happen(draft, other);
        } else if (other instanceof RolloutEvent.Command command) {
          Commands.afterTheEnd(draft, command);
        }
      }
    }
    return step(draft);
  }

  private static void begin(Draft draft, RolloutState state, Cause cause) {
    draft.go(state, cause);
    Rollout.Transition first = draft.rollout().transitions().getFirst();
    Rollout.Transition beginning =
        new Rollout.Transition(
            first.at(), null, first.to(), first.cause(), first.release(), first.epoch());
    draft.change(it -> it.transitions(List.of(beginning)));
    draft.effects().clear();
    draft.effect(new RolloutEffect.Audit(beginning));
  }

  private static void happen(Draft draft, RolloutEvent event) {
    RolloutState before = draft.state();
    Instant since = draft.rollout().since();
    switch (event) {
      case RolloutEvent.Queued queued -> BeforeTheRide.queued(draft, queued.seq());
      case RolloutEvent.Turn _ -> BeforeTheRide.turn(draft);
      case RolloutEvent.JoinedBy joined -> BeforeTheRide.joined(draft, joined.ride());
      case RolloutEvent.Takes takes -> BeforeTheRide.takes(draft, takes.riders());
      case RolloutEvent.CheckPassed passed -> BeforeTheRide.passed(draft, passed);
      case RolloutEvent.CheckRefused refused -> BeforeTheRide.refused(draft, refused);
      case RolloutEvent.NothingToDo _ -> BeforeTheRide.nothingToDo(draft);
      case RolloutEvent.CheckFailed failed -> {
        if (draft.state() == RolloutState.CHECKING) {
          BeforeTheRide.checkFailed(draft, failed.error());
        }
      }
      case RolloutEvent.HeadWritten written -> HeadAnswers.written(draft, written);
      case RolloutEvent.HeadFailed failed -> HeadAnswers.failed(draft, failed);
      case RolloutEvent.HeadRefused refused -> HeadAnswers.refused(draft, refused);
      case RolloutEvent.Reported reported -> {
        Cause unbearable = Reports.take(draft, reported.reports());
        if (unbearable != null && draft.rollout().wasStaged()) {
          Return.turnBack(draft, unbearable);
        }
      }
      case RolloutEvent.Retired retired -> retire(draft, retired.nodes());
      case RolloutEvent.Command command -> Commands.obey(draft, command);
      case RolloutEvent.TimePassed _ -> {}
      case RolloutEvent.TakenUp _, RolloutEvent.Fenced _ -> {}
    }
    settle(draft);
    boolean isTheSame = draft.state() == before && draft.rollout().since().equals(since);
    if (isTheSame && draft.isOverdue()) {
      overdue(draft);
      settle(draft);
    }
  }

  /** Goes through every gate that is open. */
  private static void settle(Draft draft) {
    boolean moved = true;
    while (moved) {
      moved =
          switch (draft.state()) {
            case STAGING -> Trial.staging(draft);
            case VERIFYING -> Trial.verifying(draft);
            case PROMOTING -> Promotion.promoting(draft);
            case BAKING -> Promotion.baking(draft);
            case PAUSED -> Return.ifTooManyFailed(draft);
            case ROLLING_BACK -> Return.back(draft);
            default -> false;
          };
    }
  }

  private static void overdue(Draft draft) {
    switch (draft.state()) {
      case SUBMITTED, APPROVING, QUEUED, CHECKING, HELD -> BeforeTheRide.overdue(draft);
      case STAGING -> Trial.stagingOverdue(draft);
      case VERIFYING -> Trial.verifyingOverdue(draft);
      case PROMOTING -> Promotion.promotingOverdue(draft);
      case BAKING -> Promotion.bakingOverdue(draft);
      case PAUSED ->
          Return.turnBack(draft, new Cause.Deadline("nobody decided while it was paused"));
      case ROLLING_BACK -> Return.overdue(draft);
      case COMPLETED, REJECTED, CANCELLED, EXPIRED, JOINED, ROLLED_BACK, ROLLBACK_INCOMPLETE -> {}
    }
  }

  private static void retire(Draft draft, Collection<String> nodes) {
    SortedMap<String, NodeProgress> all = new TreeMap<>(draft.rollout().progress());
    nodes.forEach(
        node -> all.computeIfPresent(node, (_, was) -> was.in(NodeProgress.State.RETIRED, null)));
    draft.change(it -> it.progress(all));
  }

  /** Everything that the manager before may have left undone is asked for once more. */
  private static void takenUp(Draft draft, long epoch) {
    if (epoch < draft.rollout().epoch()) {
      draft.effect(new RolloutEffect.StandDown(draft.rollout().epoch()));
      return;
    }
    draft.change(it -> it.epoch(epoch));
    if (draft.state().isTerminal()) {
      draft.ended();
      Return.quarantine(draft);
      return;
    }
    BeforeTheRide.ask(draft);
    draft.writeAgain();
  }

  private static Step step(Draft draft) {
    Rollout rollout = draft.rollout();
    Instant wake = Deadlines.wake(rollout, draft.now());
    List<RolloutEffect> effects = new ArrayList<>(draft.effects());
    boolean isFenced = effects.stream().anyMatch(RolloutEffect.StandDown.class::isInstance);
    if (wake != null && !isFenced) {
      effects.add(new RolloutEffect.WakeAt(wake));
    }
    return new Step(rollout, effects);
  }

  /** Names of those who made the patches: they cannot approve them. */
  static SortedSet<String> authors(Rollout rollout) {
    return rollout.riders().stream()
        .map(Rollout.Rider::author)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
