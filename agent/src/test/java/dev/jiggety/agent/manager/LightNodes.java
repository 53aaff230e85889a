package dev.jiggety.agent.manager;

import dev.jiggety.agent.manager.couch.CouchConfigBoard;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.HeadDocument;
import dev.jiggety.model.Generation;
import dev.jiggety.model.Head;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.SlotReport;
import dev.jiggety.model.SlotReport.Shadow;
import dev.jiggety.model.rules.Heads;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.couch.CouchRepositories;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Nodes that follow the head of a hub and say what a node with two slots would say. */
public final class LightNodes implements AutoCloseable {
  private final Hub hub;
  private final CouchConfigBoard board;
  private final CouchRepositories repositories;
  private final Map<String, LightNode> nodes = new TreeMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "light-nodes");

  /** Digests of candidates in which a changed test fails that did not before. */
  final Set<String> bad = ConcurrentHashMap.newKeySet();

  /** Nodes that say nothing. */
  final Set<String> silent = ConcurrentHashMap.newKeySet();

  volatile @Nullable Head head;

  private static final class LightNode {
    final String name;
    @Nullable Head known;
    Generation running = new Generation("", 0, "");
    @Nullable Generation standby;
    long number;
    Instant saidAt = Instant.EPOCH;

    LightNode(String name) {
      this.name = name;
    }
  }

  public LightNodes(String url, int count) {
    hub = Hub.open(HubAddress.parse(url, Optional.empty()), HubOptions.DEFAULT);
    board = new CouchConfigBoard(hub, DatabaseNames.DEFAULT);
    repositories = new CouchRepositories(hub, DatabaseNames.DEFAULT);
    for (int i = 0; i < count; i++) {
      nodes.put("n" + i, new LightNode("n" + i));
    }
  }

  public LightNodes start() {
    thread.start();
    return this;
  }

  /** What each node runs. */
  Set<String> running() {
    Set<String> digests = new TreeSet<>();
    synchronized (nodes) {
      nodes.values().forEach(node -> digests.add(node.running.digest()));
    }
    return digests;
  }

  private void run() {
    try {
      while (!closed.await(20, TimeUnit.MILLISECONDS)) {
        try {
          round();
        } catch (HubException _) {
          // away; the next round asks again
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void round() {
    ConfigBoard.FoundHead found = board.head();
    if (found.document() == null) {
      return;
    }
    Head seen = HeadDocument.TYPE.read(found.document());
    head = seen;
    synchronized (nodes) {
      for (LightNode node : nodes.values()) {
        follow(node, seen);
      }
    }
  }

  private void follow(LightNode node, Head seen) {
    boolean isNew = Heads.accept(node.known, seen, Instant.now()).isAccepted();
    if (isNew) {
      node.known = seen;
      Generation wanted = Heads.wanted(seen, node.name);
      if (wanted != null) {
        node.running = wanted;
      }
      node.standby = seen.candidate();
    }
    boolean isDue = node.saidAt.isBefore(Instant.now().minusSeconds(1));
    if ((isNew || isDue) && !silent.contains(node.name)) {
      node.saidAt = Instant.now();
      repositories.nodes().report(status(node, seen));
    }
  }

  private NodeStatus status(LightNode node, Head seen) {
    Head.Reach reach = seen.reach();
    Generation standby = node.standby;
    boolean isCanary =
        seen.phase() == Head.Phase.TRIAL && reach != null && reach.includes(node.name);
    boolean isBad = standby != null && bad.contains(standby.digest());
    List<Shadow> shadow =
        !isCanary || standby == null
            ? List.of()
            : List.of(isBad ? new Shadow("t", 2, 0, 0, 2) : new Shadow("t", 1, 0, 1, 0));
    node.number = System.nanoTime();
    SlotReport slots =
        new SlotReport(
            node.name,
            node.number,
            node.running,
            standby,
            standby == null ? SlotReport.Stage.NONE : SlotReport.Stage.READY,
            null,
            shadow.size(),
            shadow,
            SlotReport.Health.GOOD);
    return new NodeStatus(
        node.name,
        new TreeSet<>(),
        "test",
        Instant.EPOCH,
        node.saidAt,
        0,
        0,
        0,
        null,
        Duration.ZERO,
        null,
        slots);
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    hub.close();
  }
}
