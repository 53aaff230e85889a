package dev.jiggety.agent.manager;

import com.google.gson.JsonObject;
import dev.jiggety.document.Candidate;
import dev.jiggety.model.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * The database of the configuration as the manager uses it. Each call waits for the hub and throws
 * {@link dev.jiggety.repository.HubException} when it cannot be asked. For one thread.
 */
public interface ConfigBoard {

  /**
   * The head document as it stands.
   *
   * @param document with its signature; null where there is none yet
   * @param conflicting whether it has conflicting revisions of which none is the newest
   * @param hub at which hub it stands; empty where there is only one
   */
  record FoundHead(@Nullable JsonObject document, boolean conflicting, String hub) {
    FoundHead(@Nullable JsonObject document, boolean conflicting) {
      this(document, conflicting, "");
    }
  }

  /** The head as it stands on the hub. */
  FoundHead head();

  /**
   * Writes the head in the place of the one that was found; where that has conflicting revisions,
   * they go.
   *
   * @param signed the document of the next head with its signature
   * @return false when another one stands there by now
   */
  boolean swap(JsonObject signed, FoundHead found);

  /** All documents that are confirmed: the configuration without head and candidate. */
  Configuration confirmed();

  /**
   * Puts the candidate there, in the place of the one that was there when {@link #head} was asked;
   * nothing happens when it is there.
   *
   * @throws StaleException when somebody else put one there in between
   */
  void candidate(Candidate candidate);

  /** The candidate that was put there last; null for none. */
  @Nullable Candidate candidate();

  /**
   * Brings the confirmed documents to say exactly this, writing only those that differ. Cut in the
   * middle, it can be done again.
   *
   * @throws StaleException when somebody else wrote the head since {@link #head} was asked
   */
  void confirm(Configuration shall);

  /**
   * Ends what two hubs have made of the configuration while they could not hear each other: of
   * documents with conflicting revisions the one remains that is in force. Nothing happens where
   * there are none.
   *
   * @param shall what is in force
   * @return whether the head is among them: it has to be written again
   * @throws StaleException when somebody else wrote the head since {@link #head} was asked
   */
  default boolean mend(Configuration shall) {
    return false;
  }
}
