package dev.jiggety.desktop.view.nodes;

import dev.jiggety.model.HubReport;
import dev.jiggety.model.ManagerReport;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.SlotReport;
import dev.jiggety.model.Vitals;
import dev.jiggety.model.rules.Presence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A part of the installation as it last spoke of itself: exactly one of the three reports is there.
 *
 * @param troubles what is not as it should be, the worst first
 * @param now the moment at which ages are reckoned
 */
record Part(
    @Nullable NodeStatus node,
    @Nullable ManagerReport manager,
    @Nullable HubReport hub,
    List<Trouble> troubles,
    Instant now) {
  Part {
    troubles = List.copyOf(troubles);
  }

  /** What it is. */
  enum Kind {
    HUB,
    MANAGER,
    NODE
  }

  static Part of(NodeStatus node, Instant now) {
    return new Part(node, null, null, List.of(), now);
  }

  static Part of(ManagerReport manager, Instant now) {
    return new Part(null, manager, null, List.of(), now);
  }

  static Part of(HubReport hub, Instant now) {
    return new Part(null, null, hub, List.of(), now);
  }

  Part with(List<Trouble> found) {
    return new Part(node, manager, hub, found, now);
  }

  Kind kind() {
    return node != null ? Kind.NODE : manager != null ? Kind.MANAGER : Kind.HUB;
  }

  /** By which it is known again. */
  String key() {
    return kind() + ":" + name();
  }

  String name() {
    return node != null
        ? node.name()
        : manager != null ? manager.name() : hub != null ? hub.name() : "";
  }

  Instant heartbeatAt() {
    return node != null
        ? node.heartbeatAt()
        : manager != null ? manager.heartbeatAt() : hub != null ? hub.heartbeatAt() : now;
  }

  Instant startedAt() {
    return node != null
        ? node.startedAt()
        : manager != null ? manager.startedAt() : hub != null ? hub.startedAt() : now;
  }

  String version() {
    return node != null
        ? node.version()
        : manager != null ? manager.version() : hub != null ? hub.version() : "";
  }

  @Nullable Vitals vitals() {
    return node != null
        ? node.vitals()
        : manager != null ? manager.vitals() : hub != null ? hub.vitals() : null;
  }

  @Nullable Long diskFree() {
    Vitals vitals = vitals();
    return vitals == null ? null : vitals.diskFree();
  }

  @Nullable SlotReport slots() {
    return node == null ? null : node.slots();
  }

  /** The release that is in force there; 0 where it does not say. */
  long release() {
    SlotReport slots = slots();
    return slots != null ? slots.running().release() : manager != null ? manager.release() : 0;
  }

  /** How long its oldest result has been waiting; null for none. */
  @Nullable Duration unsent() {
    Instant oldest = node == null ? null : node.oldestUnsent();
    return oldest == null ? null : Duration.between(oldest, now);
  }

  boolean isSilent() {
    return Presence.isSilent(heartbeatAt(), now);
  }

  /** 0 silent, 1 bad, 2 odd, 3 well. */
  int severity() {
    if (isSilent()) {
      return 0;
    }
    return troubles.stream().anyMatch(Trouble::isBad) ? 1 : troubles.isEmpty() ? 3 : 2;
  }

  /** Whether every word occurs in what a person would look for. */
  boolean matches(String[] words) {
    String tags = node == null ? "" : String.join(" ", node.tags());
    String all = (name() + " " + tags + " " + version() + " " + kind()).toLowerCase(Locale.ROOT);
    for (String word : words) {
      if (!all.contains(word)) {
        return false;
      }
    }
    return true;
  }
}
