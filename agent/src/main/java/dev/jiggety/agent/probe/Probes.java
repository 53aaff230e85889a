package dev.jiggety.agent.probe;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The probes on the class path and in the jars of the folder {@code JIGGETY_PROBES}. Loaded once:
 * by {@link #load}, or at the first question.
 */
public final class Probes {
  /** The environment variable that names a folder with jars of more probes. */
  private static final String FOLDER = "JIGGETY_PROBES";

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
    private static final NavigableMap<String, Probe> BY_KIND = load(System.getenv(FOLDER));

    private static NavigableMap<String, Probe> load(@Nullable String folder) {
      return in(folder == null || folder.isBlank() ? null : Path.of(folder));
    }
  }

  /**
   * The probes of this program and of the jars in a folder, by kind; those of the program come
   * first. A jar that is broken is left out, and takes nothing else with it.
   */
  static NavigableMap<String, Probe> in(@Nullable Path folder) {
    NavigableMap<String, Probe> probes = new TreeMap<>();
    Iterator<Probe> found = ServiceLoader.load(Probe.class, loader(folder)).iterator();
    boolean more = true;
    while (more) {
      try {
        more = found.hasNext();
        if (more) {
          Probe probe = found.next();
          probes.putIfAbsent(probe.kind(), probe);
        }
      } catch (ServiceConfigurationError | LinkageError e) {
        LOG.log(Level.WARNING, "a probe is left out: {0}", e.getMessage());
      }
    }
    return probes;
  }

  private static ClassLoader loader(@Nullable Path folder) {
    ClassLoader own = Probes.class.getClassLoader();
    if (folder == null) {
      return own;
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<URL> jars = new ArrayList<>();
      for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).sorted().toList()) {
        jars.add(jar.toUri().toURL());
      }
      return new URLClassLoader("probes", jars.toArray(URL[]::new), own);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "{0}: {1} cannot be read: {2}", FOLDER, folder, e.getMessage());
      return own;
    }
  }
}
