package dev.jiggety.agent.manager;

import com.google.gson.JsonObject;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutEffect;
import dev.jiggety.model.RolloutEvent;
import dev.jiggety.model.rules.Rollouts;
import dev.jiggety.repository.HubException;
import java.util.List;
import java.util.Map;

/** Takes up what other managers left: open rollouts, and what those that ended still ask for. */
final class Opening {
  private static final int FAR_BACK = 200;

  private final Context context;
  private final Parts parts;
  private final Effects effects;

  Opening(Context context, Parts parts, Effects effects) {
    this.context = context;
    this.parts = parts;
    this.effects = effects;
  }

  /**
   * Takes up what there is.
   *
   * @throws HubException when that cannot be done now; another term has to be begun
   */
  void takeUp(TakeUp.Taken taken) {
    PatchBoard board = context.ports().board();
    List<Rollout> open = board.open();
    open.forEach(parts.ledger::found);
    long seq = taken.head().seq();
    long last = Math.max(seq, parts.places.line().last());
    List<Rollout> ended = last == 0 ? List.of() : board.ended(Math.max(1, seq - FAR_BACK), last);
    parts.roster.all(context.ports().fleet().nodes(), context.now());
    parts.trail.begin();
    parts.trail.repair(open);
    parts.trail.repair(ended);
    noteTakingOver(taken);
    finishJoining(open);
    for (Rollout rollout : ended) {
      takeUpEnded(rollout);
    }
    open.forEach(
        it -> parts.ledger.apply(it.id(), new RolloutEvent.TakenUp(parts.inForce.epoch())));
    for (Map.Entry<Long, String> place : parts.places.line().given().entrySet()) {
      parts.places.want(place.getValue());
    }
  }

  private void noteTakingOver(TakeUp.Taken taken) {
    JsonObject evidence = new JsonObject();
    evidence.addProperty("epoch", taken.head().epoch());
    evidence.addProperty("version", taken.head().version());
    evidence.addProperty("before", taken.before());
    parts.trail.note(
        "manager:" + context.name(),
        "head",
        "took-over",
        taken.isFirst()
            ? "wrote the first head, release " + taken.head().release()
            : "took over from epoch " + taken.before(),
        evidence);
  }

  /** Patches that a ride has taken along, of which their own records do not say so yet. */
  private void finishJoining(List<Rollout> open) {
    for (Rollout lead : open) {
      for (String patchId : lead.patchIds()) {
        if (!patchId.equals(lead.id()) && lead.attempt() == 1) {
          parts.ledger.apply(patchId, new RolloutEvent.JoinedBy(lead.id()));
        }
      }
    }
    parts.ledger.store();
  }

  private void takeUpEnded(Rollout rollout) {
    for (RolloutEffect effect :
        Rollouts.apply(rollout, new RolloutEvent.TakenUp(parts.inForce.epoch()), context.now())
            .effects()) {
      switch (effect) {
        case RolloutEffect.RideAgain again -> effects.rideAgain(rollout, again.groups());
        case RolloutEffect.Quarantine quarantine -> parts.roster.quarantine(quarantine.nodes());
        default -> {} // its messages are acknowledged when they come
      }
    }
  }
}
