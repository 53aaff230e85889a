package dev.jiggety.model.rules;

import dev.jiggety.model.NodeProgress;
import dev.jiggety.model.NodeProgress.State;
import dev.jiggety.model.Rollout;
import java.util.Collection;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts the frozen members of a rollout. Who was retired counts as neither. */
final class Tally {
  private Tally() {}

  /** Those of the nodes that are still in service. */
  static SortedSet<String> live(Rollout rollout, Collection<String> nodes) {
    return where(rollout, nodes, it -> true);
  }

  /** Those of the nodes in service that are like that. */
  static SortedSet<String> where(
      Rollout rollout, Collection<String> nodes, Predicate<NodeProgress> like) {
    return nodes.stream()
        .filter(node -> is(rollout, node, like))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean is(Rollout rollout, String node, Predicate<NodeProgress> like) {
    NodeProgress progress = of(rollout, node);
    return progress.state() != State.RETIRED && like.test(progress);
  }

  static NodeProgress of(Rollout rollout, String node) {
    return Objects.requireNonNullElse(rollout.progress().get(node), NodeProgress.PENDING);
  }

  static SortedSet<String> in(Rollout rollout, Collection<String> nodes, State state) {
    return where(rollout, nodes, progress -> progress.state() == state);
  }

  /** All members. */
  static Collection<String> members(Rollout rollout) {
    return rollout.progress().keySet();
  }

  /** Who was told to swap. */
  static SortedSet<String> reached(Rollout rollout) {
    return told(rollout).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> told(Rollout rollout) {
    return rollout.waves().stream().limit(rollout.wave()).flatMap(Collection::stream);
  }

  /** Whether some of those who were told to swap are like that; cheaper than naming them. */
  static boolean isReachedAny(Rollout rollout, Predicate<NodeProgress> like) {
    return told(rollout).anyMatch(node -> is(rollout, node, like));
  }

  /** Who may hold something of the candidate that does harm, and so has to be seen to be back. */
  static SortedSet<String> touched(Rollout rollout) {
    SortedSet<String> touched = live(rollout, reached(rollout));
    touched.addAll(
        where(rollout, rollout.canaries(), progress -> progress.state() != State.PENDING));
    return touched;
  }

  /** Failing nodes that are too many: a canary, all of them, or more than are borne. */
  static SortedSet<String> tooManyFailed(Rollout rollout) {
    Collection<String> members = members(rollout);
    SortedSet<String> failed = in(rollout, members, State.FAILED);
    long live = members.stream().filter(node -> is(rollout, node, it -> true)).count();
    boolean isCanaryAmong = failed.stream().anyMatch(node -> rollout.canaries().contains(node));
    boolean isTooMany =
        failed.size() > rollout.strategy().thresholds().tolerated(live) || failed.size() == live;
    return isTooMany || isCanaryAmong ? failed : new TreeSet<>();
  }
}
