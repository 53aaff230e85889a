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
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.repository.couch.Provisioner;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Pushes the node's results to the hub's databases of the same name, live ones and archives, each
 * as soon as it exists.
 */
final class ResultPush implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ResultPush.class.getName());

  private final Databases databases;
  private final Hub hub;
  private final DatabaseNames names;
  private final InstantSource clock;
  private final Map<String, ContinuousReplication> pushes = new HashMap<>();
  private final Subscription subscription;
  private Hub here;
  private boolean closed;

  ResultPush(Databases databases, Hub hub, DatabaseNames names, InstantSource clock) {
    this.databases = databases;
    this.hub = hub;
    this.here = hub.here();
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

  /**
   * Pushes to the hub that is used now. It is asked what it lacks of all that is here, by a
   * checkpoint of its own; whatever the other one had not handed on is sent again.
   */
  void moved() {
    Map<String, ContinuousReplication> before;
    synchronized (this) {
      before = Map.copyOf(pushes);
      pushes.clear();
      here = hub.here();
      databases.list().forEach(this::push);
    }
    before.values().parallelStream().forEach(ContinuousReplication::close);
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

  /** Up to which local sequence the hub has each database, as far as that is known. */
  Map<String, Long> pushed() {
    Map<String, Long> pushed = new HashMap<>();
    progress(pushed::put);
    return pushed;
  }

  /** Whether the hub has all packs that are here. */
  boolean hasAllPacks() {
    Map<String, Long> pushed = pushed();
    return databases.list().stream()
        .filter(names::isArchive)
        .allMatch(name ->
            databases
                .find(name)
                .map(store -> store.info().updateSeq() <= pushed.getOrDefault(name, 0L))
                .orElse(true));
  }

  /**
   * Drops the replicas of weeks and months that are over, and of which nothing is needed here any
   * more. One that is needed again after all is made anew.
   *
   * @param isDone whether a database that is over may go; asked again before it goes
   */
  void dropOld(Predicate<String> isDone) {
    Instant now = clock.instant();
    Instant before = now.minus(Duration.ofDays(1));
    Instant after = now.plus(Duration.ofDays(1));
    Set<String> current = new HashSet<>(names.live(before, after));
    current.addAll(names.archive(before, after));
    for (String name : databases.list()) {
      if (isOfResults(name) && !current.contains(name) && isDone.test(name)) {
        drop(name, isDone);
      }
    }
  }

  private void drop(String name, Predicate<String> isDone) {
    ContinuousReplication push;
    synchronized (this) {
      push = pushes.remove(name);
    }
    if (push != null) {
      push.close();
    }
    if (!isDone.test(name)) { // something was written while the push was ending
      push(name);
      return;
    }
    databases.delete(name);
    LOG.log(Level.INFO, "dropped {0}: the hub has had all of it", name);
  }

  private boolean isOfResults(String name) {
    return names.isLive(name) || names.isArchive(name);
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
    if (closed || !isOfResults(name) || pushes.containsKey(name)) {
      return;
    }
    DocumentStore store = databases.findOrCreate(name);
    HubDatabase there = here.database(name);
    Replicator replicator =
        new Replicator(
            new StorePeer(store),
            new HttpPeer(there),
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
    // The hub makes each database ahead; where nobody did, a node that may does.
    pushes.put(
        name,
        new ContinuousReplication(
                name + " → hub", replicator, () -> Provisioner.makeResults(there, names))
            .start());
  }
}
