package dev.jiggety.agent.manager;

import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Placement;
import dev.jiggety.model.SlotReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The nodes as they were heard of. */
final class Roster {
  /** Who was heard of within this time takes part: four heartbeats. */
  static final Duration PRESENT = Duration.ofSeconds(45);

  /** Who was not heard of for so long is not expected any more. */
  private static final Duration EXPECTED = Duration.ofDays(7);

  private final Map<String, Known> nodes = new TreeMap<>();
  private final Map<String, SlotReport> untold = new HashMap<>();
  private final SortedSet<String> quarantined = new TreeSet<>();

  private record Known(NodeStatus status, Instant heardAt) {}

  /**
   * All nodes as the hub knows them.
   *
   * @return those that are gone: taken out of service
   */
  SortedSet<String> all(Collection<NodeStatus> statuses, Instant now) {
    SortedSet<String> gone = new TreeSet<>(nodes.keySet());
    for (NodeStatus status : statuses) {
      gone.remove(status.name());
      hear(status, saidAt(status, now));
    }
    gone.forEach(nodes::remove);
    return gone;
  }

  /** Nodes said something. */
  void heard(Collection<NodeStatus> statuses, Instant now) {
    statuses.forEach(status -> hear(status, now));
  }

  private void hear(NodeStatus status, Instant at) {
    Known before = nodes.get(status.name());
    boolean isNews = before == null || !before.status().heartbeatAt().equals(status.heartbeatAt());
    Instant heardAt =
        before != null && (!isNews || before.heardAt().isAfter(at)) ? before.heardAt() : at;
    nodes.put(status.name(), new Known(status, heardAt));
    SlotReport report = status.slots();
    boolean isNewReport = before == null || !Objects.equals(before.status().slots(), report);
    if (report != null && isNewReport) {
      untold.put(status.name(), report);
    }
  }

  /** When it said so, by the hub's clock: nobody knows what the node's own clock says. */
  private static Instant saidAt(NodeStatus status, Instant now) {
    Duration offset = status.clockOffset();
    Instant at = offset == null ? status.heartbeatAt() : status.heartbeatAt().plus(offset);
    return at.isAfter(now) ? now : at;
  }

  /** What nodes said of their slots since this was asked last; of each only its last word. */
  List<SlotReport> takeReports() {
    List<SlotReport> reports = new ArrayList<>(untold.values());
    untold.clear();
    return reports;
  }

  int size() {
    return nodes.size();
  }

  /** These are not where they should be: left out until they run what is in force. */
  void quarantine(Collection<String> names) {
    quarantined.addAll(names);
  }

  /**
   * Who takes part in a rollout.
   *
   * @param digest what is in force
   */
  SortedSet<String> present(String digest, Instant now) {
    quarantined.removeIf(name -> runs(name, digest));
    SortedSet<String> present = new TreeSet<>();
    nodes.forEach((name, known) -> {
      if (isPresent(known, now) && !quarantined.contains(name)) {
        present.add(name);
      }
    });
    return present;
  }

  private boolean runs(String name, String digest) {
    Known known = nodes.get(name);
    SlotReport report = known == null ? null : known.status().slots();
    return known == null || (report != null && report.running().digest().equals(digest));
  }

  /** How many are in service and not heard of. */
  int absent(Instant now) {
    return (int)
        nodes.values().stream()
            .filter(known -> !isPresent(known, now))
            .filter(known -> known.heardAt().isAfter(now.minus(EXPECTED)))
            .count();
  }

  private static boolean isPresent(Known known, Instant now) {
    return !known.heardAt().isBefore(now.minus(PRESENT));
  }

  /** Those of the nodes on which one of these tests is to run. */
  SortedSet<String> running(Collection<Placement> placements, Collection<String> names) {
    SortedSet<String> running = new TreeSet<>();
    for (String name : names) {
      Known known = nodes.get(name);
      boolean runsOne =
          known != null
              && placements.stream().anyMatch(it -> it.includes(name, known.status().tags()));
      if (runsOne) {
        running.add(name);
      }
    }
    return running;
  }
}
