package dev.jiggety.agent.slot;

import dev.jiggety.model.Configuration;
import dev.jiggety.model.SlotReport.Shadow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a node does about its two slots. Pure: each call takes the state, what happened and when,
 * and gives the next state and what has to be done. A configuration runs only when a believed head
 * wants it and its digest proves it; what is tried goes back by itself when nobody confirms it.
 */
public final class Slots {
  private Slots() {}

  /**
   * What comes of an event.
   *
   * @param state the next state
   * @param effects what has to be done, in this order
   */
  public record Step(SlotState state, List<SlotEffect> effects) {
    public Step {
      effects = List.copyOf(effects);
    }
  }

  /** Works an event in. */
  public static Step on(SlotState state, SlotEvent event, Moment now) {
    SlotDraft draft = new SlotDraft(state, now);
    switch (event) {
      case SlotEvent.Restarted() -> Restarts.restarted(draft);
      case SlotEvent.Stopping() -> Restarts.stopping(draft);
      case SlotEvent.HeadOffered offered -> Following.offered(draft, offered);
      case SlotEvent.CandidateOffered(SlotState.Proposal proposal) -> {
        draft.believe(SlotState.CANDIDATE);
        draft.proposal = proposal;
        Moves.settle(draft);
      }
      case SlotEvent.Unbelievable(String document, Refusal why, String text) -> {
        draft.refuse(document, why, text);
        Moves.settle(draft);
      }
      case SlotEvent.ConfirmedKnown(Configuration configuration) ->
          Following.confirmed(draft, configuration);
      case SlotEvent.Prepared(String digest, int planned) ->
          Trials.prepared(draft, digest, planned);
      case SlotEvent.Unfit(String digest, String error) -> Trials.unfit(draft, digest, error);
      case SlotEvent.ShadowRan(String digest, Shadow runs) -> Trials.shadowRan(draft, digest, runs);
      case SlotEvent.ExecutorFailed(String digest, String error) ->
          Trials.executorFailed(draft, digest, error);
      case SlotEvent.Feed(@Nullable String lost) -> Timing.feed(draft, lost);
      case SlotEvent.Pinned pinned -> draft.pins = pinned.keys();
      case SlotEvent.Reported(long number) -> Numbers.used(draft, number);
      case SlotEvent.Passed() -> Timing.passed(draft);
    }
    return draft.done();
  }

  /** When something has to be done though nothing happens; empty for never. */
  public static Optional<Duration> wake(SlotState state, Moment now) {
    return Timing.wake(state, now);
  }
}
