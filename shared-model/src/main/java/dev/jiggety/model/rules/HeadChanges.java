package dev.jiggety.model.rules;

import dev.jiggety.model.Head;
import dev.jiggety.model.HeadChange;
import dev.jiggety.model.HeadChange.Step;
import dev.jiggety.model.Rollout;
import java.util.TreeSet;

/** The changes of the head that a rollout asks for. */
final class HeadChanges {
  private HeadChanges() {}

  static HeadChange of(Rollout rollout, Step step) {
    return switch (step) {
      case TAKE_OVER -> new HeadChange.TakeOver();
      case RENEW -> new HeadChange.Renew();
      case STAGE ->
          new HeadChange.Stage(
              rollout.id(),
              rollout.riders().stream().map(Rollout.Rider::seq).sorted().toList(),
              rollout.tombstones(),
              rollout.attempt() > 1,
              rollout.base(),
              rollout.digest(),
              rollout.canaries());
      case PROMOTE ->
          new HeadChange.Promote(rollout.id(), reach(rollout), Deadlines.confirmWithin(rollout));
      case EXTEND -> new HeadChange.Extend(rollout.id(), Deadlines.confirmWithinPause(rollout));
      case COMPLETE -> new HeadChange.Complete(rollout.id());
      case TURN_BACK -> new HeadChange.TurnBack(rollout.id());
    };
  }

  /** The nodes of all waves so far; in the last one everybody, who comes later included. */
  private static Head.Reach reach(Rollout rollout) {
    boolean everybody = rollout.wave() >= rollout.waves().size();
    return new Head.Reach(
        rollout.wave(), everybody, everybody ? new TreeSet<>() : Tally.reached(rollout));
  }
}
