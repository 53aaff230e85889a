package dev.jiggety.agent.bench.patch;

import dev.jiggety.model.Change;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.Head;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What must be true of patches, whatever failed on the way, held against what is known at the end.
 * Pure.
 *
 * @param submitted in the order in which they were handed in, each only after the one before
 * @param rollouts all records
 * @param head what nodes have to follow
 * @param inForce what is confirmed
 * @param running the digest that each node runs; empty where it has not said
 * @param sightings what nodes began to run, in any order
 */
record Evidence(
    List<Submitted> submitted,
    List<Rollout> rollouts,
    Head head,
    Configuration inForce,
    SortedMap<String, String> running,
    List<Sighting> sightings) {

  /**
   * A patch that was handed in.
   *
   * @param bad whether it ought never to be in force
   * @param round in which round
   */
  record Submitted(Patch patch, boolean bad, int round) {
    String id() {
      return patch.id();
    }
  }

  /** What can be wrong. */
  enum Wrong {
    /** A patch of which nothing is known, or a place in the line that nobody has. */
    LOST("lost"),
    /** A patch that was carried out twice. */
    DOUBLED("doubled"),
    /** A patch that overtook another one. */
    REORDERED("reordered"),
    /** A bad patch in force on a node that is no canary of it. */
    BAD_ACTIVE("bad patches active outside canaries"),
    /** A rollout without an end. */
    OPEN("rollouts without an end"),
    /** A node, or the hub, with something else than what completed patches made. */
    OTHER_CONTENT("other content than the head says"),
    /** A part that gave up. */
    ENDED("processes that ended by themselves");

    private final String label;

    Wrong(String label) {
      this.label = label;
    }

    /** What it is called in reports. */
    String label() {
      return label;
    }
  }

  /**
   * Something that is wrong.
   *
   * @param round when it began; 0 where that is not known
   */
  record Violation(Wrong wrong, int round, String text) {
    /** One line for people. */
    String line() {
      return wrong.label() + (round > 0 ? ", round " + round : "") + ": " + text;
    }
  }

  /** All that is wrong. */
  List<Violation> violations() {
    List<Violation> all = new ArrayList<>();
    lost(all);
    doubled(all);
    reordered(all);
    badActive(all);
    open(all);
    content(all);
    return all;
  }

  /** The records of a patch in which something was done with it. */
  private List<Rollout> carried(String patchId) {
    return rollouts.stream()
        .filter(rollout -> rollout.state() != RolloutState.JOINED)
        .filter(rollout -> rollout.patchIds().contains(patchId))
        .toList();
  }

  private void lost(List<Violation> all) {
    for (Submitted patch : submitted) {
      if (carried(patch.id()).isEmpty()) {
        all.add(new Violation(Wrong.LOST, patch.round(), patch.id() + " has no record"));
      }
    }
    for (Rollout failed : rollouts) {
      for (List<String> group : failed.again()) {
        boolean isTried =
            rollouts.stream()
                .anyMatch(other ->
                    other.attempt() > failed.attempt()
                        && new HashSet<>(other.patchIds()).containsAll(group));
        if (!isTried) {
          String text = group + " of " + failed.id() + " were not tried again";
          all.add(new Violation(Wrong.LOST, round(group.getFirst()), text));
        }
      }
    }
  }

  private void doubled(List<Violation> all) {
    for (Submitted patch : submitted) {
      List<Rollout> done =
          carried(patch.id()).stream()
              .filter(rollout -> rollout.state() == RolloutState.COMPLETED && rollout.wasStaged())
              .toList();
      Set<Long> places =
          rollouts.stream()
              .flatMap(rollout -> rollout.riders().stream())
              .filter(rider -> rider.patchId().equals(patch.id()) && rider.seq() > 0)
              .map(Rollout.Rider::seq)
              .collect(Collectors.toSet());
      if (done.size() > 1 || places.size() > 1) {
        String text =
            "%s was carried out by %s, with the places %s"
                .formatted(patch.id(), done.stream().map(Rollout::id).toList(), places);
        all.add(new Violation(Wrong.DOUBLED, patch.round(), text));
      }
    }
  }

  private void reordered(List<Violation> all) {
    Map<String, Long> places = new HashMap<>();
    Map<Long, String> owners = new TreeMap<>();
    for (Rollout rollout : rollouts) {
      for (Rollout.Rider rider : rollout.riders()) {
        if (rider.seq() > 0) {
          places.put(rider.patchId(), rider.seq());
          String other = owners.putIfAbsent(rider.seq(), rider.patchId());
          if (other != null && !other.equals(rider.patchId())) {
            String text = other + " and " + rider.patchId() + " have the place " + rider.seq();
            all.add(new Violation(Wrong.REORDERED, round(rider.patchId()), text));
          }
        }
      }
    }
    long last = 0;
    for (Submitted patch : submitted) {
      long place = places.getOrDefault(patch.id(), 0L);
      if (place != 0 && place < last) {
        String text = patch.id() + " has the place " + place + ", handed in after " + last;
        all.add(new Violation(Wrong.REORDERED, patch.round(), text));
      }
      last = Math.max(last, place);
    }
    for (long place = 1; place <= head.seq(); place++) {
      if (!owners.containsKey(place)) {
        all.add(new Violation(Wrong.LOST, 0, "nobody has the place " + place));
      }
    }
    staged(all);
  }

  /** Who went out for the first time, went in the order of the line. */
  private void staged(List<Violation> all) {
    List<Rollout> first =
        rollouts.stream()
            .filter(rollout -> rollout.attempt() == 1 && rollout.wasStaged())
            .sorted(Comparator.comparing(Evidence::stagedAt))
            .toList();
    for (int i = 1; i < first.size(); i++) {
      Rollout before = first.get(i - 1);
      Rollout after = first.get(i);
      if (after.riders().getFirst().seq() < before.seq()) {
        String text = after.id() + " was staged after " + before.id() + ", which was behind it";
        all.add(new Violation(Wrong.REORDERED, round(after.id()), text));
      }
    }
  }

  private static Instant stagedAt(Rollout rollout) {
    return rollout.transitions().stream()
        .filter(step -> step.to() == RolloutState.STAGING)
        .map(Rollout.Transition::at)
        .findFirst()
        .orElse(rollout.since());
  }

  private void badActive(List<Violation> all) {
    Map<String, Rollout> byId =
        rollouts.stream().collect(Collectors.toMap(Rollout::id, Function.identity()));
    for (Sighting seen : sightings) {
      Rollout ride = byId.get(seen.ride());
      boolean isCanary = ride != null && ride.canaries().contains(seen.node());
      if (seen.bad() && !isCanary) {
        String text =
            seen.node()
                + " ran release "
                + seen.release()
                + " of "
                + seen.ride()
                + " with a bad test";
        all.add(new Violation(Wrong.BAD_ACTIVE, round(seen.ride()), text));
      }
    }
  }

  private void open(List<Violation> all) {
    for (Rollout rollout : rollouts) {
      if (!rollout.state().isTerminal()) {
        String text = rollout.id() + " is " + rollout.state().label();
        all.add(new Violation(Wrong.OPEN, round(rollout.id()), text));
      }
    }
    if (head.phase() != Head.Phase.STEADY) {
      all.add(new Violation(Wrong.OPEN, 0, "the head is " + head.phase().label()));
    }
  }

  /** Everybody runs what the head says, and that is what the completed patches made of it. */
  private void content(List<Violation> all) {
    running.forEach((node, digest) -> {
      if (!digest.equals(head.digest())) {
        String text = node + " runs " + digest + ", the head says " + head.digest();
        all.add(new Violation(Wrong.OTHER_CONTENT, 0, text));
      }
    });
    expected()
        .forEach((target, wanted) -> {
          Content found = inForce.documents().get(target);
          String digest = found == null ? "nothing" : found.digest();
          if (!digest.equals(wanted)) {
            String text =
                target + " is " + digest + ", the last completed patch to it made " + wanted;
            all.add(new Violation(Wrong.OTHER_CONTENT, 0, text));
          }
        });
  }

  /** What each document should say, by the patches that were completed. */
  private Map<String, String> expected() {
    Map<String, Submitted> byId =
        submitted.stream().collect(Collectors.toMap(Submitted::id, Function.identity()));
    Map<String, String> expected = new LinkedHashMap<>();
    rollouts.stream()
        .filter(rollout -> rollout.state() == RolloutState.COMPLETED && rollout.wasStaged())
        .sorted(Comparator.comparingLong(Rollout::release))
        .flatMap(rollout -> rollout.patchIds().stream())
        .forEach(id -> {
          Submitted patch = byId.get(id);
          if (patch != null) {
            patch.patch().changes().forEach(change -> expected.put(change.target(), made(change)));
          }
        });
    return expected;
  }

  private static String made(Change change) {
    return switch (change) {
      case Change.Put put -> put.content().digest();
      case Change.Delete _ -> "nothing";
    };
  }

  private int round(String rolloutId) {
    String patchId = rolloutId.replaceFirst("\\.\\d+$", "");
    return submitted.stream()
        .filter(patch -> patch.id().equals(patchId))
        .mapToInt(Submitted::round)
        .findFirst()
        .orElse(0);
  }
}
