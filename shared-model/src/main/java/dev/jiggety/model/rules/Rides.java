package dev.jiggety.model.rules;

import dev.jiggety.model.Cause;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.Rollout.Rider;
import dev.jiggety.model.RolloutState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which patches ride together, and what becomes of them when their ride fails. */
public final class Rides {
  private Rides() {}

  /**
   * The rollouts at the head of the line that can go as one: queued, in the order of the line
   * without a gap, by the same strategy, each touching documents that no other touches. One that
   * was in a ride that failed goes alone.
   *
   * @param line queued rollouts in the order of the line
   * @param most how many at most, at least 1
   * @return a beginning of the line; empty only where the line is
   */
  public static List<Rollout> together(List<Rollout> line, int most) {
    List<Rollout> ride = new ArrayList<>();
    Set<String> targets = new HashSet<>();
    for (Rollout next : line) {
      List<String> touched =
          next.riders().stream().flatMap(rider -> rider.targets().stream()).toList();
      boolean fits =
          ride.isEmpty()
              || (ride.size() < most
                  && ride.getFirst().attempt() == 1
                  && next.attempt() == 1
                  && next.strategy().equals(ride.getFirst().strategy())
                  && next.seq() == ride.getLast().seq() + 1
                  && touched.stream().noneMatch(targets::contains));
      if (!fits || next.state() != RolloutState.QUEUED) {
        return ride;
      }
      targets.addAll(touched);
      ride.add(next);
    }
    return ride;
  }

  /**
   * The places in the line that were given up between the head's and the next ride's.
   *
   * @param rollouts all rollouts with a place in between, whatever became of them
   * @param headSeq the head's
   * @param next the first place of the next ride
   * @return empty where a place in between is neither given up nor known: then it is not its turn
   */
  public static Optional<List<Long>> tombstones(
      Collection<Rollout> rollouts, long headSeq, long next) {
    SortedSet<Long> given = new TreeSet<>();
    for (Rollout rollout : rollouts) {
      if (rollout.state().isTerminal() && rollout.state() != RolloutState.JOINED) {
        rollout.riders().stream()
            .filter(rider ->
                rollout.again().stream().noneMatch(group -> group.contains(rider.patchId())))
            .forEach(rider -> given.add(rider.seq()));
        given.addAll(rollout.tombstones());
      }
    }
    List<Long> between = new ArrayList<>();
    for (long place = headSeq + 1; place < next; place++) {
      if (!given.contains(place)) {
        return Optional.empty();
      }
      between.add(place);
    }
    return Optional.of(List.copyOf(between));
  }

  /**
   * In which groups the patches of a failed ride are tried once more. Where changed tests tell
   * whose fault it is, the others go together; otherwise halves are tried, until the bad one is
   * alone and is the only one turned back. Nothing is tried again where an operator ended it, or
   * where nothing speaks against the patches.
   */
  static List<List<String>> again(Rollout rollout) {
    Cause cause = causeOfReturn(rollout);
    List<String> patches = rollout.patchIds();
    if (patches.size() < 2 || !cause.blames()) {
      return List.of();
    }
    List<String> innocent = new ArrayList<>(patches);
    innocent.removeAll(guilty(rollout, cause));
    if (innocent.size() < patches.size()) {
      return innocent.isEmpty() ? List.of() : List.of(innocent);
    }
    int half = patches.size() / 2;
    return List.of(patches.subList(0, half), patches.subList(half, patches.size()));
  }

  private static List<String> guilty(Rollout rollout, Cause cause) {
    return cause instanceof Cause.AtFault fault
        ? rollout.riders().stream()
            .filter(rider ->
                fault.tests().stream().anyMatch(test -> rider.targets().contains("test:" + test)))
            .map(Rider::patchId)
            .toList()
        : List.of();
  }

  private static Cause causeOfReturn(Rollout rollout) {
    return rollout.transitions().reversed().stream()
        .filter(step -> step.to() == RolloutState.ROLLING_BACK)
        .map(Rollout.Transition::cause)
        .findFirst()
        .orElseGet(() -> new Cause.Planned(""));
  }
}
