package dev.jiggety.agent.cli;

import dev.jiggety.model.HubReport;
import dev.jiggety.model.ManagerReport;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Vitals;
import dev.jiggety.model.rules.Presence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What managers and the hub say of themselves, and what all parts want people to look at. */
final class HealthText {
  private final Ansi ansi;

  HealthText(Ansi ansi) {
    this.ansi = ansi;
  }

  /** A table of managers and hubs, where there are any, then notices, where there are any. */
  List<String> lines(
      List<ManagerReport> managers, List<HubReport> hubs, List<NodeStatus> nodes, Instant now) {
    List<String> lines = new ArrayList<>();
    if (!managers.isEmpty() || !hubs.isEmpty()) {
      lines.add("");
      TextTable table = new TextTable("PART", "SEEN", "STATE", "DISK", "MEMORY");
      managers.forEach(it -> manager(table, it, now));
      hubs.forEach(it -> hub(table, it, now));
      lines.addAll(table.lines());
    }
    List<String> notices = notices(managers, hubs, nodes, now);
    if (!notices.isEmpty()) {
      lines.add("");
      lines.addAll(notices);
    }
    return lines;
  }

  private void manager(TextTable table, ManagerReport manager, Instant now) {
    StringBuilder state = new StringBuilder(manager.stand().label());
    if (manager.stand() == ManagerReport.Stand.ACTIVE) {
      state.append(", release ").append(manager.release());
      state.append(", ").append(manager.waiting()).append(" waiting");
    } else if (!manager.reason().isEmpty()) {
      state.append(" (").append(manager.reason()).append(')');
    }
    if (manager.underWay() != null) {
      state.append(", ").append(manager.underWay().rollout());
      state.append(' ').append(manager.underWay().state().label());
    }
    String text = manager.isHeld() ? ansi.red(state.toString()) : state.toString();
    row(table, "manager " + manager.name(), manager.heartbeatAt(), text, manager.vitals(), now);
  }

  private void hub(TextTable table, HubReport hub, Instant now) {
    String state =
        "%d databases, %s, %d feeds%s"
            .formatted(
                hub.databases(),
                size(hub.bytes()),
                hub.feeds(),
                hub.refusedLogins() == 0 ? "" : ", " + hub.refusedLogins() + " refused logins");
    row(table, "hub", hub.heartbeatAt(), state, hub.vitals(), now);
  }

  private void row(
      TextTable table, String part, Instant heard, String state, Vitals vitals, Instant now) {
    String seen = Times.ago(heard, now);
    table.row(
        part,
        Presence.isSilent(heard, now) ? ansi.red(seen + " (stale)") : seen,
        state,
        disk(vitals, ansi),
        size(vitals.memory()));
  }

  /** Of those that are there: what a silent one wanted to say is old. */
  private List<String> notices(
      List<ManagerReport> managers, List<HubReport> hubs, List<NodeStatus> nodes, Instant now) {
    List<String> lines = new ArrayList<>();
    for (NodeStatus node : nodes) {
      Vitals vitals = node.vitals();
      if (vitals != null && !Presence.isSilent(node.heartbeatAt(), now)) {
        add(lines, "node " + node.name(), vitals);
      }
    }
    managers.stream()
        .filter(it -> !Presence.isSilent(it.heartbeatAt(), now))
        .forEach(it -> add(lines, "manager " + it.name(), it.vitals()));
    hubs.stream()
        .filter(it -> !Presence.isSilent(it.heartbeatAt(), now))
        .forEach(it -> add(lines, "hub", it.vitals()));
    return lines;
  }

  private static void add(List<String> lines, String who, Vitals vitals) {
    vitals.notices().forEach(notice -> lines.add("! " + who + ": " + notice));
  }

  /** What is left of a disk; red where that is little. */
  static String disk(Vitals vitals, Ansi ansi) {
    Long free = vitals.diskFree();
    if (free == null) {
      return "-";
    }
    return vitals.isDiskLow() ? ansi.red(size(free)) : size(free);
  }

  /** Like {@code 310 MiB} or {@code 19.2 GiB}. */
  static String size(long bytes) {
    double mebi = bytes / (double) (1 << 20);
    return mebi < 1000
        ? String.format(Locale.ROOT, "%.0f MiB", mebi)
        : String.format(Locale.ROOT, "%.1f GiB", mebi / 1024);
  }
}
