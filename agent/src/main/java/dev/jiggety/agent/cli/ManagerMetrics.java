package dev.jiggety.agent.cli;

import dev.jiggety.agent.manager.PatchManager;
import dev.jiggety.agent.metrics.ManagerFigures;
import dev.jiggety.agent.metrics.Who;
import dev.jiggety.agent.store.Subscription;
import dev.jiggety.model.ManagerReport;
import java.util.List;

/** The figures of a patch manager. */
final class ManagerMetrics {
  private ManagerMetrics() {}

  static MetricsOption.Role of(PatchManager manager) {
    ManagerFigures figures = new ManagerFigures(() -> read(manager));
    ManagerReport report = manager.report();
    Subscription subscription = manager.subscribe(figures::ended);
    return new MetricsOption.Role(
        new Who("manager", report.name(), report.version()),
        List.of(figures),
        () -> lacks(manager.report()),
        subscription::close);
  }

  /** One that waits for its turn is ready for it; one whose line is held is not. */
  private static List<String> lacks(ManagerReport report) {
    if (report.isHeld()) {
      return List.of("the line of patches is held");
    }
    return report.stand() == ManagerReport.Stand.TAKING_OVER
        ? List.of("it is taking over " + report.reason())
        : List.of();
  }

  private static ManagerFigures.Reading read(PatchManager manager) {
    return new ManagerFigures.Reading(manager.report(), manager.rollouts(), manager.incidents());
  }
}
