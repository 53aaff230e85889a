package dev.jiggety.agent.manager;

import static dev.jiggety.agent.manager.Papers.NOW;
import static dev.jiggety.agent.manager.Papers.rollout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.jiggety.model.AuditEntry;
import dev.jiggety.model.CommandAnswer;
import dev.jiggety.model.Line;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** What a board of patches promises. Extend it for each; every test begins with an empty one. */
public abstract class PatchBoardContract {

  /** The board as one more manager sees it. */
  protected abstract PatchBoard board();

  /** An operator hands a document in. */
  protected abstract void handIn(JsonObject document);

  @Test
  void aPatchIsFoundWithAllThatItHas() {
    JsonObject patch = Papers.document("p1");
    patch.addProperty("signature", "as it was");
    handIn(patch);
    PatchBoard board = board();
    assertThat(board.patch("p2")).isEmpty();
    JsonObject found = board.patch("p1").orElseThrow();
    assertThat(found.get("changes")).isEqualTo(patch.get("changes"));
    assertThat(found.get("signature")).isEqualTo(patch.get("signature"));
  }

  @Test
  void rolloutsAreWrittenAndFoundByWhereTheyStand() {
    PatchBoard board = board();
    assertThat(board.rollout("p1")).isEmpty();
    assertThat(board.open()).isEmpty();
    Rollout first = rollout("p1", 1, RolloutState.QUEUED);
    Rollout second = rollout("p2", 2, RolloutState.QUEUED);
    board.store(first);
    board.store(second);
    assertThat(board.rollout("p1")).contains(first);
    assertThat(board().open()).containsExactlyInAnyOrder(first, second);
    Rollout done = first.toBuilder().state(RolloutState.COMPLETED, NOW.plusSeconds(9)).build();
    board.store(done);
    assertThat(board().rollout("p1")).contains(done);
    assertThat(board().open()).containsExactly(second);
    assertThat(board().ended(1, 1)).containsExactly(done);
    assertThat(board().ended(1, 9)).containsExactly(done);
    assertThat(board().ended(2, 9)).isEmpty();
  }

  @Test
  void aRideIsFoundOnceByThePlacesOfItsRiders() {
    Rollout ride =
        rollout("p1", 3, RolloutState.COMPLETED).toBuilder()
            .riders(List.of(Papers.patch("p1").rider(3), Papers.patch("p2").rider(4)))
            .build();
    board().store(ride);
    assertThat(board().ended(3, 4)).containsExactly(ride);
    assertThat(board().ended(4, 8)).containsExactly(ride);
    assertThat(board().ended(1, 2)).isEmpty();
  }

  @Test
  void whatSomebodyElseWroteIsNotOverwritten() {
    PatchBoard late = board();
    Rollout queued = rollout("p1", 1, RolloutState.QUEUED);
    late.store(queued);
    PatchBoard active = board();
    assertThat(active.open()).containsExactly(queued);
    Rollout checking = queued.toBuilder().state(RolloutState.CHECKING, NOW.plusSeconds(1)).build();
    active.store(checking);
    Rollout cancelled =
        queued.toBuilder().state(RolloutState.CANCELLED, NOW.plusSeconds(2)).build();
    assertThatExceptionOfType(StaleException.class).isThrownBy(() -> late.store(cancelled));
    assertThatExceptionOfType(StaleException.class)
        .as("who has never looked overwrites nothing either")
        .isThrownBy(() -> board().store(cancelled));
    assertThat(board().rollout("p1")).contains(checking);
    active.store(checking.toBuilder().epoch(7).build());
    assertThat(late.rollout("p1")).as("who looks again may go on").isPresent();
    late.store(cancelled);
    assertThat(board().rollout("p1")).contains(cancelled);
  }

  @Test
  void whatWasReadByTheWayIsNotOverwrittenEither() {
    PatchBoard late = board();
    Rollout queued = rollout("p1", 1, RolloutState.QUEUED);
    late.store(queued);
    PatchBoard active = board();
    assertThat(active.open()).containsExactly(queued);
    Rollout done = queued.toBuilder().state(RolloutState.CANCELLED, NOW.plusSeconds(1)).build();
    active.store(done);
    assertThat(late.ended(1, 1)).containsExactly(done);
    assertThat(late.rollouts(List.of("p1"))).containsExactly(done);
    Rollout checking = queued.toBuilder().state(RolloutState.CHECKING, NOW.plusSeconds(2)).build();
    assertThatExceptionOfType(StaleException.class).isThrownBy(() -> late.store(checking));
    assertThat(board().rollout("p1")).contains(done);
  }

  @Test
  void severalAreWrittenAndFoundAtOnce() {
    PatchBoard board = board();
    Rollout first = rollout("p1", 1, RolloutState.QUEUED);
    Rollout second = rollout("p2", 2, RolloutState.QUEUED);
    board.storeAll(List.of(first, second));
    board.storeAll(List.of());
    assertThat(board().rollouts(List.of("p1", "p2", "p3")))
        .containsExactlyInAnyOrder(first, second);
    assertThat(board().rollouts(List.of())).isEmpty();
    Rollout joined = second.toBuilder().state(RolloutState.JOINED, NOW.plusSeconds(1)).build();
    board.storeAll(List.of(first.toBuilder().epoch(3).build(), joined));
    PatchBoard late = board();
    assertThatExceptionOfType(StaleException.class)
        .isThrownBy(() -> late.storeAll(List.of(rollout("p3", 3, RolloutState.QUEUED), second)));
    assertThat(board().rollout("p2")).contains(joined);
  }

