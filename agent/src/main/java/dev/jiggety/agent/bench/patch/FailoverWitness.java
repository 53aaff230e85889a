package dev.jiggety.agent.bench.patch;

import dev.jiggety.couch.DocumentRow;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.IdRange;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.BatchDocument;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.Stored;
import dev.jiggety.model.Batch;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Run;
import dev.jiggety.model.RunKey;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.repository.HubFeed;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What nodes did and what came of it: hears what a desktop hears, and compares what nodes have
 * finished with what hubs have in the end. Safe for any thread.
 */
final class FailoverWitness implements HubFeed.Listener {
  private final Set<RunKey> made = ConcurrentHashMap.newKeySet();
  private final Map<String, Long> heard = new ConcurrentHashMap<>();
  private final Map<String, Long> silence = new ConcurrentHashMap<>();

  /**
   * What became of the runs at a hub.
   *
   * @param lost runs that it does not have
   * @param doubled runs that it has more than once
   */
  record Count(long lost, long doubled) {}

  /** A node has finished that one. */
  void finished(Run run) {
    made.add(run.key());
  }

  /** How many runs were finished. */
  int made() {
    return made.size();
  }

  @Override
  public void batch(Batch batch) {
    long now = System.nanoTime();
    Long before = heard.put(batch.node(), now);
    if (before != null) {
      silence.merge(batch.node(), now - before, Math::max);
    }
  }

  /** Whether results of each of so many nodes were heard since then. */
  boolean hasHeardAll(int nodes, long since) {
    return heard.values().stream().filter(at -> at - since > 0).count() == nodes;
  }

  /** From now on the longest silence is measured anew; one that lasts counts from its beginning. */
  void forgetSilence() {
    silence.clear();
  }

  /** The longest time in which nothing was heard of a node, in nanoseconds. */
  long longestSilence() {
    return silence.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  @Override
  public void test(Stored<TestDefinition> test) {
    // Only results count here.
  }

  @Override
  public void testDeleted(String testId) {
    // Only results count here.
  }

  @Override
  public void node(NodeStatus node) {
    // Only results count here.
  }

  @Override
  public void connection(HubFeed.Connection connection) {
    // What is heard, and what is not, tells as much.
  }

  /** Whether the hub has all runs that were finished. */
  boolean hasAll(Hub hub, DatabaseNames names) {
    return count(hub, names).lost() == 0;
  }

  /** Reads all that the hub has. */
  Count count(Hub hub, DatabaseNames names) {
    Set<RunKey> found = new HashSet<>();
    long[] doubled = {0};
    Instant now = Instant.now();
    for (String name : names.live(now.minusSeconds(3_600), now)) {
      HubDatabase database = hub.database(name);
      Outcome<Integer> read =
          database.eachRow(IdRange.startingWith("batch:"), row -> doubled[0] += read(row, found));
      if (!read.isOk() && !(read instanceof Outcome.Missing<Integer>)) {
        throw new IllegalStateException("cannot read " + name + ": " + read.inWords());
      }
    }
    long lost = made.stream().filter(key -> !found.contains(key)).count();
    return new Count(lost, doubled[0]);
  }

  private static long read(DocumentRow row, Set<RunKey> found) {
    var document = row.document();
    return document == null
        ? 0
        : BatchDocument.TYPE.read(document).runs().stream()
            .filter(run -> !found.add(run.key()))
            .count();
  }
}
