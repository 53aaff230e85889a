package dev.jiggety.model.rules;

import static dev.jiggety.model.rules.RolloutFixture.WELL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Cause.Act;
import dev.jiggety.model.HeadChange.Step;
import dev.jiggety.model.RolloutEvent;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.SlotReport.Health;
import dev.jiggety.model.SlotReport.Stage;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every state with every event: where it leads. What is not in the table changes no state. */
class RolloutTableTest {
  private static final String TABLE =
      """
      submitted    | queued            | queued
      submitted    | cancel            | cancelled
      submitted    | abort             | cancelled
      submitted    | rollback          | cancelled
      submitted    | patch expires     | expired
      submitted    | day passes        | expired
      approving    | approve           | submitted
      approving    | deny              | rejected
      approving    | cancel            | cancelled
      approving    | abort             | cancelled
      approving    | rollback          | cancelled
      approving    | patch expires     | expired
      approving    | state's deadline  | expired
      approving    | day passes        | expired
      queued       | turn              | checking
      queued       | joined            | joined
      queued       | cancel            | cancelled
      queued       | abort             | cancelled
      queued       | rollback          | cancelled
      queued       | patch expires     | expired
      queued       | state's deadline  | expired
      queued       | day passes        | expired
      checking     | check passed      | staging
      checking     | check refused     | rejected
      checking     | nothing to do     | completed
      checking     | cancel            | cancelled
      checking     | abort             | cancelled
      checking     | rollback          | cancelled
      held         | retry             | checking
      held         | skip              | cancelled
      held         | cancel            | cancelled
      held         | abort             | cancelled
      held         | rollback          | cancelled
      held         | day passes        | expired
      held         | state's deadline  | expired
      staging      | canary ready      | verifying
      staging      | canary passes     | promoting
      staging      | canary fails      | rolling-back
      staging      | crash             | rolling-back
      staging      | patch at fault    | rolling-back
      staging      | state's deadline  | rolling-back
      staging      | patch expires     | rolling-back
      staging      | day passes        | rolling-back
      staging      | pause             | paused
      staging      | abort             | rolling-back
      staging      | rollback          | rolling-back
      verifying    | canary passes     | promoting
      verifying    | canary fails      | rolling-back
      verifying    | crash             | rolling-back
      verifying    | patch at fault    | rolling-back
      verifying    | state's deadline  | rolling-back
      verifying    | patch expires     | rolling-back
      verifying    | day passes        | rolling-back
      verifying    | pause             | paused
      verifying    | abort             | rolling-back
      verifying    | rollback          | rolling-back
      promoting    | wave swaps        | baking
      promoting    | nodes retired     | baking
      promoting    | canary fails      | rolling-back
      promoting    | crash             | rolling-back
      promoting    | patch at fault    | rolling-back
      promoting    | state's deadline  | rolling-back
      promoting    | patch expires     | rolling-back
      promoting    | day passes        | rolling-back
      promoting    | pause             | paused
      promoting    | abort             | rolling-back
      promoting    | rollback          | rolling-back
      baking       | canary goes back  | rolling-back
      baking       | everybody is back | rolling-back
      baking       | canary ready      | rolling-back
      baking       | canary passes     | rolling-back
      baking       | canary fails      | rolling-back
      baking       | crash             | rolling-back
      baking       | patch at fault    | rolling-back
      baking       | state's deadline  | rolling-back
      baking       | patch expires     | rolling-back
      baking       | day passes        | rolling-back
      baking       | pause             | paused
      baking       | abort             | rolling-back
      baking       | rollback          | rolling-back
      paused       | resume            | baking
      paused       | canary goes back  | rolling-back
      paused       | everybody is back | rolling-back
      paused       | canary ready      | rolling-back
      paused       | canary passes     | rolling-back
      paused       | canary fails      | rolling-back
      paused       | crash             | rolling-back
      paused       | patch at fault    | rolling-back
      paused       | state's deadline  | rolling-back
      paused       | patch expires     | rolling-back
      paused       | day passes        | rolling-back
      paused       | abort             | rolling-back
      paused       | rollback          | rolling-back
      rolling-back | everybody is back | rolled-back
      rolling-back | nodes retired     | rolled-back
      rolling-back | state's deadline  | rollback-incomplete
      rolling-back | patch expires     | rollback-incomplete
      rolling-back | day passes        | rollback-incomplete
      """;

