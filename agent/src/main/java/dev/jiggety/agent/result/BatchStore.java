package dev.jiggety.agent.result;

import com.google.gson.JsonObject;
import java.util.Map;

/** Where batches go: the local replicas of the live databases. Called from the outbox' thread. */
public interface BatchStore {

  /**
   * Stores a batch durably; one that is there already stays as it is.
   *
   * @param database the live database of the batch's week
   * @param document with {@code _id} and {@code _rev}
   * @return the document's sequence in that database
   */
  long store(String database, JsonObject document);

  /**
   * Whether a batch may be dropped as far as this side is concerned; asked again later if not.
   *
   * @param id of a batch that the hub has
   */
  default boolean mayPurge(String database, String id) {
    return true;
  }

  /**
   * Drops batches without a trace, as the hub has them.
   *
   * @param revisions the documents' revisions by id
   */
  void purge(String database, Map<String, String> revisions);
}
