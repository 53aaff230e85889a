package dev.jiggety.agent.node;

import dev.jiggety.agent.replication.ContinuousReplication;
import dev.jiggety.agent.replication.HttpPeer;
import dev.jiggety.agent.replication.QuarantinedDocument;
import dev.jiggety.agent.replication.ReplicationOptions;
import dev.jiggety.agent.replication.Replicator;
import dev.jiggety.agent.replication.StorePeer;
import dev.jiggety.agent.replication.StoreQuarantine;
import dev.jiggety.agent.store.DatabaseListener;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.Subscription;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.document.DatabaseNames;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ObjLongConsumer;
import java.util.random.RandomGenerator;

/**
 * Pushes every live database of the node to the hub's of the same name: one replication for each,
 * begun when the database comes. A week that the hub does not have yet is made there, if the hub
 * lets us; if not, results wait and the log says so.
 */
final class LivePushes implements AutoCloseable {
  private static final Logger LOG = System.getLogger(LivePushes.class.getName());

  private final Databases databases;
  private final Hub hub;
  private final DatabaseNames names;
  private final Map<String, ContinuousReplication> pushes = new ConcurrentHashMap<>();
  private final Subscription subscription;

  LivePushes(Databases databases, Hub hub, DatabaseNames names) {
    this.databases = databases;
    this.hub = hub;
    this.names = names;
    this.subscription =
        databases.subscribe(
            new DatabaseListener() {
              @Override
              public void created(String name) {
                begin(name);
              }
            });
    databases.list().forEach(this::begin);
  }

  /** Tells for each database up to which local sequence the hub has everything. */
  void report(ObjLongConsumer<String> pushedUpTo) {
    pushes.forEach(
        (name, push) ->
            databases
                .find(name)
                .ifPresent(store -> pushedUpTo.accept(name, pushedUpTo(store, push))));
  }

  /** How many documents the hub refused. */
  long quarantined() {
    return pushes.values().stream().mapToLong(push -> push.state().quarantined()).sum();
  }

  /** Whether the hub was heard by all pushes when they last asked. */
  boolean isConnected() {
    return pushes.values().stream().allMatch(push -> push.state().connected());
  }

  /** Ends the push of a database. */
  void end(String name) {
    ContinuousReplication push = pushes.remove(name);
    if (push != null) {
      push.close();
    }
  }

  @Override
  public void close() {
    subscription.close();
    pushes.keySet().forEach(this::end);
  }

  /** What is in quarantine the hub does not have: it and what follows stays here. */
  private static long pushedUpTo(DocumentStore store, ContinuousReplication push) {
    long reached = push.state().seq().getAsLong();
    if (push.state().quarantined() == 0) {
      return reached;
    }
    return push.quarantine().list().stream()
        .map(QuarantinedDocument::id)
        .flatMap(id -> store.get(id).stream())
        .mapToLong(document -> document.seq() - 1)
        .min()
        .orElse(reached);
  }

  private void begin(String name) {
    if (names.isLive(name)) {
      pushes.computeIfAbsent(name, this::push);
    }
  }

  private ContinuousReplication push(String name) {
    DocumentStore store = databases.findOrCreate(name);
    HubDatabase target = hub.database(name);
    Replicator replicator =
        new Replicator(
            new StorePeer(store),
            new HttpPeer(target),
            ReplicationOptions.defaults(),
            id -> new StoreQuarantine(store, id),
            refused ->
                LOG.log(
                    Level.ERROR,
                    "the hub refused results, they stay here: {0} of {1}: {2}",
                    refused.id(),
                    name,
                    refused.reason()),
            InstantSource.system(),
            RandomGenerator.getDefault());
    return new ContinuousReplication(
            "results to " + name, replicator, () -> target.create().isOk())
        .start();
  }
}
