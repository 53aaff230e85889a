package dev.jiggety.agent.slot;

import com.google.gson.JsonObject;
import dev.jiggety.agent.slot.SlotState.Kept;
import dev.jiggety.document.Ids;
import dev.jiggety.model.AgentChoice;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.SlotReport;
import dev.jiggety.signing.Trust;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The slots of a node at work: takes in what the hub shows, asks {@link Slots} what to do, and does
 * it. Events are worked in one after the other, in {@link Turns}. Every method may be called from
 * any thread; none waits for the hub.
 */
public final class SlotKeeper implements AutoCloseable {
  private static final Logger LOG = System.getLogger(SlotKeeper.class.getName());

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final Parts parts;
  private final SlotHost host;
  private final ShadowRunner shadows;
  private final Turns turns;
  private final Keeping keeping;
  private final Lookout lookout;
  private final Readings readings;
  private final Reports reports;
  private final Later wake;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile SlotState state;

  /**
   * What a keeper works with; all of it but the store can be shared by many nodes of a process.
   *
   * @param pinned keys that are believed whatever the configuration says; without a manager's among
   *     them the first one that is seen is kept
   */
  public record Parts(
      SlotStore store,
      Trust pinned,
      Inspector inspector,
      TestReader reader,
      Supplier<Moment> clock,
      Timers timers) {}

  /**
   * Opens the slots as they were kept; {@link #start} sets them going.
   *
   * @param node the node's name
   */
  public SlotKeeper(String node, Parts parts, SlotHost host) {
    this.parts = parts;
    this.host = host;
    this.state = SlotState.of(node, parts.store().load());
    this.wake = new Later(parts.timers());
    this.turns = new Turns(node, this::wakeLater);
    this.shadows = new ShadowRunner(host, this::on);
    this.keeping = new Keeping(parts, host, turns, this::state, this::work);
    this.lookout = new Lookout(parts, host, this::state, this::work);
    this.readings = new Readings(parts.reader(), host);
    this.reports = new Reports(host, keeping, this::state, this::on);
  }

  /** Puts into force what was in force, on the calling thread. */
  public void start() {
    on(new SlotEvent.Restarted());
  }

  /**
   * The hub shows a document.
   *
   * @param id {@code head} or {@code candidate}; others are left alone
   * @param document null when it is deleted
   */
  public void document(String id, @Nullable JsonObject document) {
    turns.add(() -> {
      if (document != null && (id.equals(Ids.head()) || id.equals(Ids.candidate()))) {
        lookout.show(id, document);
      } else if (id.equals(Ids.head()) && state.head() != null) {
        lookout.hide(id);
        work(
            new SlotEvent.Unbelievable(
                id, Refusal.DELETED, "the hub has no head any more; this node keeps to its own"));
      }
    });
  }

  /** The hub shows a document that is larger than any honest one. */
  public void oversized(String id) {
    on(
        new SlotEvent.Unbelievable(
            id, Refusal.OVERSIZED, "the " + id + " on the hub is larger than any honest one"));
  }

  /** These are the confirmed documents, as the replica has them now. */
  public void confirmed(Configuration configuration) {
    turns.add(() -> {
      work(new SlotEvent.ConfirmedKnown(configuration));
      lookout.lookAgain();
    });
  }

  /** The feed hears the hub again, or does not; null while it does. */
  public void feed(@Nullable String lost) {
    on(new SlotEvent.Feed(lost));
  }

  /**
   * The executor crashed or hung in a run of a test in force. Whether that is the fault of what
   * runs unconfirmed, is decided here: only a test that it changed can be.
   */
  public void executorFailed(String testId, String error) {
    turns.add(() -> {
      Slot before = state.standby();
      Slot active = state.active();
      var was = before == null ? null : before.configuration().documents().get(Ids.test(testId));
      var is = active.configuration().documents().get(Ids.test(testId));
      if (state.isUnconfirmed() && is != null && !is.equals(was)) {
        work(new SlotEvent.ExecutorFailed(active.digest(), error));
      }
    });
  }

  /** The program that is in force did not run here. What runs unconfirmed goes back. */
  public void programFailed(String error) {
    turns.add(() -> {
      if (state.isUnconfirmed()) {
        work(new SlotEvent.ExecutorFailed(state.active().digest(), error));
      }
    });
  }

  /** The release of the agent that is in force; null for the installed program. */
  public @Nullable AgentChoice program() {
    return TestReader.agent(state.active().configuration());
  }

  /** A new report, with a number of its own; null as long as there is nothing to report. */
  public @Nullable SlotReport report() {
    return reports.next();
  }

