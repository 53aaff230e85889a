package dev.jiggety.agent.manager;

import com.google.gson.JsonObject;
import dev.jiggety.agent.queue.PatchQueue;
import dev.jiggety.agent.queue.QueueException;
import dev.jiggety.agent.queue.QueuedPatch;
import dev.jiggety.base.Backoff;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutEffect;
import dev.jiggety.model.RolloutEvent;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.SlotReport;
import dev.jiggety.model.rules.Rollouts;
import dev.jiggety.repository.HubException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One time of being the active manager, from taking over until it is fenced off, told to stop, or
 * in doubt about what it knows. All of it happens on the loop; nothing of it outlives it.
 */
final class Term {
  private static final System.Logger LOG = System.getLogger(Term.class.getName());
  private static final Backoff RETRY = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));
  private static final Duration TICK = Duration.ofSeconds(2);
  private static final Duration NODES_ASKED = Duration.ofSeconds(30);
  private static final Duration RENEW_AGAIN = Duration.ofMinutes(1);
  private static final int FAR_BACK = 200;

  private final Context context;
  private final End end;
  private final InForce inForce;
  private final Ledger ledger;
  private final Patches patches;
  private final Places places;
  private final Tombstones tombstones;
  private final Roster roster = new Roster();
  private final Checker checker;
  private final HeadWriter writer;
  private final Applier applier;
  private final Intake intake;
  private final Orders orders;
  private final AuditTrail trail;
  private final Mender mender;
  private final Checks checks;
  private final Inbox inbox;
  private final Map<String, Loop.Timer> wakes = new HashMap<>();
  private Loop.@Nullable Timer retry;
  private Instant nodesAsked;
  private int failures;
  private boolean isBegun;

  /** How a term ends by itself. Told on the loop. */
  interface End {
    /** Another manager is active. */
    void fenced(long epoch);

    /** What it knows may not be so; everything has to be read again. */
    void inDoubt(String reason);

    /** Something may have changed. */
    void changed();
  }

  Term(Context context, PatchQueue.Candidacy candidacy, TakeUp.Taken taken, End end) {
    this.context = context;
    this.end = end;
    nodesAsked = context.now();
    ledger = new Ledger(context);
    patches = new Patches(context);
    inForce = new InForce(context, patches, taken.head(), taken.configuration());
    places = new Places(context, ledger, context.ports().board().line());
    tombstones = new Tombstones(context, places);
    checker = new Checker(context, inForce, patches, roster, tombstones);
    writer = new HeadWriter(context, inForce, ledger, patches, roster::size, this::step);
    applier = new Applier(context, candidacy, ledger, inForce, patches, tombstones);
    trail = new AuditTrail(context, taken.head().epoch(), this::step);
    intake = new Intake(context, ledger, inForce, patches, checker, places, trail);
    orders = new Orders(context, ledger, inForce, trail);
    mender = new Mender(context, ledger, inForce, this::step);
    checks = new Checks(context, ledger, checker, this::step);
    inbox = new Inbox(context, () -> step(this::read, this::readAgain));
  }

  InForce inForce() {
    return inForce;
  }

  Ledger ledger() {
    return ledger;
  }

  /**
   * Takes up what there is.
   *
   * @throws HubException when that cannot be done now; another term has to be begun
   */
  void begin(TakeUp.Taken taken) {
    PatchBoard board = context.ports().board();
    List<Rollout> open = board.open();
    open.forEach(ledger::found);
    long seq = taken.head().seq();
    long last = Math.max(seq, places.line().last());
    List<Rollout> ended = last == 0 ? List.of() : board.ended(Math.max(1, seq - FAR_BACK), last);
    roster.all(context.ports().fleet().nodes(), context.now());
    trail.begin();
    trail.repair(open);
    trail.repair(ended);
    noteTakingOver(taken);
    finishJoining(open);
    for (Rollout rollout : ended) {
      takeUpEnded(rollout);
    }
    open.forEach(it -> ledger.apply(it.id(), new RolloutEvent.TakenUp(inForce.epoch())));
    for (Map.Entry<Long, String> place : places.line().given().entrySet()) {
      places.want(place.getValue());
    }
    isBegun = true;
    inbox.open();
    tick();
    renew();
    step(this::tellReports);
  }

  private void noteTakingOver(TakeUp.Taken taken) {
    JsonObject evidence = new JsonObject();
    evidence.addProperty("epoch", taken.head().epoch());
    evidence.addProperty("version", taken.head().version());
    evidence.addProperty("before", taken.before());
    trail.note(
        "manager:" + context.name(),
        "head",
        "took-over",
        taken.isFirst()
            ? "wrote the first head, release " + taken.head().release()
            : "took over from epoch " + taken.before(),
        evidence);
  }

  /** Patches that a ride has taken along, of which their own records do not say so yet. */
  private void finishJoining(List<Rollout> open) {
    for (Rollout lead : open) {
      for (String patchId : lead.patchIds()) {
        if (!patchId.equals(lead.id()) && lead.attempt() == 1) {
          ledger.apply(patchId, new RolloutEvent.JoinedBy(lead.id()));
        }
      }
    }
    ledger.store();
  }

  private void takeUpEnded(Rollout rollout) {
    for (RolloutEffect effect :
        Rollouts.apply(rollout, new RolloutEvent.TakenUp(inForce.epoch()), context.now())
            .effects()) {
      switch (effect) {
        case RolloutEffect.RideAgain again -> rideAgain(rollout, again.groups());
        case RolloutEffect.Quarantine quarantine -> roster.quarantine(quarantine.nodes());
        default -> {} // its messages are acknowledged when they come
      }
    }
  }

  /** Ends it; what it had begun is left as it is. */
  void close() {
    inbox.close();
    wakes.values().forEach(Loop.Timer::cancel);
    wakes.clear();
  }

  /** A message from the queue has come. */
  void delivered(QueuedPatch message) {
    step(() -> applier.delivered(message), () -> delivered(message));
  }

  /** Runs something, and then whatever that asks for. */
  void step(Runnable body) {
    step(body, () -> {});
  }

  /**
   * @param again what to do later where the hub cannot be asked
   */
  private void step(Runnable body, Runnable again) {
    if (context.over().getAsBoolean()) {
      return;
    }
    try {
      try {
        body.run();
      } catch (HubException e) {
        away(e.getMessage());
        context.loop().at(context.now().plus(RETRY.delay(2, RandomGenerator.getDefault())), again);
      }
      if (isBegun) {
        settle();
      }
      end.changed();
    } catch (OverException e) {
      LOG.log(System.Logger.Level.DEBUG, e.getMessage());
    } catch (FencedException e) {
      end.fenced(e.epoch());
    } catch (StaleException e) {
      end.inDoubt(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "a step of the patch manager failed", e);
      end.inDoubt("a step failed: " + e);
    }
  }

  /** Stores, does and begins until there is nothing left to be done now. */
  private void settle() {
    try {
      do {
        putIntoLine();
        ledger.store();
        work();
        confirm();
      } while (applier.next());
      ledger.store();
      work();
      ledger.storeReports();
      failures = 0;
      context.notices().fine("the hub");
      if (!places.isIdle()) {
        context.loop().post(() -> step(() -> {}));
      }
    } catch (HubException e) {
      away(e.getMessage());
    }
  }

  private void away(@Nullable String reason) {
    context.notices().trouble("the hub", reason == null ? "the hub cannot be asked" : reason);
    settleLater();
  }

  private void settleLater() {
    if (retry == null) {
      Duration wait = RETRY.delay(failures++, RandomGenerator.getDefault());
      retry = context.loop().at(context.now().plus(wait), this::settleAgain);
    }
  }

  private void settleAgain() {
    retry = null;
    step(() -> {});
  }

  private void putIntoLine() {
    try {
      places.flush(inForce.head().seq());
      context.notices().fine("the queue");
    } catch (QueueException e) {
      context.notices().trouble("the queue", String.valueOf(e.getMessage()));
      settleLater();
    }
  }

  private void confirm() {
    if (inForce.isConfirming()) {
      try {
        inForce.confirm();
        context.notices().fine("confirming");
      } catch (HubException | HeldException e) {
        context.notices().trouble("confirming", "not confirmed yet: " + e.getMessage());
        away(e.getMessage());
      }
    }
  }

  private void work() {
    for (var todo = ledger.next(); todo.isPresent(); todo = ledger.next()) {
      Ledger.Todo now = todo.get();
      try {
        switch (now) {
          case Ledger.Todo.Effect effect -> carryOut(effect.rollout(), effect.effect());
          case Ledger.Todo.Later later -> later.work().run(later.rollout());
          case Ledger.Todo.Ended ended -> ended(ended.rollout());
        }
      } catch (HubException e) {
        ledger.putBack(now);
        throw e;
      }
      ledger.store();
    }
  }

  private void carryOut(Rollout rollout, RolloutEffect effect) {
    switch (effect) {
      case RolloutEffect.Enqueue enqueue -> {
        places.want(enqueue.patchId());
        putIntoLine();
      }
      case RolloutEffect.AskApproval ask ->
          context
              .notices()
              .info(
                  "%s waits for the approval of another person than %s"
                      .formatted(rollout.id(), String.join(", ", ask.notBy())));
      case RolloutEffect.Check _ -> checks.check(rollout);
      case RolloutEffect.WriteHead write -> {
        boolean wasInDoubt = writer.isInDoubt();
        writer.write(rollout, write);
        if (wasInDoubt && !writer.isInDoubt()) {
          tellReports();
        }
      }
      case RolloutEffect.WakeAt wake -> wakeAt(rollout.id(), wake.time());
      case RolloutEffect.HoldQueue hold -> {
        context.notices().trouble("the queue of patches", "it is held: " + hold.reason());
        mender.held(rollout.id());
      }
      case RolloutEffect.ReleaseQueue _ -> context.notices().fine("the queue of patches");
      case RolloutEffect.Acknowledge done -> applier.acknowledge(done.patchIds());
      case RolloutEffect.RideAgain again -> rideAgain(rollout, again.groups());
      case RolloutEffect.Quarantine quarantine -> roster.quarantine(quarantine.nodes());
      case RolloutEffect.Alert alert -> context.notices().alert(context.now(), alert.text());
      case RolloutEffect.Audit audit -> trail.transition(rollout, audit.transition());
      case RolloutEffect.SubmitReverse _, RolloutEffect.Refuse _ -> {} // the answer says it
      case RolloutEffect.StandDown down -> throw new FencedException(down.epoch());
    }
  }

  private void ended(Rollout rollout) {
    Loop.Timer wake = wakes.remove(rollout.id());
    if (wake != null) {
      wake.cancel();
    }
    if (rollout.state() == RolloutState.COMPLETED) {
      inForce.completed(rollout);
    }
  }

  /** Groups of a ride that failed get their records at once, so that none is forgotten. */
  private void rideAgain(Rollout failed, List<List<String>> groups) {
    for (List<String> group : groups) {
      Rollouts.Step next = Rollouts.startAgain(failed, group, inForce.epoch(), context.now());
      String id = next.rollout().id();
      if (ledger.find(id).isEmpty() && context.ports().board().rollout(id).isEmpty()) {
        ledger.begin(next);
      }
    }
    ledger.store();
  }

  private void wakeAt(String rolloutId, Instant time) {
    Loop.Timer timer =
        context
            .loop()
            .at(time, () -> step(() -> ledger.apply(rolloutId, new RolloutEvent.TimePassed())));
    Loop.Timer before = wakes.put(rolloutId, timer);
    if (before != null) {
      before.cancel();
    }
  }

  private void read() {
    roster.heard(inbox.nodes(), context.now());
    tellReports();
    inbox.commands(orders::obey);
    inbox.patches(intake::take);
  }

  private void readAgain() {
    inbox.again();
  }

  /** What nodes know of a head that may or may not be written can only be judged when that is. */
  private void tellReports() {
    if (writer.isInDoubt()) {
      return;
    }
    String underWay = ledger.underWay().map(Rollout::id).orElse("");
    for (SlotReport report : roster.takeReports()) {
      ledger.apply(underWay, new RolloutEvent.Reported(report));
    }
  }

  /** What has to be looked at once in a while. */
  private void tick() {
    context.loop().at(context.now().plus(TICK), () -> step(this::ticked));
  }

  private void ticked() {
    tick();
    tellReports();
    for (QueuedPatch missing : applier.missing()) {
      putAgain(missing);
    }
    Rollout underWay = ledger.underWay().orElse(null);
    if (underWay != null && !context.now().isBefore(nodesAsked.plus(NODES_ASKED))) {
      nodesAsked = context.now();
      SortedSet<String> gone = roster.all(context.ports().fleet().nodes(), context.now());
      if (!gone.isEmpty()) {
        ledger.apply(underWay.id(), new RolloutEvent.Retired(gone));
      }
    }
  }

  private void putAgain(QueuedPatch missing) {
    try {
      context.mustBeActive();
      context.ports().queue().put(missing);
    } catch (QueueException e) {
      context.notices().trouble("the queue", String.valueOf(e.getMessage()));
    }
  }

  /** The head must not expire while nothing is carried out. */
  private void renew() {
    Instant next = halfLife();
    if (!context.now().isBefore(next)) {
      try {
        writer.renew();
        context.notices().fine("renewing the head");
        next = halfLife();
      } catch (HubException | HeldException e) {
        context.notices().trouble("renewing the head", String.valueOf(e.getMessage()));
        next = context.now().plus(RENEW_AGAIN);
      }
    }
    context.loop().at(next, () -> step(this::renew));
  }

  private Instant halfLife() {
    return inForce.head().expires().minus(HeadWriter.LIFETIME.dividedBy(2));
  }
}
