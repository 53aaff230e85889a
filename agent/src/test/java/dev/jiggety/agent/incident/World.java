package dev.jiggety.agent.incident;

import dev.jiggety.document.IncidentDocument;
import dev.jiggety.document.Stored;
import dev.jiggety.model.Batch;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Incident;
import dev.jiggety.model.IncidentAct;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.IncidentRepository;
import dev.jiggety.repository.NodeRepository;
import dev.jiggety.repository.ResultRepository;
import dev.jiggety.repository.VerdictCount;
import dev.jiggety.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A hub in memory with nodes that run one test each minute, and managers that decide, by a clock
 * that the test moves. What nodes say reaches the desks at once unless the test says otherwise.
 */
final class World {
  static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  Instant now = START;
  final TestDefinition shop;
  final Map<String, Stored<Incident>> incidents = new TreeMap<>();
  final List<IncidentAct> acts = new ArrayList<>();
  final List<Batch> batches = new ArrayList<>();
  final Map<String, NodeStatus> statuses = new TreeMap<>();
  final List<Manager> managers = new ArrayList<>();
  final Set<String> down = new HashSet<>();
  final Set<String> silent = new HashSet<>();
  final Map<String, List<Batch>> kept = new TreeMap<>();
  boolean isHubAway;
  int writes;
  int nodes;

  /** It takes what is written, but says nothing and answers no question. */
  boolean isHubFrozen;

  /** What the hub does not want. */
  Predicate<Incident> refused = _ -> false;

  /** So often it cannot be followed. */
  int followFailures;

  private final Deque<Runnable> stuck = new ArrayDeque<>();
  private long seq;

  World(int nodes) {
    this(nodes, Samples.test("shop").toBuilder().name("Shop").build());
  }

  World(int nodes, TestDefinition shop) {
    this.nodes = nodes;
    this.shop = shop;
    heartbeats();
  }

  /** A manager at its desk. */
  final class Manager implements Term {
    final Desk desk;
    final long epoch;
    final Map<String, String> troubles = new TreeMap<>();
    final Deque<Runnable> later = new ArrayDeque<>();
    volatile String says = "";
    boolean isOver;
    boolean isFrozen;

    Manager(long epoch) {
      this.epoch = epoch;
      this.desk = new Desk(sources(), this, World.this::background, later::add);
    }

    void begin() {
      desk.open();
      incidents.values().forEach(desk::incident);
      acts.forEach(desk::act);
      desk.test(shop);
      statuses.values().forEach(desk::node);
      batches.stream()
          .filter(it -> it.at().isAfter(now.minus(Duration.ofMinutes(35))))
          .forEach(desk::batch);
      desk.connection(new HubFeed.Connection.Connected());
    }

    void step() {
      desk.step();
      while (!later.isEmpty()) {
        later.poll().run();
      }
    }

    @Override
    public long epoch() {
      return epoch;
    }

    @Override
    public boolean isOver() {
      return isOver;
    }

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public String by() {
      return "manager:m" + epoch;
    }

    @Override
    public void says(String text) {
      says = text;
    }

    @Override
    public void trouble(String about, String text) {
      troubles.put(about, text);
    }

    @Override
    public void fine(String about) {
      troubles.remove(about);
    }
  }

  Manager manager() {
    Manager manager = new Manager(managers.size() + 1);
    managers.add(manager);
    manager.begin();
    return manager;
  }

  private void background(Runnable task) {
    if (isHubFrozen) {
      stuck.add(task);
    } else {
      task.run();
    }
  }

  void thaw() {
    isHubFrozen = false;
    while (!stuck.isEmpty()) {
      stuck.poll().run();
    }
  }

  /** It is gone. */
  void kill(Manager manager) {
    manager.isOver = true;
    manager.isFrozen = true;
  }

  /** Lets time pass; each second the nodes whose turn it is run the test. */
  void pass(Duration time) {
    Instant until = now.plus(time);
    while (now.isBefore(until)) {
      now = now.plusSeconds(1);
      if (now.getEpochSecond() % 15 == 0) {
        heartbeats();
      }
      for (int node = 0; node < nodes; node++) {
        boolean isTurn = now.getEpochSecond() % 60 == 60L * node / nodes;
        if (isTurn) {
          run("n" + node);
        }
      }
      step();
    }
  }

  void step() {
    managers.stream().filter(it -> !it.isFrozen).forEach(Manager::step);
  }

  void minutes(int count) {
    pass(Duration.ofMinutes(count));
  }

  private void heartbeats() {
    for (int node = 0; node < nodes; node++) {
      String name = "n" + node;
      if (!silent.contains(name)) {
        heartbeat(name);
      }
    }
  }

