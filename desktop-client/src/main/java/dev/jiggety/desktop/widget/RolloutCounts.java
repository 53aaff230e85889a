package dev.jiggety.desktop.widget;

import dev.jiggety.model.NodeProgress;
import dev.jiggety.model.Rollout;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * How far the nodes of a rollout are. Who is further counts for what is behind it too: a node that
 * has swapped was staged.
 *
 * @param nodes how many take part
 * @param staged hold the candidate, or are further
 * @param ready could swap at once, or have
 * @param swapped run it
 * @param reverted run again what was in force before
 * @param failed could not, or did not in time
 */
public record RolloutCounts(
    int nodes, int staged, int ready, int swapped, int reverted, int failed) {

  /** Of all its nodes. */
  public static RolloutCounts of(Rollout rollout) {
    Set<String> all = new TreeSet<>(rollout.canaries());
    rollout.waves().forEach(all::addAll);
    return of(rollout, all);
  }

  /** Of some of its nodes. */
  public static RolloutCounts of(Rollout rollout, Collection<String> names) {
    int nodes = 0;
    int staged = 0;
    int ready = 0;
    int swapped = 0;
    int reverted = 0;
    int failed = 0;
    for (String name : names) {
      NodeProgress.State state =
          rollout.progress().getOrDefault(name, NodeProgress.PENDING).state();
      nodes += state == NodeProgress.State.RETIRED ? 0 : 1;
      switch (state) {
        case STAGED -> staged++;
        case READY -> ready++;
        case SWAPPED -> swapped++;
        case REVERTED -> reverted++;
        case FAILED -> failed++;
        case PENDING, RETIRED -> {}
      }
    }
    return new RolloutCounts(
        nodes, staged + ready + swapped, ready + swapped, swapped, reverted, failed);
  }
}
