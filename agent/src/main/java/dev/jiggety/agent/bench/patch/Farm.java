package dev.jiggety.agent.bench.patch;

import dev.jiggety.agent.slot.Slot;
import dev.jiggety.agent.slot.SlotFile;
import dev.jiggety.agent.slot.SlotState;
import dev.jiggety.agent.slot.SlotStore;
import dev.jiggety.agent.slot.TestSet;
import dev.jiggety.couch.Hub;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.Generation;
import dev.jiggety.model.SlotReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;

/** Many light nodes in one process. Closing it ends them all. */
public final class Farm implements AutoCloseable {
  private static final int MOST_NOTICES = 20;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final FarmParts parts;
  private final Map<String, LightNode> nodes = Collections.synchronizedMap(new TreeMap<>());

  private Farm(
      FarmParts parts,
      List<String> names,
      Function<String, SlotStore> stores,
      LightNode.Watcher watcher) {
    this.parts = parts;
    names.forEach(name -> nodes.put(name, new LightNode(name, parts, stores.apply(name), watcher)));
  }

  /** Nodes that forget everything at their end, and whose every step is marked. */
  static Farm marking(Hub hub, DatabaseNames names, List<String> nodes, Marks marks) {
    return new Farm(
        new FarmParts(hub, names, nodes.size()),
        nodes,
        _ -> SlotStore.inMemory(),
        new Marking(marks));
  }

  /**
   * Nodes that keep their slots on the disk, and that say in a line what they begin to run.
   *
   * @param data of this farm alone; another one can go on with it
   */
  public static Farm printing(
      Hub hub, DatabaseNames names, List<String> nodes, Path data, Consumer<String> out) {
    return new Farm(
        new FarmParts(hub, names, nodes.size()),
        nodes,
        name -> SlotFile.open(data.resolve(name + ".slots"), InstantSource.system()),
        new Printing(out));
  }

  /** Their names. */
  List<String> names() {
    return new ArrayList<>(nodes.keySet());
  }

  /** The executor of that node crashes over what is in force and made for it. */
  void crash(String node) {
    LightNode known = nodes.get(node);
    if (known == null) {
      throw new IllegalArgumentException("there is no node " + node);
    }
    known.crash();
  }

  /** What people should look at, one line each, the same of many nodes once. */
  List<String> notices() {
    return List.copyOf(nodes.values()).stream()
        .flatMap(node -> node.notices().stream())
        .distinct()
        .limit(MOST_NOTICES)
        .toList();
  }

  /**
   * Waits until the hub has heard of all of them.
   *
   * @throws BenchFailedException when it has not in time
   */
  void awaitHeard(Duration patience) throws InterruptedException, BenchFailedException {
    long end = System.nanoTime() + patience.toNanos();
    int heard = parts.nodes().all().size();
    while (heard < nodes.size()) {
      if (System.nanoTime() > end) {
        throw new BenchFailedException(
            "the hub has heard of %d of %d nodes only".formatted(heard, nodes.size()));
      }
      Thread.sleep(LOOK_AGAIN);
      heard = parts.nodes().all().size();
    }
  }

  @Override
  public void close() {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List.copyOf(nodes.values()).forEach(node -> threads.execute(node::close));
    }
  }

  /** Notes when each node came how far. */
  private static final class Marking implements LightNode.Watcher {
    private final Marks marks;
    private final ConcurrentMap<String, String> tried = new ConcurrentHashMap<>();

    Marking(Marks marks) {
      this.marks = marks;
    }

    @Override
    public void changed(String node, SlotState state) {
      long now = System.nanoTime();
      runs(node, state.active().generation(), now);
      Generation target = state.standing().target();
      if (target != null) {
        tried.put(node, target.ride());
        if (state.standing().stage() == SlotReport.Stage.READY) {
          marks.reached(new Marks.Point.Ready(target.ride()), node, now);
        }
      }
      Generation trying = state.trying().of();
      if (trying != null && LightNode.isCritical(state)) {
        marks.reached(new Marks.Point.Critical(trying.ride()), node, now);
      }
      String ride = target == null ? tried.remove(node) : null;
      if (ride != null && !ride.equals(state.active().generation().ride())) {
        marks.reached(new Marks.Point.Dropped(ride), node, now);
      }
    }

    @Override
    public void swapped(String node, Slot active, TestSet tests) {
      runs(node, active.generation(), System.nanoTime());
    }

    private void runs(String node, Generation runs, long now) {
      marks.reached(new Marks.Point.Active(runs.ride()), node, now);
      marks.reached(new Marks.Point.Runs(runs.release()), node, now);
    }
  }

  private record Printing(Consumer<String> out) implements LightNode.Watcher {
    @Override
    public void changed(String node, SlotState state) {
      // What they run is enough.
    }

    @Override
    public void swapped(String node, Slot active, TestSet tests) {
      Generation runs = active.generation();
      boolean isBad =
          tests.tests().values().stream()
              .map(Shelf.Conduct::of)
              .anyMatch(conduct -> conduct != Shelf.Conduct.GOOD);
      out.accept(
          new Sighting(
                  System.currentTimeMillis(),
                  node,
                  runs.release(),
                  runs.ride(),
                  runs.digest(),
                  isBad)
              .line());
    }
  }
}
