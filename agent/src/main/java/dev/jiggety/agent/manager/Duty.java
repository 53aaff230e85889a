package dev.jiggety.agent.manager;

import dev.jiggety.agent.queue.PatchQueue;
import dev.jiggety.agent.queue.QueuedPatch;
import dev.jiggety.base.Backoff;
import dev.jiggety.model.Head;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.repository.HubException;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.signing.Trust;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Stands for being the active manager, and is it while its turn lasts. Of what the queue tells only
 * that the turn is over counts at once; all else happens on the loop.
 */
final class Duty implements PatchQueue.Candidate {
  private static final System.Logger LOG = System.getLogger(Duty.class.getName());
  private static final Backoff RETRY = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

  /** How long another one is given the chance to do better. */
  private static final Duration STEP_ASIDE = Duration.ofSeconds(2);

  /** What people have to mend is looked at again after this time. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  private static final int LOOKS = 6;

  private final ManagerPorts ports;
  private final Loop loop;
  private final SigningKey key;
  private final Beliefs beliefs;
  private final Notices notices;
  private final RandomGenerator random;
  private final Companions companions;
  private volatile Turn turn;
  private volatile ManagerStatus status;
  private volatile Trust trust = Trust.NONE;
  private volatile Map<RolloutState, Integer> rollouts = Map.of();
  private boolean isPublishing;
  private boolean isLooking;
  private PatchQueue.@Nullable Candidacy candidacy;
  private @Nullable Term term;
  private Instant since;
  private String reason = "";
  private long epoch;
  private int failures;
  private int looks;
  private boolean isClosed;

  /** One time in which the queue says that this manager is the active one. */
  private static final class Turn {
    volatile boolean over;

    /** How many terms have begun in it, or were given up; the one of the last number counts. */
    final AtomicInteger terms = new AtomicInteger();

    /** Messages in this manager's hands; for the loop. */
    final Map<String, QueuedPatch> inHand = new LinkedHashMap<>();
  }

  Duty(
      ManagerPorts ports,
      Loop loop,
      SigningKey key,
      Beliefs beliefs,
      Notices notices,
      RandomGenerator random,
      List<Companion> companions,
      Function<String, Executor> lanes) {
    this.ports = ports;
    this.loop = loop;
    this.key = key;
    this.beliefs = beliefs;
    this.notices = notices;
    this.random = random;
    this.companions =
        new Companions(companions, loop, notices, random, key, () -> trust, lanes, this::publish);
    this.since = loop.now();
    this.turn = new Turn();
    turn.over = true;
    this.status = snapshot();
  }

  /** Stands for being active; on the loop. */
  void stand() {
    if (!isClosed && candidacy == null) {
      candidacy = ports.queue().stand(this);
      if (!isLooking) {
        isLooking = true;
        look();
      }
    }
  }

  /**
   * A manager does not wait for its turn to see whom to believe: the first one that it sees counts,
   * and keys of managers may change while it is passive.
   */
  private void look() {
    if (isClosed) {
      return;
    }
    loop.at(loop.now().plus(LOOK_AGAIN), this::look);
    if (term == null && turn.over) {
      try {
        new TakeUp(new Context(ports, loop, key, beliefs, notices, random, () -> isClosed)).look();
      } catch (HubException | HeldException e) {
        LOG.log(System.Logger.Level.DEBUG, "no head to believe yet: {0}", e.getMessage());
      }
    }
  }

  @Override
  public void active() {
    turn.over = true;
    Turn mine = new Turn();
    turn = mine;
    loop.post(() -> {
      companions.end();
      epoch = 0; // whoever was active since its last turn is so no more: the queue says so
      takeUp(mine);
    });
  }

  @Override
  public void delivered(QueuedPatch patch) {
    Turn mine = turn;
    loop.post(() -> {
      mine.inHand.put(patch.patchId(), patch);
      Term now = term;
      if (!mine.over && mine == turn && now != null) {
        now.delivered(patch);
      }
      publish();
    });
  }

  @Override
  public void passive(String why) {
    turn.over = true; // whatever is being done ends before its next write
    loop.post(() -> {
      endTerm(why);
      publish();
    });
  }

  private void endTerm(String why) {
    companions.end();
    Term ending = term;
    if (ending != null) {
      notices.info("passive: " + why);
      since = loop.now();
      ending.close();
      term = null;
    }
    reason = why;
    notices.forget();
  }

