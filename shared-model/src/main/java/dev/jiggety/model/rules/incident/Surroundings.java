package dev.jiggety.model.rules.incident;

import dev.jiggety.model.Settings;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Window;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What besides its own words decides about a test.
 *
 * @param nodes the names of the nodes that are meant to run it; empty means that nobody is, so that
 *     it lacks no data
 * @param windows maintenance windows, those of other tests too
 * @param parents the tests that it depends on, with their episodes; one that is not in the
 *     configuration any more is left out
 * @param nodeTroubles the episodes of the nodes
 * @param settings of the installation
 */
public record Surroundings(
    NavigableSet<String> nodes,
    List<Window> windows,
    Map<String, Parent> parents,
    List<Episode> nodeTroubles,
    Settings settings) {

  /** A test that others depend on. */
  public record Parent(TestDefinition test, List<Episode> episodes) {
    public Parent {
      episodes = List.copyOf(episodes);
    }
  }

  public Surroundings {
    nodes = Collections.unmodifiableNavigableSet(new TreeSet<>(nodes));
    windows = List.copyOf(windows);
    parents = Collections.unmodifiableMap(new TreeMap<>(parents));
    nodeTroubles = List.copyOf(nodeTroubles);
  }

  /** Of a test that runs on some nodes, with nothing else. */
  public static Surroundings of(Collection<String> nodes) {
    return new Surroundings(new TreeSet<>(nodes), List.of(), Map.of(), List.of(), Settings.DEFAULT);
  }
}
