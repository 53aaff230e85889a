package dev.jiggety.agent.vitals;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Watches over the other parts: who should be there and is not is said once when it begins and once
 * when it is over. {@link #look} is for one thread, the rest for any.
 */
public final class Neighbours {
  private static final Logger LOG = System.getLogger(Neighbours.class.getName());

  private final Supplier<Map<String, String>> amiss;
  private volatile Map<String, String> known = Map.of();

  /**
   * Nothing is known yet.
   *
   * @param amiss what is amiss now, a line for people by what it is about, as {@code
   *     model.rules.Presence} has it
   */
  public Neighbours(Supplier<Map<String, String>> amiss) {
    this.amiss = amiss;
  }

  /** Looks. What the supplier throws goes through; what was known stays. */
  public void look() {
    Map<String, String> now = Map.copyOf(amiss.get());
    Set<String> begun = new TreeSet<>(now.keySet());
    begun.removeAll(known.keySet());
    Set<String> over = new TreeSet<>(known.keySet());
    over.removeAll(now.keySet());
    begun.forEach(about -> LOG.log(Level.WARNING, now.getOrDefault(about, about)));
    over.forEach(about -> LOG.log(Level.INFO, "{0} is in order again", about));
    known = now;
  }

  /** What was amiss at the last look, one line each. */
  public List<String> notices() {
    return known.values().stream().sorted().toList();
  }
}
