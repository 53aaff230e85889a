package dev.jiggety.agent.cli;

import dev.jiggety.document.Stored;
import dev.jiggety.model.AccessEvent;
import dev.jiggety.model.Check;
import dev.jiggety.model.Engine;
import dev.jiggety.model.HubReport;
import dev.jiggety.model.ManagerReport;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Vitals;
import dev.jiggety.model.rules.Presence;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.TestRepository.Tests;
import dev.jiggety.repository.couch.CouchRepositories;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How tests, nodes, managers and the embedded hub are, by what the hub knows of them. */
final class FleetExamination {
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(3);

  private final Findings findings;
  private final CouchRepositories repositories;
  private final Instant now;

  FleetExamination(Findings findings, CouchRepositories repositories, Instant now) {
    this.findings = findings;
    this.repositories = repositories;
    this.now = now;
  }

  /**
   * Looks at all of it.
   *
   * @param here the node on this machine; null for none
   * @param engines that can be used on this machine
   */
  void look(@Nullable String here, Set<Engine> engines) {
    try {
      Tests tests = repositories.tests().all();
      findings.good("tests", tests.tests().size() + " can be read");
      tests.unreadable().forEach(line -> findings.bad("tests", line));
      List<NodeStatus> nodes = repositories.nodes().all();
      nodes.forEach(this::node);
      if (nodes.isEmpty()) {
        findings.odd("nodes", "none has reported yet; start one with 'jiggety node'");
      }
      if (here != null) {
        engines(here, engines, tests, nodes);
      }
      managers(repositories.health().managers());
      repositories.health().hubs().forEach(this::hub);
    } catch (HubException e) {
      findings.bad("content", String.valueOf(e.getMessage()));
    }
  }

  private void node(NodeStatus node) {
    String what = "node " + node.name();
    if (Presence.isSilent(node.heartbeatAt(), now)) {
      findings.bad(what, "last heard " + Times.ago(node.heartbeatAt(), now) + "; is it running?");
      return;
    }
    List<String> bad = new ArrayList<>();
    if (node.quarantined() > 0) {
      bad.add(node.quarantined() + " documents were refused by the hub; see its log");
    }
    if (node.lost() > 0) {
      bad.add(node.lost() + " results were lost; make room on its disk");
    }
    Duration offset = node.clockOffset();
    if (offset != null && offset.abs().compareTo(CLOCK_TOLERANCE) > 0) {
      bad.add("its clock differs by " + offset.toSeconds() + " s from the hub's; set up NTP");
    }
    Vitals vitals = node.vitals();
    if (vitals != null) {
      disk(bad, vitals);
    }
    bad.forEach(text -> findings.bad(what, text));
    if (bad.isEmpty()) {
      findings.good(what, node.tests() + " tests, backlog " + node.backlog() + " runs");
    }
    notices(what, vitals);
    version(what, node.version());
  }

  private void managers(List<ManagerReport> managers) {
    if (managers.isEmpty()) {
      findings.odd("managers", "none has reported yet; patches wait for a 'jiggety manager'");
      return;
    }
    boolean isLed = false;
    for (ManagerReport manager : managers) {
      String what = "manager " + manager.name();
      if (Presence.isSilent(manager.heartbeatAt(), now)) {
        findings.bad(
            what, "last heard " + Times.ago(manager.heartbeatAt(), now) + "; is it running?");
        continue;
      }
      isLed |= manager.stand() == ManagerReport.Stand.ACTIVE;
      ManagerReport.UnderWay underWay = manager.underWay();
      if (underWay != null && manager.isHeld()) {
        findings.bad(
            what,
            "the line is held by %s; see 'jiggety patch show %s', then mend or skip it"
                .formatted(underWay.rollout(), underWay.rollout()));
      } else {
        findings.good(
            what, manager.stand().label() + ", " + manager.waiting() + " patches waiting");
      }
      List<String> bad = new ArrayList<>();
      disk(bad, manager.vitals());
      bad.forEach(text -> findings.bad(what, text));
      notices(what, manager.vitals());
      version(what, manager.version());
    }
    if (!isLed) {
      findings.bad("managers", "none is active: patches wait; start one, or see why it waits");
    }
  }

  private void hub(HubReport hub) {
    String what = "embedded hub";
    if (Presence.isSilent(hub.heartbeatAt(), now)) {
      findings.odd(
          what,
          "last reported %s; where CouchDB has taken its place, delete the document hub:%s"
              .formatted(Times.ago(hub.heartbeatAt(), now), hub.name()));
      return;
    }
    List<String> bad = new ArrayList<>();
    disk(bad, hub.vitals());
    bad.forEach(text -> findings.bad(what, text));
    if (bad.isEmpty()) {
      findings.good(
          what, "%d databases, %s".formatted(hub.databases(), HealthText.size(hub.bytes())));
    }
    logins(hub);
    notices(what, hub.vitals());
    version(what, hub.version());
  }

  /** Who was kept out in the last day. */
  private void logins(HubReport hub) {
    List<AccessEvent> keptOut =
        hub.access().stream()
            .filter(event -> event.kind().isKeptOut())
            .filter(event -> event.at().isAfter(now.minus(Duration.ofDays(1))))
            .toList();
    if (keptOut.isEmpty()) {
      findings.good("logins", "none refused in the last day");
      return;
    }
    AccessEvent last = keptOut.getLast();
    findings.odd(
        "logins",
        "%d refused, the last %s%s%s (%s); see 'jiggety account audit'"
            .formatted(
                keptOut.size(),
                Times.ago(last.at(), now),
                last.who().isEmpty() ? "" : " as " + last.who(),
                last.from().isEmpty() ? "" : " from " + last.from(),
                last.what()));
  }

  private static void disk(List<String> bad, Vitals vitals) {
    Long free = vitals.diskFree();
    if (free != null && vitals.isDiskLow()) {
      bad.add("its disk has " + HealthText.size(free) + " left; make room");
    }
  }

  /** What it says itself; of the disk something was said already. */
  private void notices(String what, @Nullable Vitals vitals) {
    if (vitals != null) {
      vitals.notices().stream()
          .filter(line -> !(vitals.isDiskLow() && line.startsWith("the disk has")))
          .forEach(line -> findings.odd(what, line));
    }
  }

  private void version(String what, String version) {
    if (!version.equals(Version.text())) {
      findings.odd(
          what,
          "runs version %s, this program is %s; update the older one"
              .formatted(version.isEmpty() ? "unknown" : version, Version.text()));
    }
  }

  /** Whether the tests of the node on this machine have the browsers that they want. */
  private void engines(String here, Set<Engine> engines, Tests tests, List<NodeStatus> nodes) {
    List<String> tags =
        nodes.stream()
            .filter(node -> node.name().equals(here))
            .flatMap(node -> node.tags().stream())
            .toList();
    List<String> wanting =
        tests.tests().stream()
            .map(Stored::value)
            .filter(test -> test.active() && test.where().includes(here, tags))
            .filter(test -> wants(test) != null && !engines.contains(wants(test)))
            .map(TestDefinition::id)
            .toList();
    if (!wanting.isEmpty()) {
      findings.bad(
          "node " + here,
          "no browser for %s; install Chromium and its driver here, or choose other nodes"
              .formatted(String.join(", ", wanting)));
    }
  }

  private static @Nullable Engine wants(TestDefinition test) {
    return switch (test.check()) {
      case Check.Script script -> script.engine();
      case Check.Page page -> page.engine();
      default -> null;
    };
  }
}
