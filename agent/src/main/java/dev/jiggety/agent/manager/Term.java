package dev.jiggety.agent.manager;

import com.google.gson.JsonObject;
import dev.jiggety.agent.queue.PatchQueue;
import dev.jiggety.agent.queue.QueueException;
import dev.jiggety.agent.queue.QueuedPatch;
import dev.jiggety.base.Backoff;
import dev.jiggety.model.NodeStatus;
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
  private static final int FAR_BACK = 200;

  private final Context context;
  private final PatchQueue.Candidacy candidacy;
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
  private int failures;
  private boolean isBegun;

  /** How a term ends by itself. Told on the loop. */
  interface End {
    /** Another manager is active. */
    void fenced(long epoch);

    /** What it knows may not be so; everything has to be read again. */
    void inDoubt(String reason);
  }

  Term(Context context, PatchQueue.Candidacy candidacy, TakeUp.Taken taken, End end) {
    this.context = context;
    this.candidacy = candidacy;
    this.end = end;
    ledger = new Ledger(context);
    patches = new Patches(context);
    inForce = new InForce(context, patches, taken.head(), taken.configuration());
    places = new Places(context, ledger, context.ports().board().line());
    tombstones = new Tombstones(context, places);
    checker = new Checker(context, inForce, patches, roster, tombstones);
    writer = new HeadWriter(context, inForce, ledger, patches, roster::size, this::step);
    applier = new Applier(context, candidacy, ledger, inForce, patches, tombstones);
    trail = new AuditTrail(context, this::step);
    intake =
        new Intake(
            context, ledger, inForce, patches, checker, places, it -> trail.repair(List.of(it)));
    orders = new Orders(context, ledger, inForce, trail);
    mender = new Mender(context, ledger, inForce, this::step);
    checks = new Checks(context, ledger, checker, this::step);
    inbox = new Inbox(context, () -> step(this::read));
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
    List<Rollout> ended =
        board.ended(Math.max(1, seq - FAR_BACK), Math.max(seq, places.line().last()));
    roster.all(context.ports().fleet().nodes(), context.now());
    trail.repair(open);
    trail.repair(ended);
    noteTakingOver(taken);
    finishUnconfirmed(ended);
    finishJoining(open);
    for (Rollout rollout : ended) {
      takeUpEnded(rollout);
    }
    open.forEach(it -> ledger.apply(it.id(), new RolloutEvent.TakenUp(inForce.epoch())));
    for (Map.Entry<Long, String> place : places.line().given().entrySet()) {
      places.want(place.getValue());
    }
    trail.begin();
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

  /** The head said so, and the manager before could not confirm it any more. */
  private void finishUnconfirmed(List<Rollout> ended) {
    for (Rollout rollout : ended) {
      boolean isInForce = rollout.id().equals(inForce.head().active().ride());
      if (isInForce && rollout.state() == RolloutState.COMPLETED && !inForce.isConfirmed()) {
        inForce.completed(rollout);
      }
    }
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
