package dev.jiggety.agent.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.agent.replication.ReplicationOptions.Batches;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.Revision;
import dev.jiggety.agent.store.StoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Whatever is edited where, in whatever order databases replicate, wherever they are cut: in the
 * end all have the same leaves and the same winners, and each revision came to each of them once.
 */
class ConvergencePropertiesTest {

  /** What the world knows: every revision ever made, and where it should be a leaf. */
  private static final class World {
    final List<MemoryPeer> databases = new ArrayList<>();
    final List<FaultyPeer> peers = new ArrayList<>();
    final Map<String, Map<Revision, List<Revision>>> histories = new TreeMap<>();
    final Map<String, MemoryQuarantine> quarantines = new HashMap<>();
    final FakeClock clock = new FakeClock();
    final Random random;
    int values;

    World(long seed, int count) {
      random = new Random(seed);
      for (var i = 0; i < count; i++) {
        databases.add(new MemoryPeer("db" + i));
        peers.add(new FaultyPeer(databases.get(i)).faults(operation -> fault()));
      }
    }

    boolean calm;

    Optional<Fault> fault() {
      if (calm || random.nextInt(12) != 0) {
        return Optional.empty();
      }
      return Optional.of(
          switch (random.nextInt(4)) {
            case 0 -> new Fault.CutBefore();
            case 1 -> new Fault.CutAfter();
            case 2 -> new Fault.HalfBatch();
            default -> new Fault.TooLarge();
          });
    }

    /** An edit, a conflicting edit, a deletion, or a document anew. */
    void edit() {
      var database = databases.get(random.nextInt(databases.size()));
      var id = "doc-" + random.nextInt(8);
      var leaves = database.leaves(id);
      List<Revision> history = List.of();
      if (!leaves.isEmpty() && random.nextInt(10) != 0) {
        history = database.history(id, leaves.get(random.nextInt(leaves.size())));
        // Now and then from further back, which makes a conflict.
        history = history.subList(random.nextInt(5) == 0 ? history.size() / 2 : 0, history.size());
      }
      // Few values, so that two databases make the very same revision now and then.
      var document = Docs.child(id, history, "v" + values++ % 7, random.nextInt(6) == 0);
      database.store(List.of(document));
      histories
          .computeIfAbsent(id, key -> new TreeMap<>())
          .putIfAbsent(document.rev(), Docs.history(document.json()));
    }

    void replicate(boolean ahead) throws InterruptedException {
      var from = random.nextInt(peers.size());
      var to = (from + 1 + random.nextInt(peers.size() - 1)) % peers.size();
      replicate(from, to, ahead);
    }

    boolean replicate(int from, int to, boolean ahead) throws InterruptedException {
      var batches = new Batches(1 + random.nextInt(6), 1 + random.nextInt(4), 1 << 20, ahead);
      var replicator =
          new Replicator(
              peers.get(from),
              peers.get(to),
              ReplicationOptions.defaults().withBatches(batches),
              id -> quarantines.computeIfAbsent(id, key -> new MemoryQuarantine()),
              alarm -> {},
              clock,
              new Random(random.nextLong()));
      try {
        replicator.run();
        replicator.retryQuarantined();
        return true;
      } catch (PeerException e) {
        return false;
      }
    }

    /** All to all, until nothing moves any more. */
    void settle() throws InterruptedException {
      calm = true;
      long before;
      do {
        before = databases.stream().mapToLong(MemoryPeer::seq).sum();
        for (var from = 0; from < peers.size(); from++) {
          for (var to = 0; to < peers.size(); to++) {
            if (from != to) {
              assertThat(replicate(from, to, false)).isTrue();
            }
          }
        }
      } while (databases.stream().mapToLong(MemoryPeer::seq).sum() != before);
    }

    /** The leaves that must be everywhere: what was made and is nobody's parent. */
    Map<String, List<Revision>> expected() {
      var expected = new TreeMap<String, List<Revision>>();
      histories.forEach((id, made) ->
          expected.put(
              id,
              made.keySet().stream()
                  .filter(rev ->
                      made.entrySet().stream()
                          .noneMatch(other ->
                              !other.getKey().equals(rev) && other.getValue().contains(rev)))
                  .sorted()
                  .toList()));
      return expected;
    }
  }

  @Property(tries = 300)
  void allDatabasesEndUpTheSame(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 3) int count, @ForAll boolean ahead)
      throws InterruptedException {
    var world = new World(seed, count);
    for (var step = 0; step < 60; step++) {
      if (world.random.nextInt(3) == 0) {
        world.replicate(ahead);
      } else {
        world.edit();
      }
    }
    world.settle();

    var expected = world.expected();
    for (var database : world.databases) {
      assertThat(database.leaves()).isEqualTo(world.databases.getFirst().leaves());
      expected.forEach((id, leaves) ->
          assertThat(database.leaves(id).stream().sorted().toList()).isEqualTo(leaves));
    }
    world.quarantines.values().forEach(quarantine -> assertThat(quarantine.count()).isZero());
  }

  /** The same for real stores, which have their own opinion of who wins. */
  @Property(tries = 12)
  void storesEndUpTheSameAndAgreeOnTheWinners(@ForAll long seed) throws Exception {
    var folder = Files.createTempDirectory("convergence");
    var world = new World(seed, 2);
    for (var step = 0; step < 40; step++) {
      world.edit();
    }
    try (var one = open(folder.resolve("one.sqlite"));
        var two = open(folder.resolve("two.sqlite"))) {
      var random = world.random;
      var peers =
          List.of(
              world.peers.get(0),
              new FaultyPeer(new StorePeer(one)).faults(operation -> world.fault()),
              new FaultyPeer(new StorePeer(two)).faults(operation -> world.fault()),
              world.peers.get(1));
      world.peers.clear();
      world.peers.addAll(peers);
      for (var step = 0; step < 30; step++) {
        world.replicate(random.nextBoolean());
      }
      settle(world, one, two);

      var expected = world.expected();
      for (var id : expected.keySet()) {
        var leaves = expected.get(id);
        assertThat(leaves(one, id)).isEqualTo(leaves);
        assertThat(leaves(two, id)).isEqualTo(leaves);
        assertThat(two.get(id).orElseThrow().rev()).isEqualTo(one.get(id).orElseThrow().rev());
        assertThat(two.get(id).orElseThrow().bodyText())
            .isEqualTo(one.get(id).orElseThrow().bodyText());
      }
      assertThat(one.info().docCount()).isEqualTo(two.info().docCount());
    } finally {
      delete(folder);
    }
  }

  private static void settle(World world, DocumentStore one, DocumentStore two)
      throws InterruptedException {
    long before;
    do {
      before = one.info().updateSeq() + two.info().updateSeq();
      world.settle();
    } while (one.info().updateSeq() + two.info().updateSeq() != before);
  }

  private static List<Revision> leaves(DocumentStore store, String id) {
    return store.leaves(id).stream().map(leaf -> leaf.rev()).sorted().toList();
  }

  private static DocumentStore open(Path file) {
    return DocumentStore.open(file, StoreOptions.defaults());
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
