package dev.jiggety.model.rules.incident;

import dev.jiggety.model.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * When the certificate of a test ends, as seen over time: of what the nodes see the earliest. Times
 * are milliseconds since 1970. Mutable; a part of one {@link Fold}.
 */
final class Certificates {
  /** Who has not run the test for that long does not count. */
  static final long REMEMBERED = Duration.ofDays(2).toMillis();

  private final Map<String, Seen> nodes;
  private final List<Step> steps;

  /** What a node saw last. */
  private record Seen(long at, long ends) {}

  /** From a time on it ended then; {@link Said#NEVER} for not soon. */
  record Step(long from, long ends) {}

  Certificates() {
    nodes = new TreeMap<>();
    steps = new ArrayList<>();
  }

  private Certificates(Certificates other) {
    nodes = new TreeMap<>(other.nodes);
    steps = new ArrayList<>(other.steps);
  }

  Certificates copy() {
    return new Certificates(this);
  }

  void take(Said word) {
    boolean tells = word.certificateEnds() != Said.NEVER || (word.canTell() && !isDown(word));
    if (!tells || (word.certificateEnds() == Said.NEVER && nodes.isEmpty())) {
      return;
    }
    nodes.put(word.node(), new Seen(word.end(), word.certificateEnds()));
    nodes.values().removeIf(seen -> seen.at < word.end() - REMEMBERED);
    long earliest = nodes.values().stream().mapToLong(Seen::ends).min().orElse(Said.NEVER);
    if (steps.isEmpty() ? earliest != Said.NEVER : steps.getLast().ends != earliest) {
      steps.add(new Step(word.end(), earliest));
    }
    if (earliest == Said.NEVER) {
      nodes.clear(); // so that all the tests that have none, or a young one, cost nothing
    }
  }

  /** In the order of time; each holds until the next. */
  List<Step> steps() {
    return List.copyOf(steps);
  }

  void forget(long before) {
    while (steps.size() > 1 && steps.get(1).from <= before) {
      steps.removeFirst();
    }
    if (steps.size() == 1 && steps.getFirst().ends == Said.NEVER) {
      steps.clear();
    }
  }

  private static boolean isDown(Said word) {
    return word.verdict() == Verdict.DOWN;
  }
}
