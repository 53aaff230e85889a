package dev.jiggety.agent.bench.verdict;

import static dev.jiggety.agent.bench.verdict.World.INTERVAL;
import static dev.jiggety.agent.bench.verdict.World.MINUTE;
import static dev.jiggety.agent.bench.verdict.World.SECOND;

import dev.jiggety.agent.bench.verdict.Reports.Report;
import dev.jiggety.agent.bench.verdict.World.Trouble;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.rules.incident.Episode;
import dev.jiggety.model.rules.incident.NodeHistory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A manager that hears a node's heartbeats and the results of some of its tests, and tells people
 * of its troubles; then it is held against what was truly wrong with it.
 */
final class NodeTrial {
  private static final long HEARTBEAT = 30 * SECOND;
  private static final int TESTS = 5;

  /** Who is away for less was hardly away. */
  private static final long LONG_ENOUGH = 3 * MINUTE;

  private final World world;
  private final Reports reports;

  /** Troubles that belong together, since the node was not well for long in between. */
  private record Spell(long from, long to, List<Trouble> troubles) {
    boolean isCertain() {
      return troubles.stream().anyMatch(trouble -> trouble.to() - trouble.from() >= LONG_ENOUGH);
    }
  }

  private record Alert(long at, Episode episode) {}

  NodeTrial(World world) {
    this.world = world;
    this.reports = new Reports(world);
  }

  void judge(int node, Tally tally) {
    List<Alert> alerts = alerts(node);
    List<Spell> spells = spells(node);
    List<Alert> unexplained = new ArrayList<>(alerts);
    for (Spell spell : spells) {
      List<Alert> own =
          alerts.stream()
              .filter(alert -> alert.at >= spell.from && alert.at < spell.to + calm())
              .toList();
      unexplained.removeAll(own);
      if (spell.isCertain()) {
        tally.node(World.node(node), spell.troubles.toString(), own.size());
      }
    }
    unexplained.forEach(
        alert -> tally.falseNodeAlert(World.at(alert.at) + " " + alert.episode.text()));
  }

  private static long calm() {
    return NodeHistory.CALM.toMillis() + 3 * MINUTE;
  }

  private List<Spell> spells(int node) {
    List<Spell> spells = new ArrayList<>();
    for (Trouble trouble : world.troubles(node)) {
      Spell last = spells.isEmpty() ? null : spells.getLast();
      if (last != null && trouble.from() <= last.to + calm()) {
        List<Trouble> both = new ArrayList<>(last.troubles);
        both.add(trouble);
        spells.set(spells.size() - 1, new Spell(last.from, Math.max(last.to, trouble.to()), both));
      } else {
        spells.add(new Spell(trouble.from(), trouble.to(), List.of(trouble)));
      }
    }
    return spells;
  }

  private List<Alert> alerts(int node) {
    NodeHistory history = new NodeHistory(World.node(node), World.START);
    PriorityQueue<Report> underWay = new PriorityQueue<>(Comparator.comparingLong(Report::heard));
    List<Alert> alerts = new ArrayList<>();
    long[] phases =
        IntStream.range(0, Math.min(TESTS, world.tests()))
            .mapToLong(test -> world.phase(test, node))
            .toArray();
    for (long now = 0; now < world.end(); now += HEARTBEAT) {
      if (reports.connected(node, now) == now) {
        history.add(status(node, now), World.at(now));
      }
      for (int test = 0; test < phases.length; test++) {
        long phase = phases[test];
        long slot = Math.floorDiv(now - phase, INTERVAL);
        if (slot >= 0 && slot * INTERVAL + phase > now - HEARTBEAT) {
          reports
              .of(test, node, phase, slot)
              .filter(report -> report.word().doubt() != null)
              .ifPresent(underWay::add);
        }
      }
      while (!underWay.isEmpty() && underWay.peek().heard() <= now) {
        history.add(underWay.remove().word());
      }
      for (Episode episode : history.episodes(World.at(now))) {
        if (episode.isOpen() && !isKnown(alerts, episode)) {
          alerts.add(new Alert(now, episode));
        }
      }
      if (now % World.DAY == 0 && now > 0) {
        history.forget(World.at(now - World.DAY));
      }
    }
    return alerts;
  }

  private static boolean isKnown(List<Alert> alerts, Episode episode) {
    return alerts.stream().anyMatch(alert -> !alert.episode.confirmed().isBefore(episode.began()));
  }

  private NodeStatus status(int node, long now) {
    return new NodeStatus(
        World.node(node),
        new TreeSet<>(),
        "",
        World.START,
        World.at(now + reports.ahead(node, now)),
        world.tests(),
        0,
        0,
        reports.lateness(node, now),
        Duration.ofMillis(-reports.believedAhead(node, now)),
        null,
        null);
  }
}
