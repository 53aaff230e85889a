package dev.jiggety.agent.node;

import dev.jiggety.agent.release.DataSchema;
import dev.jiggety.agent.result.LocalBatches;
import dev.jiggety.agent.result.Outbox;
import dev.jiggety.agent.result.OutboxOptions;
import dev.jiggety.agent.schedule.NodeClock;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.couch.Hub;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What a node holds open as long as it lives: its data folder, and the way to the hub. What was
 * opened first is closed last.
 */
record NodeResources(Databases databases, Hub hub, NodePacks packs, Outbox outbox)
    implements AutoCloseable {

  /**
   * Opens all of it or nothing.
   *
   * @throws NodeStartException when the data folder cannot be used, or another node uses it
   */
  static NodeResources open(NodeConfig config, NodeClock clock) {
    Deque<Runnable> opened = new ArrayDeque<>();
    try {
      Databases databases = DataFolder.open(config.data());
      opened.push(databases::close);
      DataSchema.enter(config.data());
      Hub hub = Hub.open(config.hubs(), config.hubOptions(), List.of(config.names().config()));
      opened.push(hub::close);
      NodePacks packs = new NodePacks(config, clock, databases, hub);
      opened.push(packs::close);
      Outbox outbox =
          Outbox.open(
              config.data().resolve("outbox.db"),
              OutboxOptions.defaults(config.name(), config.names(), clock)
                  .withFlushEvery(config.flushEvery())
                  .withMaxFileBytes(config.maxOutboxBytes())
                  .withHubClock(hub::clock),
              new LocalBatches(databases, packs::collectedUpTo));
      return new NodeResources(databases, hub, packs, outbox);
    } catch (NodeStartException e) {
      opened.forEach(Runnable::run);
      throw e;
    } catch (IOException | RuntimeException e) {
      opened.forEach(Runnable::run);
      throw new NodeStartException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    outbox.close();
    packs.close();
    hub.close();
    databases.close();
  }
}
