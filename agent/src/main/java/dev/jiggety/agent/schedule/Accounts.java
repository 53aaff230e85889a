package dev.jiggety.agent.schedule;

import dev.jiggety.model.SkippedSlots;
import java.time.Instant;
import java.util.Map;

/**
 * Where slots are accounted for. What is told here, and the runs, come in the order of their
 * planned times for each test, so that the last one that is durable says from where on a restart
 * has to account. Called from the scheduler's thread; must not block for long.
 */
public interface Accounts {

  /** Slots that did not become runs. */
  void skipped(SkippedSlots slots);

  /** The clock was set back: runs from now on belong to another era, see {@link Opening}. */
  void eraBegins(int era);

  /**
   * What a scheduler begins with.
   *
   * @param accounted for each test the planned time up to which all slots are accounted for
   * @param era how often the clock was set back so far. Planned times are moved on by one
   *     millisecond for each, so that none is used twice while the time is lived through again
   */
  record Opening(Map<String, Instant> accounted, int era) {
    /** Of a node that never ran. */
    public static final Opening NEW = new Opening(Map.of(), 0);

    public Opening {
      accounted = Map.copyOf(accounted);
    }
  }
}
