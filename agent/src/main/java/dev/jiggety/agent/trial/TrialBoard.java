package dev.jiggety.agent.trial;

import com.google.gson.JsonObject;
import dev.jiggety.model.TrialAnswer;
import dev.jiggety.signing.Trust;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where the manager finds requests and shows them to nodes. Each call but {@link #follow} asks the
 * hub and throws {@link dev.jiggety.repository.HubException} when it cannot. Safe for any thread.
 */
public interface TrialBoard {

  /**
   * Hands over all requests that are there, and each new one; some more than once.
   *
   * @param lost hears why the hub is not heard; an empty text when it is again
   * @return ends it
   */
  AutoCloseable follow(Consumer<JsonObject> requests, Consumer<String> lost);

  /** Whose keys the configuration names. */
  Trust trust();

  /** Whether the manager, this or one before, has answered that request. */
  boolean isAnswered(String requestId);

  /** The requests that nodes are shown now, as they were signed. */
  List<JsonObject> shown();

  /** Shows nodes these requests in the place of those of {@link #shown}: wakes every node once. */
  void show(List<JsonObject> requests);

  /** Writes the manager's answer. */
  void answer(TrialAnswer answer);

  /**
   * Removes requests that were asked before a time, and answers to requests that are gone.
   *
   * @return how many documents
   */
  int tidy(Instant before);
}