  @ParameterizedTest
  @EnumSource(RolloutState.class)
  void leadsWhereTheTableSays(RolloutState state) {
    Map<String, String> expected = expected().getOrDefault(state, Map.of());
    assertThat(expected.keySet()).isSubsetOf(events().keySet());
    Map<String, String> found = new LinkedHashMap<>();
    events()
        .forEach((name, event) -> {
          RolloutFixture before = RolloutFixture.in(state);
          assertThat(before.state()).as("the fixture").isEqualTo(state);
          String after = event.apply(before).state().label();
          if (!after.equals(state.label())) {
            found.put(name, after);
          }
        });
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void everyStateThatIsNoEndHasADeadlineAndEveryEndHasNone() {
    for (RolloutState state : RolloutState.values()) {
      RolloutFixture it = RolloutFixture.in(state);
      assertThat(it.rollout().deadline() == null).as(state.label()).isEqualTo(state.isTerminal());
    }
  }

  /** With nobody answering any more, every state comes to an end. */
  @ParameterizedTest
  @EnumSource(RolloutState.class)
  void timeAloneLeadsToAnEnd(RolloutState state) {
    RolloutFixture it = RolloutFixture.in(state);
    for (int i = 0; i < 100 && !it.state().isTerminal(); i++) {
      it.after(Duration.ofHours(1)).written();
    }
    assertThat(it.state().isTerminal()).isTrue();
  }

  private static Map<String, UnaryOperator<RolloutFixture>> events() {
    Map<String, UnaryOperator<RolloutFixture>> events = new LinkedHashMap<>();
    Stream.of(Act.values()).forEach(act -> events.put(act.label(), it -> it.command(act)));
    events.put("queued", it -> it.on(new RolloutEvent.Queued(7)));
    events.put("turn", it -> it.on(new RolloutEvent.Turn()));
    events.put("joined", it -> it.on(new RolloutEvent.JoinedBy("p0")));
    events.put("takes", it -> it.on(new RolloutEvent.Takes(List.of())));
    events.put("check passed", it -> it.on(RolloutFixture.checked()));
    events.put(
        "check refused",
        it -> it.on(new RolloutEvent.CheckRefused(new TreeSet<>(), List.of("unknown signer"))));
    events.put("nothing to do", it -> it.on(new RolloutEvent.NothingToDo()));
    events.put("check failed once", RolloutFixture::failed);
    for (Step step : Step.values()) {
      events.put(
          "late answer to " + step.label(),
          it -> it.on(new RolloutEvent.HeadWritten(step, it.head())));
      events.put(
          "late failure of " + step.label(),
          it -> it.on(new RolloutEvent.HeadFailed(step, "hub away")));
      events.put(
          "late refusal of " + step.label(), it -> it.on(new RolloutEvent.HeadRefused(step, "no")));
    }
    events.put("fenced", it -> it.on(new RolloutEvent.Fenced(9)));
    events.put("taken up", it -> it.on(new RolloutEvent.TakenUp(2)));
    events.put("canary ready", it -> it.on(it.standby(canary(it), Stage.READY, WELL)));
    events.put(
        "canary passes",
        it -> it.on(it.standby(canary(it), Stage.READY, WELL, RolloutFixture.PASSES)));
    events.put("canary fails", it -> it.on(it.standby(canary(it), Stage.FAILED, WELL)));
    events.put("wave swaps", RolloutTableTest::waveSwaps);
    events.put("canary goes back", it -> it.on(it.inForceBefore(canary(it))));
    events.put(
        "everybody is back",
        it -> {
          RolloutFixture.NODES.forEach(node -> it.on(it.inForceBefore(node)));
          return it;
        });
    events.put(
        "crash", it -> it.on(it.standby("n0", Stage.READY, new Health(true, 1, null, null))));
    events.put(
        "patch at fault",
        it -> it.on(it.standby(canary(it), Stage.READY, WELL, RolloutFixture.AT_FAULT)));
    events.put("nodes retired", it -> it.on(new RolloutEvent.Retired(RolloutFixture.NODES)));
    events.put("nothing", it -> it.on(new RolloutEvent.TimePassed()));
    events.put("state's deadline", it -> it.after(untilDeadline(it)));
    events.put("patch expires", it -> it.after(Duration.ofHours(1)));
    events.put("day passes", it -> it.after(Duration.ofDays(1)));
    return events;
  }

  private static RolloutFixture waveSwaps(RolloutFixture it) {
    return it.state() == RolloutState.PROMOTING ? it.waveSwaps() : it;
  }

  private static String canary(RolloutFixture it) {
    return it.rollout().canaries().isEmpty() ? "n0" : it.canary();
  }

  private static Duration untilDeadline(RolloutFixture it) {
    return it.rollout().deadline() == null
        ? Duration.ZERO
        : Duration.between(it.now(), it.rollout().deadline());
  }

  private static Map<RolloutState, Map<String, String>> expected() {
    Map<RolloutState, Map<String, String>> table = new EnumMap<>(RolloutState.class);
    TABLE
        .lines()
        .map(line -> line.split(" *\\| *"))
        .forEach(cells ->
            table
                .computeIfAbsent(state(cells[0]), _ -> new LinkedHashMap<>())
                .put(cells[1], cells[2]));
    return table;
  }

  private static RolloutState state(String label) {
    return Arrays.stream(RolloutState.values())
        .filter(it -> it.label().equals(label))
        .findAny()
        .orElseThrow();
  }
}
