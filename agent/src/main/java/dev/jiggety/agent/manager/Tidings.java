package dev.jiggety.agent.manager;

import dev.jiggety.model.RolloutEvent;
import dev.jiggety.model.SlotReport;
import java.util.List;

/** What nodes say of their slots, told to the rollout that is carried out. */
final class Tidings {
  private final Ledger ledger;
  private final Roster roster;
  private final HeadWriter writer;

  Tidings(Ledger ledger, Roster roster, HeadWriter writer) {
    this.ledger = ledger;
    this.roster = roster;
    this.writer = writer;
  }

  /** What nodes know of a head that may or may not be written can only be judged when that is. */
  void tell() {
    if (writer.isInDoubt()) {
      return;
    }
    List<SlotReport> reports = roster.takeReports();
    if (!reports.isEmpty()) {
      ledger.underWay().ifPresent(it -> ledger.apply(it.id(), new RolloutEvent.Reported(reports)));
    }
  }
}
