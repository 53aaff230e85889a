package dev.jiggety.repository.couch;

import com.google.gson.JsonObject;
import dev.jiggety.couch.ChangesFilter;
import dev.jiggety.couch.Hub;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.Ids;
import dev.jiggety.document.Stored;
import dev.jiggety.model.Batch;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.repository.ConfigurationFeed;
import dev.jiggety.repository.HubFeed;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Follows the configuration database alone. */
final class CouchConfigurationFeed implements ConfigurationFeed {
  private final Hub hub;
  private final DatabaseNames names;

  CouchConfigurationFeed(Hub hub, DatabaseNames names) {
    this.hub = hub;
    this.names = names;
  }

  @Override
  public HubFeed.Subscription follow(Listener listener) {
    HubFeed.Listener all = new OfConfiguration(listener);
    var delivery = new Delivery<>(hub.address(), all, HubFeed.Listener::connection, 1);
    var subject =
        new FeedPart.Subject(
            "configuration",
            names::config,
            new ConfigSink(delivery),
            Duration.ZERO,
            ChangesFilter.NONE,
            true);
    return FeedPart.follow(hub, delivery, subject);
  }

  private record OfConfiguration(Listener to) implements HubFeed.Listener {
    @Override
    public void test(Stored<TestDefinition> test) {
      to.document(Ids.test(test.value().id()), test.raw());
    }

    @Override
    public void testDeleted(String testId) {
      to.document(Ids.test(testId), null);
    }

    @Override
    public void configuration(String id, @Nullable JsonObject document) {
      to.document(id, document);
    }

    @Override
    public void connection(HubFeed.Connection connection) {
      to.connection(connection);
    }

    @Override
    public void node(NodeStatus node) {
      // not of the configuration
    }

    @Override
    public void batch(Batch batch) {
      // not of the configuration
    }
  }
}
