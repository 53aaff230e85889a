package dev.jiggety.agent.bench.patch;

import dev.jiggety.agent.slot.Inspector;
import dev.jiggety.agent.slot.Moment;
import dev.jiggety.agent.slot.SlotKeeper;
import dev.jiggety.agent.slot.SlotStore;
import dev.jiggety.agent.slot.TestReader;
import dev.jiggety.agent.slot.Timers;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.Content;
import dev.jiggety.repository.NodeRepository;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.signing.Trust;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What the light nodes of a process share, so that a thousand of them cost little more than their
 * feeds: what is pure, and the same content, once.
 */
final class FarmParts {
  private static final Duration SHORTEST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration A_NODE = Duration.ofMillis(30);

  private final HubDatabase config;
  private final NodeRepository nodes;
  private final Duration heartbeat;
  private final Inspector inspector = new Inspector();
  private final TestReader reader = new TestReader();
  private final Timers timers = Timers.system();
  private final ConcurrentMap<String, Content> contents = new ConcurrentHashMap<>();

  /**
   * For a farm.
   *
   * @param fleet how many nodes there are in all; many report more rarely
   */
  FarmParts(Hub hub, DatabaseNames names, int fleet) {
    this.config = hub.database(names.config());
    this.nodes = new CouchRepositories(hub, names).nodes();
    Duration wanted = A_NODE.multipliedBy(fleet);
    this.heartbeat =
        wanted.compareTo(SHORTEST) < 0
            ? SHORTEST
            : wanted.compareTo(LONGEST) > 0 ? LONGEST : wanted;
  }

  HubDatabase config() {
    return config;
  }

  NodeRepository nodes() {
    return nodes;
  }

  Duration heartbeat() {
    return heartbeat;
  }

  Timers timers() {
    return timers;
  }

  SlotKeeper.Parts parts(SlotStore store, Trust pinned) {
    return new SlotKeeper.Parts(
        store,
        pinned,
        inspector,
        reader,
        () -> new Moment(Instant.now(), System.nanoTime()),
        timers);
  }

  /** The same content, whoever has read it. */
  Content same(Content content) {
    return contents.computeIfAbsent(content.digest(), _ -> content);
  }
}