  /** What people should look at, one line each; empty when all is well. */
  public List<String> notices() {
    List<String> notices = new ArrayList<>(readings.unreadable());
    notices.addAll(SlotWords.notices(state, parts.clock().get()));
    Keeping.Rejected no = keeping.rejected();
    if (no != null) {
      notices.add(no.trouble());
    }
    if (!parts.store().trouble().isEmpty()) {
      notices.add(parts.store().trouble());
    }
    return notices;
  }

  /** Whom this node believes: keys that it was given, and those in what it runs. */
  public Trust trust() {
    return parts.pinned().and(Trust.in(state.active().configuration()));
  }

  /** How it stands. */
  public SlotState state() {
    return state;
  }

  /**
   * How often to report though nothing has changed; the given time, but for a canary while
   * something is tried, which everybody waits for.
   */
  public Duration pace(Duration usual) {
    Duration canary = Duration.ofSeconds(2);
    return state.isCanary() && canary.compareTo(usual) < 0 ? canary : usual;
  }

  /** Ends in order. */
  @Override
  public void close() {
    on(new SlotEvent.Stopping());
    turns.add(() -> {
      turns.end();
      shadows.stop();
      wake.cancel();
      keeping.close();
      parts.store().close();
      ended.countDown();
    });
    try {
      if (!ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.log(Level.WARNING, "the slots of {0} do not end", state.node());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void on(SlotEvent event) {
    turns.add(() -> work(event));
  }

  private void work(SlotEvent event) {
    Slots.Step step = Slots.on(state, event, parts.clock().get());
    if (!keeping.keep(event, step)) {
      return;
    }
    state = step.state();
    reports.above(state.number());
    step.effects().forEach(this::carryOut);
    lookout.mindKeys();
  }

  private void carryOut(SlotEffect effect) {
    switch (effect) {
      case SlotEffect.Persist _ -> {}
      case SlotEffect.StopShadow() -> shadows.stop();
      case SlotEffect.Swap(Slot to) -> readings.swap(state, to);
      case SlotEffect.Prepare(Slot slot, boolean strict) ->
          prepare(slot, strict, parts.clock().get());
      case SlotEffect.StartShadow(Slot candidate) ->
          shadows.start(candidate.digest(), readings.changed(state, candidate));
      case SlotEffect.Watch(var candidate) -> host.watch(candidate);
      case SlotEffect.Report(Duration within) -> host.report(within);
      case SlotEffect.Pull(Duration within) -> host.pull(within);
      case SlotEffect.Alarm(String text) -> LOG.log(Level.WARNING, "{0}: {1}", state.node(), text);
    }
  }

  private void prepare(Slot slot, boolean strict, Moment since) {
    String unfit = strict ? readings.unfit(state, slot) : null;
    if (unfit != null && isOnItsWay(since)) {
      parts.timers().after(LOOK_AGAIN, () -> turns.add(() -> prepareAgain(slot, since)));
      return;
    }
    if (unfit != null) {
      on(new SlotEvent.Unfit(slot.digest(), unfit));
      return;
    }
    AgentChoice agent = readings.read(slot).agent();
    if (!strict || Objects.equals(agent, readings.read(state.active()).agent())) {
      prepared(slot);
      return;
    }
    host.stage(
        agent,
        problem ->
            turns.add(() -> {
              if (problem == null) {
                prepared(slot);
              } else {
                work(new SlotEvent.Unfit(slot.digest(), problem));
              }
            }));
  }

  private void prepared(Slot slot) {
    readings.read(slot);
    // Counted on every node: one can become a canary when the same candidate is staged anew.
    on(new SlotEvent.Prepared(slot.digest(), readings.changed(state, slot).size()));
  }

  /**
   * A secret of a new test is sealed to this node only when the test is tried for the first time.
   */
  private boolean isOnItsWay(Moment since) {
    return host.isComing() && parts.clock().get().since(since).compareTo(Lacking.GRACE) < 0;
  }

  private void prepareAgain(Slot slot, Moment since) {
    Slot standby = state.standby();
    if (standby != null && !standby.prepared() && standby.digest().equals(slot.digest())) {
      prepare(slot, true, since);
    }
  }

  private void wakeLater() {
    wake.cancel();
    if (!turns.isEnded()) {
      Slots.wake(state, parts.clock().get())
          .ifPresent(wait -> wake.after(wait, () -> on(new SlotEvent.Passed())));
    }
  }

  /** What was kept last; for tests of restarts. */
  Kept kept() {
    return state.kept();
  }
}
