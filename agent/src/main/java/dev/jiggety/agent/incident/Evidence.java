package dev.jiggety.agent.incident;

import dev.jiggety.model.Incident.Witness;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.rules.incident.Episode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The witnesses of an incident. Pure. */
final class Evidence {
  private Evidence() {}

  /** What each node said when it was sure, then the last word of each, without saying it twice. */
  static List<Witness> witnesses(Episode episode) {
    List<Witness> witnesses = new ArrayList<>(episode.witnesses());
    for (Witness last : episode.latest()) {
      if (!witnesses.contains(last)) {
        witnesses.add(last);
      }
    }
    return List.copyOf(witnesses);
  }

  /** Whether the last word of each node is the same, whenever it was said. */
  static boolean saysTheSame(List<Witness> some, List<Witness> others) {
    return last(some).equals(last(others));
  }

  private static Map<String, Verdict> last(List<Witness> witnesses) {
    Map<String, Verdict> last = new HashMap<>();
    witnesses.forEach(witness -> last.put(witness.node(), witness.verdict()));
    return last;
  }
}