  @Test
  void placesInTheLineAreGivenByOneManagerAtATime() {
    PatchBoard one = board();
    PatchBoard other = board();
    assertThat(one.line()).isEqualTo(Line.EMPTY);
    assertThat(other.line()).isEqualTo(Line.EMPTY);
    Line first = new Line(1, new TreeMap<>(Map.of(1L, "p1")));
    one.store(first);
    Line wrong = new Line(1, new TreeMap<>(Map.of(1L, "p2")));
    assertThatExceptionOfType(StaleException.class).isThrownBy(() -> other.store(wrong));
    assertThat(other.line()).isEqualTo(first);
    Line second = new Line(2, new TreeMap<>(Map.of(1L, "p1", 2L, "p2")));
    other.store(second);
    assertThat(board().line()).isEqualTo(second);
    assertThatExceptionOfType(StaleException.class).isThrownBy(() -> one.store(wrong));
  }

  @Test
  void aCommandIsAnsweredOnce() {
    PatchBoard board = board();
    assertThat(board.isAnswered("c1")).isFalse();
    board.answer(new CommandAnswer("c1", true, "aborted", NOW));
    board.answer(new CommandAnswer("c1", false, "too late", NOW));
    assertThat(board().isAnswered("c1")).isTrue();
    assertThat(board().isAnswered("c2")).isFalse();
  }

  @Test
  void whatWasBeforeIsKeptOnceForGood() {
    PatchBoard board = board();
    board.keepBefore("p1", Papers.tests("old", "shop"));
    board.keepBefore("p1", Papers.tests("newer", "shop", "search"));
    board.keepBefore("p2", Papers.tests("other"));
  }

  @Test
  void theAuditLogGrowsByOneAndNobodyTakesANumberTwice() {
    PatchBoard board = board();
    assertThat(board.lastAudit()).isEmpty();
    AuditEntry last = null;
    for (int number = 1; number <= 12; number++) {
      last = entry(number, "it went on");
      board.append(last);
    }
    assertThat(board().lastAudit()).contains(last);
    assertThat(board().lastAudits(3))
        .extracting(AuditEntry::number)
        .containsExactlyInAnyOrder(10L, 11L, 12L);
    assertThatExceptionOfType(StaleException.class)
        .isThrownBy(() -> board().append(entry(12, "no, like this")));
    board().append(entry(12, "it went on")); // the same again, after a lost answer
    assertThat(board().lastAudit()).contains(last);
  }

  @Test
  void whatIsHandedInIsToldThatWhichWasThereToo() throws Exception {
    handIn(Papers.document("p1"));
    handIn(Papers.command("c1", "p1"));
    PatchBoard board = board();
    board.store(rollout("p1", 1, RolloutState.QUEUED));
    Told told = new Told();
    try (var _ = board.follow(told)) {
      await().untilAsserted(() -> assertThat(told.ids).contains("patch:p1", "command:c1"));
      assertThat(told.connections).containsExactly(true);
      handIn(Papers.document("p2"));
      handIn(Papers.command("c2", "p2"));
      await().untilAsserted(() -> assertThat(told.ids).contains("patch:p2", "command:c2"));
      assertThat(told.ids).as("records are no news").noneMatch(id -> id.startsWith("rollout:"));
    }
    handIn(Papers.document("p3"));
    assertThat(board.patch("p3")).isPresent();
    assertThat(told.ids).as("it is closed").doesNotContain("patch:p3");
  }

  @Test
  void whatIsTakenInIsNotToldToTheNextManager() throws Exception {
    handIn(Papers.document("p1"));
    handIn(Papers.document("p2"));
    handIn(Papers.document("p3"));
    PatchBoard first = board();
    Told told = new Told();
    try (var _ = first.follow(told)) {
      await().untilAsserted(() -> assertThat(told.ids).hasSize(3));
      first.takenIn("patch:p1");
      first.takenIn("patch:p3");
    }
    // The second is not taken in, so all from there on must be told.
    await()
        .untilAsserted(
            () -> assertThat(toldToTheNext("patch:p3")).containsExactly("patch:p2", "patch:p3"));
    PatchBoard second = board();
    Told rest = new Told();
    try (var _ = second.follow(rest)) {
      await().untilAsserted(() -> assertThat(rest.ids).hasSize(2));
      second.takenIn("patch:p2");
      second.takenIn("patch:p3");
      handIn(Papers.document("p4"));
    }
    await().untilAsserted(() -> assertThat(toldToTheNext("patch:p4")).containsExactly("patch:p4"));
  }

  /** What a manager that starts now is told until that document. */
  private List<String> toldToTheNext(String last) throws Exception {
    Told told = new Told();
    try (var _ = board().follow(told)) {
      await().until(() -> told.ids.contains(last));
    }
    return List.copyOf(told.ids);
  }

  private static AuditEntry entry(long number, String text) {
    return new AuditEntry(
        number, NOW, "manager:m1", "rollout:p1", "transition", text, "{}", "0".repeat(64));
  }

  /** Remembers what was told. */
  protected static final class Told implements PatchBoard.Intake {
    public final Queue<String> ids = new ConcurrentLinkedQueue<>();
    public final Queue<Boolean> connections = new ConcurrentLinkedQueue<>();

    @Override
    public void patch(JsonObject document) {
      ids.add(document.get("_id").getAsString());
    }

    @Override
    public void command(JsonObject document) {
      ids.add(document.get("_id").getAsString());
    }

    @Override
    public void connection(boolean connected, String reason) {
      connections.add(connected);
    }
  }
}
