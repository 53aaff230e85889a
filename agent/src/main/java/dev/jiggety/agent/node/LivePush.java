package dev.jiggety.agent.node;

import dev.jiggety.agent.replication.ContinuousReplication;
import dev.jiggety.agent.replication.HttpPeer;
import dev.jiggety.agent.replication.ReplicationState;
import dev.jiggety.agent.replication.Replicator;
import dev.jiggety.agent.replication.StorePeer;
import dev.jiggety.agent.replication.StoreQuarantine;
import dev.jiggety.agent.store.DatabaseListener;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.Subscription;
import dev.jiggety.couch.Hub;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.repository.couch.Provisioner;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.ObjLongConsumer;
import java.util.random.RandomGenerator;

/** Pushes the node's live databases to the hub's of the same name, each as soon as it exists. */
final class LivePush implements AutoCloseable {
  private static final Logger LOG = System.getLogger(LivePush.class.getName());

  private final Databases databases;
  private final Hub hub;
  private final DatabaseNames names;
  private final InstantSource clock;
  private final Map<String, ContinuousReplication> pushes = new HashMap<>();
  private final Subscription subscription;
  private boolean closed;

  LivePush(Databases databases, Hub hub, DatabaseNames names, InstantSource clock) {
    this.databases = databases;
    this.hub = hub;
    this.names = names;
    this.clock = clock;
    this.subscription =
        databases.subscribe(
            new DatabaseListener() {
              @Override
              public void created(String name) {
                push(name);
              }
            });
    databases.list().forEach(this::push);
  }

  /** Says of each database up to which local sequence the hub has it. */
  synchronized void progress(ObjLongConsumer<String> listener) {
    pushes.forEach((name, push) -> {
      ReplicationState state = push.state();
      if (state.lastSuccess().isPresent()
          && state.seq().isJsonPrimitive()
          && state.seq().getAsJsonPrimitive().isNumber()) {
        listener.accept(name, pushedUpTo(name, push, state));
      }
    });
  }

  /** Documents that the hub refused. */
  synchronized long quarantined() {
    return pushes.values().stream().mapToLong(push -> push.state().quarantined()).sum();
  }

  /** Whether any of them reaches the hub. */
  synchronized boolean isConnected() {
    return pushes.values().stream().anyMatch(push -> push.state().connected());
  }

  /**
   * Drops the replicas of weeks that are over and of which the hub has everything. One that is
   * needed again after all is made anew.
   *
   * @param inUse the databases that must stay
   */
  void dropOld(Set<String> inUse) {
    Instant now = clock.instant();
    Set<String> current =
        Set.copyOf(names.live(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1))));
    for (String name : databases.list()) {
      if (names.isLive(name) && !inUse.contains(name) && !current.contains(name)) {
        ContinuousReplication push;
        synchronized (this) {
          push = pushes.remove(name);
        }
        if (push != null) {
          push.close();
        }
        databases.delete(name);
        LOG.log(Level.INFO, "dropped {0}: the hub has had all of it", name);
      }
    }
  }

  @Override
  public void close() {
    subscription.close();
    Map<String, ContinuousReplication> running;
    synchronized (this) {
      closed = true;
      running = Map.copyOf(pushes);
    }
    running.values().parallelStream().forEach(ContinuousReplication::close);
  }

  /** What is in quarantine the hub does not have: it, and what follows, stays here. */
  private long pushedUpTo(String name, ContinuousReplication push, ReplicationState state) {
    long reached = state.seq().getAsLong();
    if (state.quarantined() == 0) {
      return reached;
    }
    DocumentStore store = databases.findOrCreate(name);
    return push.quarantine().list().stream()
        .flatMap(aside -> store.get(aside.id()).stream())
        .mapToLong(document -> document.seq() - 1)
        .reduce(reached, Math::min);
  }

  private synchronized void push(String name) {
    if (closed || !names.isLive(name) || pushes.containsKey(name)) {
      return;
    }
    DocumentStore store = databases.findOrCreate(name);
    Replicator replicator =
        new Replicator(
            new StorePeer(store),
            new HttpPeer(hub.database(name)),
            Lines.OPTIONS,
            id -> new StoreQuarantine(store, id),
            aside ->
                LOG.log(
                    Level.ERROR,
                    "the hub refused {0} ({1}); it is kept and tried again",
                    aside.id(),
                    aside.reason()),
            clock,
            RandomGenerator.getDefault());
    // The hub makes each week's database ahead; where nobody did, a node that may does.
    pushes.put(
        name,
        new ContinuousReplication(
                name + " → hub", replicator, () -> Provisioner.makeLive(hub.database(name)))
            .start());
  }
}
