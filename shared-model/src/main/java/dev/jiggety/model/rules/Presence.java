package dev.jiggety.model.rules;

import dev.jiggety.model.HubReport;
import dev.jiggety.model.ManagerReport;
import dev.jiggety.model.ManagerReport.Stand;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Vitals;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who should be there and is not, from what all parts say of themselves. */
public final class Presence {

  /** All parts write their reports at least every half minute; twice that and some slack. */
  public static final Duration FRESH = Freshness.NODE;

  /** Who was silent for so long is not missed any more: it was taken away. */
  public static final Duration FORGOTTEN = Duration.ofDays(7);

  private Presence() {}

  /** Whether a report of then is too old. */
  public static boolean isSilent(Instant heartbeatAt, Instant now) {
    return Duration.between(heartbeatAt, now).compareTo(FRESH) > 0;
  }

  /**
   * What is amiss, by what it is about (as {@code node:NAME}, {@code manager:NAME}, or all
   * managers, {@code hub:NAME}): one line for people each.
   */
  public static Map<String, String> amiss(
      List<NodeStatus> nodes, List<ManagerReport> managers, List<HubReport> hubs, Instant now) {
    Map<String, String> amiss = new TreeMap<>();
    for (NodeStatus node : nodes) {
      silence(amiss, "node:" + node.name(), "the node " + node.name(), node.heartbeatAt(), now);
    }
    for (ManagerReport manager : managers) {
      String who = "the manager " + manager.name();
      silence(amiss, "manager:" + manager.name(), who, manager.heartbeatAt(), now);
    }
    boolean isLed =
        managers.stream()
            .anyMatch(it -> it.stand() == Stand.ACTIVE && !isSilent(it.heartbeatAt(), now));
    if (!managers.isEmpty() && !isLed) {
      amiss.put("manager", "no manager is active: patches wait");
    }
    for (HubReport hub : hubs) {
      silence(amiss, "hub:" + hub.name(), "the hub", hub.heartbeatAt(), now);
      disk(amiss, "hub:" + hub.name(), "the hub", hub.vitals());
    }
    return amiss;
  }

  private static void silence(
      Map<String, String> amiss, String about, String who, Instant heard, Instant now) {
    if (isSilent(heard, now) && Duration.between(heard, now).compareTo(FORGOTTEN) < 0) {
      amiss.put(about, who + " is silent since " + heard.truncatedTo(ChronoUnit.SECONDS));
    }
  }

  private static void disk(Map<String, String> amiss, String about, String who, Vitals vitals) {
    Long free = vitals.diskFree();
    if (free != null && vitals.isDiskLow()) {
      amiss.putIfAbsent(about, "the disk of " + who + " has " + (free >> 20) + " MiB left");
    }
  }
}
