package dev.jiggety.agent.slot;

import com.google.gson.JsonObject;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Head;
import dev.jiggety.model.SlotReport.Shadow;
import dev.jiggety.model.TrustedKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens to the slots of a node. */
public sealed interface SlotEvent {

  /** The process has begun, with what it kept. First of all. */
  record Restarted() implements SlotEvent {}

  /** The process is about to end in order. */
  record Stopping() implements SlotEvent {}

  /**
   * The hub shows a head that a believed manager has signed.
   *
   * @param document as it was signed
   */
  record HeadOffered(Head head, JsonObject document) implements SlotEvent {}

  /** The hub shows a candidate; each patch of it is signed by a believed operator. */
  record CandidateOffered(SlotState.Proposal proposal) implements SlotEvent {}

  /**
   * The hub shows something that must not be believed.
   *
   * @param document {@code head} or {@code candidate}
   */
  record Unbelievable(String document, Refusal why, String text) implements SlotEvent {}

  /** These are the confirmed documents of the hub, as the replica has them now. */
  record ConfirmedKnown(Configuration configuration) implements SlotEvent {}

  /**
   * A standby configuration was read and can be put into force.
   *
   * @param planned how many changed tests a canary would run in both slots
   */
  record Prepared(String digest, int planned) implements SlotEvent {}

  /** A changed document in a standby configuration cannot be read. */
  record Unfit(String digest, String error) implements SlotEvent {}

  /** A changed test ran in both slots; all counts so far. */
  record ShadowRan(String digest, Shadow runs) implements SlotEvent {}

  /** The executor crashed or hung over a test that the candidate changes. */
  record ExecutorFailed(String digest, String error) implements SlotEvent {}

  /**
   * The feed was found or lost.
   *
   * @param lost why; null while it is heard
   */
  record Feed(@Nullable String lost) implements SlotEvent {}

  /** Keys were seen for the first time and are kept to. */
  record Pinned(List<TrustedKey> keys) implements SlotEvent {
    public Pinned {
      keys = List.copyOf(keys);
    }
  }

  /** A report with that number was made. */
  record Reported(long number) implements SlotEvent {}

  /** Time has passed. */
  record Passed() implements SlotEvent {}
}
