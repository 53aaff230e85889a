package dev.jiggety.model.rules;

import dev.jiggety.model.Cause.Act;
import dev.jiggety.model.Change;
import dev.jiggety.model.Generation;
import dev.jiggety.model.Head;
import dev.jiggety.model.HeadChange;
import dev.jiggety.model.HeadChange.Step;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutEffect;
import dev.jiggety.model.RolloutEvent;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.Share;
import dev.jiggety.model.SlotReport;
import dev.jiggety.model.SlotReport.Health;
import dev.jiggety.model.SlotReport.Shadow;
import dev.jiggety.model.SlotReport.Stage;
import dev.jiggety.model.Strategy;
import dev.jiggety.model.StrategyChoice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A rollout over ten nodes in the hands of a manager whose every answer a test can choose. */
final class RolloutFixture {
  static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
  static final Health WELL = Health.GOOD;
  static final Shadow PASSES = new Shadow("shop", 1, 0, 1, 0);
  static final Shadow AT_FAULT = new Shadow("shop", 2, 0, 0, 2);
  static final Shadow SITE_DOWN = new Shadow("shop", 0, 2, 0, 2);
  static final String BASE = "base";
  static final String DIGEST = "candidate";
  static final SortedSet<String> NODES = names(10);

  /** Three, six and all of ten nodes, without a wait for the others to be ready. */
  static final Strategy STRATEGY =
      new Strategy(
          "test",
          Strategy.SWIFT.canaries(),
          List.of(
              new Strategy.Wave(new Share.Percent(30), Duration.ofSeconds(30)),
              new Strategy.Wave(new Share.Percent(60), Duration.ofSeconds(30)),
              new Strategy.Wave(Share.ALL, Duration.ofSeconds(30))),
          Strategy.SWIFT.ready(),
          1,
          Duration.ofSeconds(2),
          false,
          Strategy.Deadlines.SHORT,
          Strategy.Thresholds.DEFAULT);

  private Rollout rollout;
  private Instant now = START;
  static final Heads.Terms TERMS = new Heads.Terms(Duration.ofDays(1), Duration.ZERO);
  private Head head = Heads.first(BASE, 1, START, TERMS);
  private List<RolloutEffect> effects;
  private long report;

  RolloutFixture(Strategy strategy) {
    Rollouts.Step first = Rollouts.start(patch("p1", "shop"), strategy, 1, now);
    rollout = first.rollout();
    effects = first.effects();
  }