  private void takeUp(Turn mine) {
    if (mine.over || isClosed) {
      return;
    }
    PatchQueue.Candidacy held = candidacy;
    if (held == null) {
      return;
    }
    Term before = term;
    if (before != null) {
      before.close();
      term = null;
    }
    int number = mine.terms.incrementAndGet();
    BooleanSupplier over = () -> mine.over || mine.terms.get() != number;
    Context context = new Context(ports, loop, key, beliefs, notices, random, over);
    try {
      TakeUp.Taken taken = new TakeUp(context).take(epoch);
      epoch = taken.head().epoch();
      Term begun = new Term(context, acknowledging(held, mine), taken, new Ends(mine));
      begun.begin(taken);
      term = begun;
      begun(mine, begun, taken);
    } catch (OverException e) {
      LOG.log(System.Logger.Level.DEBUG, e.getMessage());
    } catch (FencedException e) {
      stepAside(mine, String.valueOf(e.getMessage()));
    } catch (HeldException e) {
      lookAgain(mine, String.valueOf(e.getMessage()));
    } catch (HubException | StaleException e) {
      notices.trouble("taking over", String.valueOf(e.getMessage()));
      later(mine, RETRY.delay(failures++, random));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "taking over failed", e);
      notices.trouble("taking over", "taking over failed: " + e);
      later(mine, RETRY.delay(failures++, random));
    }
    publish();
  }

  private void begun(Turn mine, Term begun, TakeUp.Taken taken) {
    failures = 0;
    looks = 0;
    since = loop.now();
    reason = "";
    notices.fine("taking over");
    notices.info(
        "active with epoch %d, release %d in force, %d patches open"
            .formatted(epoch, taken.head().release(), begun.ledger().all().size()));
    List.copyOf(mine.inHand.values()).forEach(begun::delivered);
    trust = begun.inForce().trust();
    companions.begin(epoch, () -> mine.over);
  }

  private void later(Turn mine, Duration wait) {
    int number = mine.terms.get();
    loop.at(
        loop.now().plus(wait),
        () -> {
          if (mine.terms.get() == number) {
            takeUp(mine);
          }
        });
  }

  private void lookAgain(Turn mine, String why) {
    reason = why;
    notices.trouble("taking over", why);
    if (++looks < LOOKS) {
      later(mine, LOOK_AGAIN);
    } else {
      looks = 0;
      stepAside(mine, why); // another manager may not mind
    }
  }

  /** Gives back the candidacy and stands again. */
  private void stepAside(Turn mine, String why) {
    mine.over = true;
    endTerm(why);
    PatchQueue.Candidacy held = candidacy;
    candidacy = null;
    epoch = 0;
    if (held != null) {
      held.close();
    }
    loop.at(loop.now().plus(STEP_ASIDE), this::stand);
  }

  private PatchQueue.Candidacy acknowledging(PatchQueue.Candidacy held, Turn mine) {
    return new PatchQueue.Candidacy() {
      @Override
      public void acknowledge(String patchId) {
        mine.inHand.remove(patchId);
        held.acknowledge(patchId);
      }

      @Override
      public void close() {
        held.close();
      }
    };
  }

  private final class Ends implements Term.End {
    private final Turn mine;

    Ends(Turn mine) {
      this.mine = mine;
    }

    @Override
    public void fenced(long other) {
      notices.alert(
          loop.now(),
          "a manager with the epoch %d is active; this one, %d, stops".formatted(other, epoch));
      stepAside(mine, "fenced off by the epoch " + other);
      publish();
    }

    @Override
    public void changed() {
      publish();
    }

    @Override
    public void inDoubt(String why) {
      LOG.log(System.Logger.Level.INFO, "everything is read again: {0}", why);
      mine.terms.incrementAndGet(); // what is still to be done in this one must not be any more
      Term ending = term;
      if (ending != null) {
        ending.close();
        term = null;
      }
      later(mine, RETRY.delay(failures++, random));
    }
  }

  /** Ends it, so that another manager can go on at once; on the loop. */
  void close() {
    isClosed = true;
    turn.over = true;
    endTerm("it ends");
    PatchQueue.Candidacy held = candidacy;
    candidacy = null;
    if (held != null) {
      held.close();
    }
    status = snapshot();
  }

  /** It must not write any more, from now on; for any thread. */
  void cut() {
    turn.over = true;
  }

  /** How it is; for any thread. */
  ManagerStatus status() {
    return status;
  }

  /** Rollouts that have not ended, by state; for any thread. */
  Map<RolloutState, Integer> rollouts() {
    return rollouts;
  }

  /**
   * Another hub is used from now on, which may know more or less: all is read again; on the loop.
   */
  void moved() {
    Turn mine = turn;
    companions.end();
    if (!mine.over && !isClosed) {
      notices.info("another hub is used from now on");
      failures = 0;
      new Ends(mine).inDoubt("another hub is used");
    }
  }

  /** Says how it is, when there is nothing else to do. */
  void publish() {
    if (!isPublishing) {
      isPublishing = true;
      loop.whenIdle(() -> {
        isPublishing = false;
        status = snapshot();
      });
    }
  }

  private ManagerStatus snapshot() {
    Term now = term;
    ManagerStatus.Stand stand =
        now != null
            ? ManagerStatus.Stand.ACTIVE
            : turn.over ? ManagerStatus.Stand.PASSIVE : ManagerStatus.Stand.TAKING_OVER;
    Map<RolloutState, Integer> states = new EnumMap<>(RolloutState.class);
    if (now != null) {
      now.ledger().all().forEach(it -> states.merge(it.state(), 1, Integer::sum));
    }
    rollouts = states;
    if (now != null) {
      trust = now.inForce().trust();
    }
    Head head = now == null ? null : now.inForce().head();
    Rollout underWay = now == null ? null : now.ledger().underWay().orElse(null);
    return new ManagerStatus(
        key.trusted().name(),
        stand,
        since,
        reason,
        epoch,
        head == null ? null : new ManagerStatus.Release(head.version(), head.release(), head.seq()),
        now == null ? 0 : (int) now.ledger().waiting(),
        underWay == null
            ? null
            : new ManagerStatus.UnderWay(
                underWay.id(), underWay.riders().size(), underWay.state(), underWay.since()),
        notices.troubles(),
        notices.alerts(),
        companions.works());
  }
}
