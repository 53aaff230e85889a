package dev.jiggety.model.rules.incident;

import dev.jiggety.model.Degraded.Percentile;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * The whole times of the last span, for limits of percentiles. Times of day are milliseconds,
 * measured ones microseconds. Mutable; a part of one {@link Fold}.
 */
final class Times {
  private final Percentile rule;
  private final Deque<Said> words;

  Times(Percentile rule) {
    this.rule = rule;
    this.words = new ArrayDeque<>();
  }

  private Times(Times other) {
    rule = other.rule;
    words = new ArrayDeque<>(other.words);
  }

  Times copy() {
    return new Times(this);
  }

  void add(Said word) {
    if (word.canTell() && word.totals().length > 0) {
      words.add(word);
    }
    long oldest = word.end() - rule.over().toMillis();
    while (!words.isEmpty() && words.getFirst().end() <= oldest) {
      words.removeFirst();
    }
  }

  /**
   * Whether the share of them that has to keep the limit does not, also without the node that has
   * most of the slow ones where there are several; never by too few of them.
   */
  boolean exceed() {
    Map<String, Tally> nodes = new HashMap<>();
    Tally all = new Tally();
    long limit = rule.limit().toNanos() / 1000;
    for (Said word : words) {
      Tally own = nodes.computeIfAbsent(word.node(), _ -> new Tally());
      for (long total : word.totals()) {
        own.count(total > limit);
        all.count(total > limit);
      }
    }
    if (!all.exceeds(rule)) {
      return false;
    }
    Tally worst = Collections.max(nodes.values(), Comparator.comparingInt(tally -> tally.slow));
    return nodes.size() == 1 || all.without(worst).exceeds(rule);
  }

  private static final class Tally {
    private int count;
    private int slow;

    private void count(boolean isSlow) {
      count++;
      slow += isSlow ? 1 : 0;
    }

    private Tally without(Tally other) {
      Tally rest = new Tally();
      rest.count = count - other.count;
      rest.slow = slow - other.slow;
      return rest;
    }

    private boolean exceeds(Percentile rule) {
      return count >= rule.fewest() && slow * 100L > (100L - rule.share()) * count;
    }
  }
}
