package dev.jiggety.repository;

import com.google.gson.JsonObject;
import dev.jiggety.document.Stored;
import dev.jiggety.model.Batch;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.TestDefinition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Follows a hub: first what there is, then every change, for as long as wanted. A hub that is away
 * is a normal state: the feed says so, tries again by itself, and catches up without a gap. Things
 * can be delivered twice, never left out.
 */
public interface HubFeed {

  /**
   * Begins to follow and returns at once.
   *
   * @param resultsSince how far back results are wanted
   * @return ends the feed; after close nothing more is delivered
   */
  Subscription follow(Instant resultsSince, Listener listener);

  /** A running feed. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /** What is told. Called from the feed's threads, one call at a time for each method. */
  interface Listener {
    /** A test is new or changed. */
    void test(Stored<TestDefinition> test);

    /** A test is gone. */
    void testDeleted(String testId);

    /**
     * Another document of the configuration than a test is new, has changed, or is gone: a window,
     * the settings, a policy.
     *
     * @param id of the document
     * @param document as it stands there; null where it is gone
     */
    default void configuration(String id, @Nullable JsonObject document) {}

    /** A node said something. */
    void node(NodeStatus node);

    /** Results arrived, not always in the order of their times. */
    void batch(Batch batch);

    /** The connection came, or was lost; told on changes only, and once at the beginning. */
    void connection(Connection connection);
  }

  /** Whether the feed hears the hub. */
  sealed interface Connection {
    /** All parts of the feed hear the hub. */
    record Connected() implements Connection {}

    /**
     * At least one part does not.
     *
     * @param kind unavailable or unauthorized, mostly
     * @param reason one line for people
     */
    record Away(HubException.Kind kind, String reason) implements Connection {}
  }
}