  void heartbeat(String name) {
    NodeStatus status = Samples.node(name, now);
    statuses.put(name, status);
    tell(desk -> desk.node(status));
  }

  private void run(String node) {
    Batch batch =
        new Batch(
            node,
            "s1",
            ++seq,
            now,
            List.of(run(node, now, down.contains(node) ? Verdict.DOWN : Verdict.UP)),
            List.of());
    if (silent.contains(node)) {
      kept.computeIfAbsent(node, _ -> new ArrayList<>()).add(batch);
    } else {
      deliver(batch);
    }
  }

  /** A node is back, and delivers what it kept. */
  void back(String node) {
    silent.remove(node);
    kept.getOrDefault(node, List.of()).forEach(this::deliver);
    kept.remove(node);
    heartbeats();
  }

  private void deliver(Batch batch) {
    batches.add(batch);
    tell(desk -> desk.batch(batch));
  }

  private void tell(Consumer<Desk> what) {
    if (!isHubAway && !isHubFrozen) {
      managers.stream().filter(it -> !it.isFrozen).forEach(it -> what.accept(it.desk));
    }
  }

  void say(IncidentAct act) {
    acts.add(act);
    tell(desk -> desk.act(act));
  }

  void connection(HubFeed.Connection connection) {
    managers.stream().filter(it -> !it.isFrozen).forEach(it -> it.desk.connection(connection));
  }

  private Run run(String node, Instant at, Verdict verdict) {
    Sample sample = Samples.sample(at);
    if (verdict == Verdict.DOWN) {
      sample =
          sample.withFailure(
              new Failure(ErrorKind.ASSERTION, null, "status was 503, expected 200"));
    }
    return new Run(shop.id(), node, at, Duration.ZERO, List.of(sample), List.of(), verdict);
  }

  List<Incident> all() {
    return incidents.values().stream().map(Stored::value).toList();
  }

  List<String> events(Incident incident) {
    return incident.trail().stream().map(Incident.Entry::event).toList();
  }

  Sources sources() {
    return new Sources(
        (since, listener) -> {
          if (followFailures-- > 0) {
            throw new IllegalStateException("it cannot be followed now");
          }
          listener.connection(new HubFeed.Connection.Connected());
          return () -> {};
        },
        new Nodes(),
        new Results(),
        new Incidents());
  }

  private void answer() {
    if (isHubAway) {
      throw new HubException(HubException.Kind.UNAVAILABLE, "the hub is away");
    }
  }

  private final class Nodes implements NodeRepository {
    @Override
    public List<NodeStatus> all() {
      answer();
      return List.copyOf(statuses.values());
    }

    @Override
    public void report(NodeStatus status) {
      throw new UnsupportedOperationException();
    }
  }

  private final class Results implements ResultRepository {
    @Override
    public void read(Instant from, Instant to, Consumer<Batch> consumer) {
      answer();
      batches.stream()
          .filter(it -> !it.at().isBefore(from) && it.at().isBefore(to))
          .forEach(consumer);
    }

    @Override
    public Optional<Batch> find(String batchId) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<byte[]> picture(String batchId, String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<VerdictCount> verdicts(Instant from, Instant to) {
      throw new UnsupportedOperationException();
    }
  }

  private final class Incidents implements IncidentRepository {
    @Override
    public List<Stored<Incident>> open() {
      answer();
      return incidents.values().stream().filter(it -> it.value().isOpen()).toList();
    }

    @Override
    public List<Stored<Incident>> between(Instant from, Instant to) {
      answer();
      return incidents.values().stream()
          .filter(it -> it.value().ended() == null || !it.value().ended().isBefore(from))
          .toList();
    }

    @Override
    public List<Stored<Incident>> of(String subject, int most) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Stored<Incident>> find(String id) {
      answer();
      return Optional.ofNullable(incidents.get(id));
    }

    @Override
    public List<IncidentAct> acts(String incident) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void act(IncidentAct act) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Stored<Incident>> store(Incident incident, Optional<Stored<Incident>> before) {
      answer();
      Stored<Incident> there = incidents.get(incident.id());
      String expected = before.map(Stored::rev).orElse("");
      if (!expected.equals(there == null ? "" : there.rev())) {
        return Optional.empty();
      }
      if (refused.test(incident)) {
        throw new HubException(HubException.Kind.REFUSED, "not that");
      }
      writes++;
      int generation = there == null ? 1 : Integer.parseInt(there.rev().replace("-x", "")) + 1;
      Stored<Incident> stored =
          new Stored<>(incident, generation + "-x", IncidentDocument.TYPE.write(incident));
      incidents.put(incident.id(), stored);
      return Optional.of(stored);
    }

    @Override
    public HubFeed.Subscription follow(Instant since, Listener listener) {
      return () -> {};
    }
  }
}
