package dev.jiggety.agent.manager;

import dev.jiggety.agent.queue.PatchQueue;
import java.util.function.Consumer;

/** The parts of a manager in one time of being active, and who of them knows whom. */
final class Parts {
  final InForce inForce;
  final Ledger ledger;
  final Places places;
  final Roster roster = new Roster();
  final HeadWriter writer;
  final Applier applier;
  final Intake intake;
  final Orders orders;
  final AuditTrail trail;
  final Mender mender;
  final Checks checks;
  final Tidings tidings;

  /**
   * All of them, as things stand after taking over.
   *
   * @param step runs something as a step of the manager
   */
  Parts(
      Context context,
      PatchQueue.Candidacy candidacy,
      TakeUp.Taken taken,
      Consumer<Runnable> step) {
    ledger = new Ledger(context);
    Patches patches = new Patches(context);
    inForce = new InForce(context, patches, taken.head(), taken.configuration());
    places = new Places(context, ledger, context.ports().board().line());
    Tombstones tombstones = new Tombstones(context, places);
    Checker checker = new Checker(context, inForce, patches, roster, tombstones);
    writer = new HeadWriter(context, inForce, ledger, patches, roster::size, step);
    applier = new Applier(context, candidacy, ledger, inForce, patches, tombstones);
    trail = new AuditTrail(context, taken.head().epoch(), step);
    intake = new Intake(context, ledger, inForce, patches, checker, places, trail);
    orders = new Orders(context, ledger, inForce, trail);
    mender = new Mender(context, ledger, inForce, step);
    checks = new Checks(context, ledger, checker, step);
    tidings = new Tidings(ledger, roster, writer);
  }
}
