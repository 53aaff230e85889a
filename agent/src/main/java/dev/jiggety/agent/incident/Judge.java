package dev.jiggety.agent.incident;

import com.google.gson.JsonObject;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.Ids;
import dev.jiggety.document.SettingsDocument;
import dev.jiggety.document.WindowDocument;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Placement;
import dev.jiggety.model.Settings;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Window;
import dev.jiggety.model.rules.incident.Episode;
import dev.jiggety.model.rules.incident.NodeHistory;
import dev.jiggety.model.rules.incident.Surroundings;
import dev.jiggety.model.rules.incident.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All that is known of tests, nodes and the configuration, and what follows. Not thread-safe. */
final class Judge {
  private static final System.Logger LOG = System.getLogger(Judge.class.getName());

  /** How far back results are read when somebody takes over. */
  static final Duration LOOK_BACK = Duration.ofMinutes(30);

  /** What was wrong with a node is remembered so long. */
  private static final Duration NODES_KEPT = Duration.ofHours(2);

  private final Instant begin;
  private final Predicate<String> isCarried;
  private final Map<String, Case> cases = new TreeMap<>();
  private final Map<String, Window> windows = new TreeMap<>();
  private final Map<String, NodeStatus> nodes = new TreeMap<>();
  private final Map<String, NodeHistory> histories = new TreeMap<>();
  private final Map<Placement, NavigableSet<String>> runners = new HashMap<>();
  private Settings settings = Settings.DEFAULT;

  /**
   * A judge that knows nothing.
   *
   * @param begin when he takes over
   * @param isCarried whether a test has something open that began before
   */
  Judge(Instant begin, Predicate<String> isCarried) {
    this.begin = begin;
    this.isCarried = isCarried;
  }

  void test(TestDefinition test, Instant now, boolean isLoading) {
    Case there = cases.get(test.id());
    if (there != null) {
      there.redefine(test, now);
    } else if (isLoading) {
      cases.put(test.id(), new Case(test, begin.minus(LOOK_BACK), begin));
    } else {
      cases.put(test.id(), new Case(test, now, now));
    }
    allDirty(); // others may depend on it
  }

  void testGone(String id) {
    cases.remove(id);
    allDirty();
  }

  /** A document of the configuration that is no test; null where it is gone. */
  void configuration(String id, @Nullable JsonObject document) {
    try {
      if (id.equals(Ids.settings())) {
        settings = document == null ? Settings.DEFAULT : SettingsDocument.TYPE.read(document);
        allDirty();
      } else if (id.startsWith(Ids.window("")) && document != null) {
        windows.put(id, WindowDocument.TYPE.read(document));
        allDirty();
      } else if (windows.remove(id) != null) {
        allDirty();
      }
    } catch (DocumentException e) {
      LOG.log(System.Logger.Level.WARNING, "{0} cannot be read: {1}", id, e.getMessage());
    }
  }

  void node(NodeStatus status, Instant now) {
    NodeStatus before = nodes.put(status.name(), status);
    histories
        .computeIfAbsent(status.name(), name -> new NodeHistory(name, expectedFrom(status, now)))
        .add(status);
    if (before == null || !before.tags().equals(status.tags())) {
      runners.clear();
      allDirty();
    }
  }

  void nodeGone(String name) {
    nodes.remove(name);
    histories.remove(name);
    runners.clear();
    allDirty();
  }

  /**
   * Adds a word.
   *
   * @return whether the time around it has to be judged again by itself
   */
  boolean word(Word word) {
    NodeHistory node = histories.get(word.node());
    if (node != null) {
      node.add(word);
    }
    Case about = cases.get(word.test());
    return about != null && about.add(word, isCarried.test(word.test()));
  }

  /** Nobody could be heard. */
  void deaf(Hearing.Deaf span) {
    histories.values().forEach(it -> it.deaf(span.from(), span.to()));
    cases.values().forEach(it -> it.deaf(span));
  }

  void forget(Instant now) {
    cases.values().forEach(it -> it.forget(now));
    histories.values().forEach(it -> it.forget(now.minus(NODES_KEPT)));
  }

  Collection<Case> cases() {
    return cases.values();
  }

  Optional<Case> find(String test) {
    return Optional.ofNullable(cases.get(test));
  }

  Collection<String> nodes() {
    return histories.keySet();
  }

  boolean hasNode(String name) {
    return histories.containsKey(name);
  }

  /** When a node was heard last; for those that are known. */
  Optional<NodeStatus> status(String node) {
    return Optional.ofNullable(nodes.get(node));
  }

  Instant begin() {
    return begin;
  }

  List<Episode> troubles(String node, Instant now) {
    NodeHistory history = histories.get(node);
    return history == null ? List.of() : history.episodes(now);
  }

  List<Episode> troubles(Instant now) {
    List<Episode> troubles = new ArrayList<>();
    histories.values().forEach(it -> troubles.addAll(it.episodes(now)));
    return troubles;
  }

  /**
   * What surrounds a test.
   *
   * @param troubles of the nodes, as {@link #troubles(Instant)} says
   */
  Surroundings around(TestDefinition test, List<Episode> troubles, Instant now) {
    Map<String, Surroundings.Parent> parents = new TreeMap<>();
    for (String id : test.depends()) {
      Case parent = cases.get(id);
      if (parent != null) {
        Surroundings bare = Surroundings.of(runners(parent.test()));
        parents.put(
            id, new Surroundings.Parent(parent.test(), parent.history().episodes(bare, now)));
      }
    }
    return new Surroundings(
        runners(test), List.copyOf(windows.values()), parents, troubles, settings);
  }

  private NavigableSet<String> runners(TestDefinition test) {
    return runners.computeIfAbsent(test.where(), this::nodesAt);
  }

  private NavigableSet<String> nodesAt(Placement where) {
    NavigableSet<String> names = new TreeSet<>();
    for (NodeStatus node : nodes.values()) {
      if (where.includes(node.name(), node.tags())) {
        names.add(node.name());
      }
    }
    return Collections.unmodifiableNavigableSet(names);
  }

  /** A node that is new was not silent before it was there. */
  private Instant expectedFrom(NodeStatus status, Instant now) {
    Duration offset = status.clockOffset();
    Instant heard = status.heartbeatAt().plus(offset == null ? Duration.ZERO : offset);
    Instant from = heard.isAfter(now) ? now : heard;
    return from.isAfter(begin) ? from : begin;
  }

  private void allDirty() {
    cases.values().forEach(Case::dirty);
  }
}
