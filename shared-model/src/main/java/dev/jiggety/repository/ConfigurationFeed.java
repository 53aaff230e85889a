package dev.jiggety.repository;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Follows what is confirmed of the configuration: tests, and all else that people write. First what
 * there is, then every change; things can be told twice, never left out.
 */
public interface ConfigurationFeed {

  /** Begins to follow and returns at once. */
  HubFeed.Subscription follow(Listener listener);

  /** What is told. One call at a time for each method. */
  interface Listener {
    /**
     * A document is new, has changed, or is gone.
     *
     * @param document as it stands there; null where it is gone
     */
    void document(String id, @Nullable JsonObject document);

    /** The connection came, or was lost; when it comes first, all that is there has been told. */
    void connection(HubFeed.Connection connection);
  }
}
