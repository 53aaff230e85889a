package dev.jiggety.agent.probe;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The probes on the class path. Loaded once: by {@link #load}, or at the first question. */
public final class Probes {
  private static final Logger LOG = System.getLogger(Probes.class.getName());

  private Probes() {}

  /** Loads them, where it matters that this happens now. */
  public static void load() {
    LOG.log(Level.DEBUG, "kinds of tests: {0}", kinds());
  }

  /** The probe for a kind of test; empty when there is none. */
  public static Optional<Probe> find(String kind) {
    return Optional.ofNullable(Loaded.BY_KIND.get(kind));
  }

  /** All kinds that can be measured here. */
  public static NavigableSet<String> kinds() {
    return Collections.unmodifiableNavigableSet(Loaded.BY_KIND.navigableKeySet());
  }

  private static final class Loaded {
    private static final TreeMap<String, Probe> BY_KIND = new TreeMap<>(find());

    /** A jar that is broken is left out, and takes nothing else with it. */
    private static Map<String, Probe> find() {
      TreeMap<String, Probe> probes = new TreeMap<>();
      Iterator<Probe> found = ServiceLoader.load(Probe.class).iterator();
      boolean more = true;
      while (more) {
        try {
          more = found.hasNext();
          if (more) {
            Probe probe = found.next();
            probes.putIfAbsent(probe.kind(), probe);
          }
        } catch (ServiceConfigurationError e) {
          LOG.log(Level.WARNING, "a probe is left out: {0}", e.getMessage());
        }
      }
      return probes;
    }
  }
}
