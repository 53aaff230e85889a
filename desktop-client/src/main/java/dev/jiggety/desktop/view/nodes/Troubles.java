package dev.jiggety.desktop.view.nodes;

import dev.jiggety.desktop.view.nodes.Trouble.Kind;
import dev.jiggety.model.ManagerReport;
import dev.jiggety.model.ManagerReport.Stand;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.SlotReport;
import dev.jiggety.model.Vitals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is not as it should be with the parts of an installation, by the measures of {@code jiggety
 * doctor}. Pure.
 */
final class Troubles {
  /** A clock may be off by so much. */
  static final Duration CLOCK = Duration.ofSeconds(3);

  /** Results may take so long to the hub, and news of the configuration to a node. */
  static final Duration WAIT = Duration.ofMinutes(2);

  /** Runs may begin so late. */
  static final Duration LATE = Duration.ofSeconds(1);

  /** How the notice of a node begins that hears another one of its name and account. */
  private static final String TWINS = "another process is this node too";

  private Troubles() {}

  /** Whether a notice says that two processes are the same node. */
  static boolean isOfTwins(String notice) {
    return notice.startsWith(TWINS);
  }

  /**
   * The parts with their troubles.
   *
   * @param release in force, by what nodes follow; 0 where it is not known
   */
  static List<Part> look(List<Part> parts, long release) {
    boolean isLed =
        parts.stream()
            .anyMatch(it ->
                it.manager() != null && it.manager().stand() == Stand.ACTIVE && !it.isSilent());
    String usual = usualVersion(parts);
    return parts.stream().map(part -> part.with(of(part, release, isLed, usual))).toList();
  }

  private static List<Trouble> of(Part part, long release, boolean isLed, String usual) {
    List<Trouble> found = new ArrayList<>();
    if (part.isSilent()) {
      found.add(Trouble.of(Kind.SILENT, Duration.between(part.heartbeatAt(), part.now())));
    }
    Vitals vitals = part.vitals();
    boolean full = vitals != null && vitals.isDiskLow();
    Long free = part.diskFree();
    if (full && free != null) {
      found.add(Trouble.of(Kind.DISK, free));
    }
    NodeStatus node = part.node();
    if (node != null) {
      results(node, part, found);
      configuration(node, part, release, found);
    }
    manager(part.manager(), isLed, found);
    if (!usual.isEmpty() && !part.version().equals(usual)) {
      found.add(Trouble.of(Kind.VERSION, usual));
    }
    if (vitals != null) {
      vitals.notices().stream()
          .filter(line -> !(full && line.startsWith("the disk has")))
          .forEach(
              line -> found.add(Trouble.of(isOfTwins(line) ? Kind.CLONED : Kind.NOTICE, line)));
    }
    found.sort(Comparator.comparing(Trouble::kind));
    return found;
  }

  private static void results(NodeStatus node, Part part, List<Trouble> found) {
    if (node.lost() > 0) {
      found.add(Trouble.of(Kind.LOST, node.lost()));
    }
    if (node.quarantined() > 0) {
      found.add(Trouble.of(Kind.QUARANTINED, node.quarantined()));
    }
    Duration unsent = part.unsent();
    if (unsent != null && unsent.compareTo(WAIT) > 0) {
      found.add(new Trouble(Kind.BACKLOG, "", unsent, node.backlog()));
    }
    Duration offset = node.clockOffset();
    if (offset != null && offset.abs().compareTo(CLOCK) > 0) {
      found.add(Trouble.of(Kind.CLOCK, offset));
    }
    Duration lateness = node.lateness();
    if (lateness != null && lateness.compareTo(LATE) > 0) {
      found.add(Trouble.of(Kind.LATE, lateness));
    }
  }

  private static void configuration(NodeStatus node, Part part, long release, List<Trouble> found) {
    Instant heard = node.configAt();
    if (heard != null && Duration.between(heard, node.heartbeatAt()).compareTo(WAIT) > 0) {
      found.add(Trouble.of(Kind.CONFIG_OLD, Duration.between(heard, part.now())));
    }
    SlotReport slots = node.slots();
    if (slots == null) {
      return;
    }
    String error = slots.error();
    if (error != null || slots.stage() == SlotReport.Stage.FAILED) {
      found.add(Trouble.of(Kind.SLOT_FAILED, error == null ? "" : error));
    }
    if (slots.health().crashes() > 0) {
      found.add(Trouble.of(Kind.CRASHED, slots.health().crashes()));
    }
    if (release > 0 && slots.running().release() < release && slots.standby() == null) {
      found.add(Trouble.of(Kind.BEHIND, release));
    }
  }

  private static void manager(@Nullable ManagerReport manager, boolean isLed, List<Trouble> found) {
    if (manager == null) {
      return;
    }
    ManagerReport.UnderWay underWay = manager.underWay();
    if (manager.isHeld() && underWay != null) {
      found.add(Trouble.of(Kind.HELD, underWay.rollout()));
    }
    if (!isLed) {
      found.add(Trouble.of(Kind.NOT_LED, manager.reason()));
    }
  }

  /** The version that most of those who speak have; of equally many the newest by its text. */
  private static String usualVersion(List<Part> parts) {
    Map<String, Integer> counts = new TreeMap<>();
    parts.stream()
        .filter(part -> !part.isSilent() && !part.version().isEmpty())
        .forEach(part -> counts.merge(part.version(), 1, Integer::sum));
    return counts.entrySet().stream()
        .max(
            Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .orElse("");
  }
}
