package dev.jiggety.agent.secret;

import com.google.gson.JsonObject;
import dev.jiggety.model.CommandAnswer;
import java.util.SortedMap;

/** The hub as the manager's part sees it. Safe for any thread. */
public interface SecretBoard {

  /**
   * What is there, as far as it was heard; by id, with revisions.
   *
   * @param config the configuration and what stands beside it
   * @param members {@code member:} documents
   * @param deposits {@code deposit:} documents
   */
  record View(
      SortedMap<String, JsonObject> config,
      SortedMap<String, JsonObject> members,
      SortedMap<String, JsonObject> deposits) {}

  /**
   * Begins to listen and returns at once.
   *
   * @param changed told when there is something new; to be quick
   * @param lost told why one of the feeds is not heard, empty when it is again, with its name
   * @return ends it
   */
  AutoCloseable follow(Runnable changed, Lost lost);

  /** Who is told of feeds that are lost. */
  @FunctionalInterface
  interface Lost {
    /** About one feed; {@code why} is empty when it is heard again. */
    void heard(String feed, String why);
  }

  /** Whether everything that is there was heard once. */
  boolean isComplete();

  /** What was heard. */
  View view();

  /**
   * Writes a document beside the configuration in the place of the one that was heard last.
   *
   * @throws dev.jiggety.repository.HubException when it cannot be written, or stands otherwise
   */
  void put(JsonObject document);

  /** Removes one that was heard; nothing happens where it is gone. */
  void remove(String id);

  /** Whether an order was answered before. */
  boolean isAnswered(String depositId);

  /** Answers an order, once and never again, and takes it away. */
  void answer(CommandAnswer answer);
}
