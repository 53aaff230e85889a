package dev.jiggety.model.rules;

import dev.jiggety.model.Strategy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Who tries a candidate and who swaps when. */
public final class Waves {
  private Waves() {}

  /**
   * The members, frozen.
   *
   * @param canaries who tries it; they swap with the first wave
   * @param waves each node once, each wave with at least one node, the last one with the rest
   */
  public record Members(SortedSet<String> canaries, List<SortedSet<String>> waves) {}

  /**
   * Freezes the members. Which nodes go first changes from rollout to rollout, by a hash, so that
   * the same one is not always the canary; nodes that run a changed test go before others.
   */
  public static Members freeze(
      Strategy strategy, String rollout, Collection<String> nodes, Collection<String> preferred) {
    List<String> order =
        new TreeSet<>(nodes)
            .stream()
                .sorted(
                    Comparator.comparingInt((String node) -> preferred.contains(node) ? 0 : 1)
                        .thenComparingLong(node -> hash(rollout + '\n' + node))
                        .thenComparing(node -> node))
                .toList();
    SortedSet<String> canaries =
        new TreeSet<>(order.subList(0, strategy.canaries().of(order.size())));
    List<SortedSet<String>> waves = new ArrayList<>();
    int done = 0;
    for (int i = 0; i < strategy.waves().size() && done < order.size(); i++) {
      boolean isLast = i == strategy.waves().size() - 1;
      int upTo = isLast ? order.size() : strategy.waves().get(i).upTo().of(order.size());
      int end = Math.max(upTo, done + 1);
      waves.add(new TreeSet<>(order.subList(done, end)));
      done = end;
    }
    if (waves.isEmpty()) {
      waves.add(new TreeSet<>()); // nobody is there yet; the head still has to say so
    }
    return new Members(canaries, List.copyOf(waves));
  }

  /** FNV-1a with a final mix: spread, and the same for ever. */
  private static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    hash ^= hash >>> 32;
    return hash * 0x9e3779b97f4a7c15L;
  }
}