  static SortedSet<String> names(int count) {
    SortedSet<String> names = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      names.add("n" + i);
    }
    return names;
  }

  static Patch patch(String id, String test) {
    return new Patch(
        id,
        "ada",
        START,
        "",
        StrategyChoice.SWIFT,
        START.plus(Duration.ofHours(1)),
        List.of(new Change.Put("test:" + test, Digests.content("{\"by\":\"" + id + "\"}"), null)));
  }

  /** A rollout in that state, by the shortest way. */
  static RolloutFixture in(RolloutState state) {
    return in(state, STRATEGY);
  }

  static RolloutFixture in(RolloutState state, Strategy strategy) {
    if (state == RolloutState.APPROVING) {
      return new RolloutFixture(Strategy.CAREFUL);
    }
    RolloutFixture it = new RolloutFixture(strategy);
    return switch (state) {
      case SUBMITTED, APPROVING -> it;
      case QUEUED -> it.on(new RolloutEvent.Queued(1));
      case CHECKING -> in(RolloutState.QUEUED, strategy).on(new RolloutEvent.Turn());
      case HELD -> in(RolloutState.CHECKING, strategy).failed().failed().failed();
      case STAGING -> in(RolloutState.CHECKING, strategy).on(checked()).written();
      case VERIFYING -> {
        RolloutFixture staging = in(RolloutState.STAGING, strategy);
        yield staging.on(staging.standby(staging.canary(), Stage.READY, WELL));
      }
      case PROMOTING -> {
        RolloutFixture verifying = in(RolloutState.VERIFYING, strategy);
        yield verifying
            .on(verifying.standby(verifying.canary(), Stage.READY, WELL, PASSES))
            .written();
      }
      case BAKING -> in(RolloutState.PROMOTING, strategy).waveSwaps();
      case PAUSED -> in(RolloutState.BAKING, strategy).command(Act.PAUSE).written();
      case ROLLING_BACK -> in(RolloutState.BAKING, strategy).command(Act.ABORT).written();
      case COMPLETED -> in(RolloutState.CHECKING, strategy).on(new RolloutEvent.NothingToDo());
      case REJECTED ->
          in(RolloutState.CHECKING, strategy)
              .on(new RolloutEvent.CheckRefused(new TreeSet<>(), List.of("no")));
      case CANCELLED -> it.command(Act.CANCEL);
      case EXPIRED -> in(RolloutState.QUEUED, strategy).after(Duration.ofHours(1));
      case JOINED -> in(RolloutState.QUEUED, strategy).on(new RolloutEvent.JoinedBy("p0"));
      case ROLLED_BACK -> in(RolloutState.ROLLING_BACK, strategy).allGoBack();
      case ROLLBACK_INCOMPLETE ->
          in(RolloutState.ROLLING_BACK, strategy).after(strategy.deadlines().rollback());
    };
  }

  static RolloutEvent checked() {
    return new RolloutEvent.CheckPassed(BASE, DIGEST, NODES, new TreeSet<>(), 0, List.of());
  }

  Rollout rollout() {
    return rollout;
  }

  RolloutState state() {
    return rollout.state();
  }

  Head head() {
    return head;
  }

  Instant now() {
    return now;
  }

  /** Of the last event. */
  List<RolloutEffect> effects() {
    return effects;
  }

  <E extends RolloutEffect> List<E> effects(Class<E> kind) {
    return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  String canary() {
    return rollout.canaries().first();
  }

  RolloutFixture on(RolloutEvent event) {
    Rollouts.Step step = Rollouts.apply(rollout, event, now);
    rollout = step.rollout();
    effects = step.effects();
    return this;
  }

  RolloutFixture on(SlotReport said) {
    return on(new RolloutEvent.Reported(said));
  }

  RolloutFixture command(Act act) {
    return on(new RolloutEvent.Command(act, "eve", "because"));
  }

  RolloutFixture after(Duration time) {
    now = now.plus(time);
    return on(new RolloutEvent.TimePassed());
  }

  RolloutFixture failed() {
    return on(new RolloutEvent.CheckFailed("hub away"));
  }

  /** The head takes what is wanted; at once, where nothing is wanted. */
  RolloutFixture written() {
    Step step = rollout.writing();
    if (step == null) {
      return this;
    }
    HeadChange change = HeadChanges.of(rollout, step);
    head =
        switch (Heads.next(head, false, change, rollout.epoch(), now, TERMS)) {
          case Heads.Write write -> write.head();
          case Heads.AlreadySo so -> so.head();
          case Heads.Refused refused -> throw new AssertionError(refused);
        };
    return on(new RolloutEvent.HeadWritten(step, head));
  }

  /** A node that holds the candidate in its standby slot. */
  SlotReport standby(String node, Stage stage, Health health, Shadow... runs) {
    return report(
        node,
        head.previous() == null || head.phase() != Head.Phase.PROMOTING
            ? head.active()
            : head.previous(),
        new Generation(rollout.id(), 1, DIGEST),
        stage,
        health,
        runs);
  }

  /** A node that runs the candidate. */
  SlotReport swapped(String node, Health health, Shadow... runs) {
    Generation candidate = new Generation(rollout.id(), 1, DIGEST);
    return report(node, candidate, null, Stage.NONE, health, runs);
  }

  /** A node that runs what the head says is in force. */
  SlotReport inForce(String node) {
    return report(node, head.active(), null, Stage.NONE, WELL);
  }

  /** A node that runs what was in force before the rollout, or is again. */
  SlotReport inForceBefore(String node) {
    Generation before = head.previous() == null ? head.active() : head.previous();
    return report(node, before, null, Stage.NONE, WELL);
  }

  SlotReport report(
      String node,
      Generation running,
      @Nullable Generation standby,
      Stage stage,
      Health health,
      Shadow... runs) {
    report++;
    return new SlotReport(
        node,
        report,
        running,
        standby,
        stage,
        stage == Stage.FAILED ? "does not parse" : null,
        1,
        List.of(runs),
        health);
  }

  RolloutFixture waveSwaps() {
    List<String> wave = new ArrayList<>(rollout.waves().get(rollout.wave() - 1));
    wave.forEach(node -> on(swapped(node, WELL)));
    return this;
  }

  RolloutFixture allGoBack() {
    Tally.touched(rollout).forEach(node -> on(inForce(node)));
    return this;
  }

  /** The same report of a canary that has so many changed tests to run in both slots. */
  static SlotReport planning(int tests, SlotReport report) {
    return new SlotReport(
        report.node(),
        report.number(),
        report.running(),
        report.standby(),
        report.stage(),
        report.error(),
        tests,
        report.shadow(),
        report.health());
  }
}
