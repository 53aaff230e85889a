package dev.jiggety.model.rules;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whether one node is one process. Each process says at random who it is; after a restart the one
 * before is silent for ever. One that speaks again after another has spoken is a second one: the
 * node's folder was copied, or two were started on it. Goes by the order in which they are heard,
 * and by each one's own clock alone, as those of two machines need not agree. Not thread-safe.
 */
public final class Instances {
  /** Restarts are many in a life; of those before the last few none comes back by accident. */
  private static final int REMEMBERED = 8;

  private final Map<String, Instant> spoke =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > REMEMBERED;
        }
      };
  private String last = "";

  /**
   * Hears one.
   *
   * @param instance who it says it is; an empty one counts for nothing
   * @param at when it says that, by its own clock
   * @return whether that proves that there are two
   */
  public boolean hear(String instance, Instant at) {
    if (instance.isEmpty()) {
      return false;
    }
    Instant before = spoke.get(instance);
    if (before != null && !at.isAfter(before)) {
      return false; // heard before, told once more
    }
    spoke.remove(instance); // the newest is the last to be forgotten
    spoke.put(instance, at);
    boolean isTwo = before != null && !instance.equals(last);
    last = instance;
    return isTwo;
  }
}
