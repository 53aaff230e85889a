package dev.jiggety.agent.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.replication.ReplicationOptions.Begin;
import dev.jiggety.couch.ChangesFilter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CheckpointsTest {
  private static final String ID = ReplicationId.of("a", "b", ReplicationOptions.defaults(), "");

  private final MemoryPeer source = new MemoryPeer("source");
  private final MemoryPeer target = new MemoryPeer("target");
  private final FaultyPeer brokenSource =
      new FaultyPeer(source)
          .faults(operation ->
              operation.equals("putLocal") ? Optional.of(new Fault.CutBefore()) : Optional.empty());
  private final FakeClock clock = new FakeClock();

  private Checkpoints open(String session) {
    return Checkpoints.open(source, target, ID, session, clock);
  }

  private static Checkpoint at(int seq) {
    return new Checkpoint(seq(seq), ReplicationStats.NONE);
  }

  private static JsonElement seq(int seq) {
    return new JsonPrimitive(seq + "-opaque");
  }

  @Test
  void beginsAtTheStartWhenNobodyRemembersAnything() {
    assertThat(open("s1").start()).isEqualTo(Checkpoint.START);
  }

  @Test
  void goesOnWhereTheLastSessionEnded() {
    open("s1").write(at(10));
    assertThat(open("s2").start()).isEqualTo(seq(10));
  }

  @Test
  void beginsAtTheStartWhenOneSideWasMadeAnew() {
    open("s1").write(at(10));
    target.recreate();
    assertThat(open("s2").start()).isEqualTo(Checkpoint.START);
  }

  @Test
  void writesTheTargetFirstSoThatACutBetweenTheTwoRepeatsAndNeverSkips() {
    var first = Checkpoints.open(source, target, ID, "s1", clock);
    first.write(at(10));
    var second = Checkpoints.open(brokenSource, target, ID, "s2", clock);
    assertThatThrownBy(() -> second.write(at(20))).isInstanceOf(PeerException.class);

    assertThat(target.local(ID).orElseThrow().get("source_last_seq")).isEqualTo(seq(20));
    assertThat(open("s3").start()).isEqualTo(seq(10));
  }

  @Test
  void takesTheEarlierOneOfTwoCheckpointsOfOneSession() {
    var session = open("s1");
    session.write(at(10));
    var backup = target.copyOfLocals();
    session.write(at(20));
    target.restoreLocals(backup);

    assertThat(open("s2").start()).isEqualTo(seq(10));
  }

  @Test
  void findsTheNewestCommonSessionAfterOneSideCameBackFromABackup() {
    open("s1").write(at(10));
    open("s2").write(at(20));
    var backup = target.copyOfLocals();
    open("s3").write(at(30));
    open("s4").write(at(40));
    target.restoreLocals(backup);

    assertThat(open("s5").start()).isEqualTo(seq(20));
  }

  @Test
  void remembersFiftySessionsAndNoMore() {
    for (var i = 1; i <= 60; i++) {
      open("s" + i).write(at(i));
    }
    assertThat(source.local(ID).orElseThrow().getAsJsonArray("history")).hasSize(50);
    assertThat(target.local(ID).orElseThrow().getAsJsonArray("history")).hasSize(50);
  }

  @Test
  void noticesASecondWriterOfTheSameCheckpoint() {
    var mine = open("mine");
    open("other").write(at(10));
    assertThatThrownBy(() -> mine.write(at(5)))
        .isInstanceOfSatisfying(
            PeerException.class, e -> assertThat(e.kind()).isEqualTo(PeerException.Kind.CONFLICT));
  }

  @Test
  void oneIdForEachPairDirectionAndFilter() {
    var all = ReplicationOptions.defaults();
    var selector =
        new ChangesFilter.Selector(JsonParser.parseString("{\"n\":1}").getAsJsonObject());
    var function = new ChangesFilter.Function("d/f", new JsonObject());
    assertThat(
            Set.of(
                ReplicationId.of("a", "b", all, ""),
                ReplicationId.of("b", "a", all, ""),
                ReplicationId.of("a", "c", all, ""),
                ReplicationId.of("a", "b", all.withDocIds(List.of("x")), ""),
                ReplicationId.of("a", "b", all.withDocIds(List.of("x", "y")), ""),
                ReplicationId.of("a", "b", all.withFilter(selector), ""),
                ReplicationId.of("a", "b", all.withFilter(function), "function one"),
                ReplicationId.of("a", "b", all.withFilter(function), "function two"),
                ReplicationId.of("a", "b", all.withFilter(new ChangesFilter.View("d/f")), ""),
                ReplicationId.of("a", "b", all.withBegin(new Begin(null, true, "me")), ""),
                ReplicationId.of("a", "b", all.withBegin(new Begin(seq(3), true, "")), "")))
        .hasSize(11);
    assertThat(ReplicationId.of("a", "b", all.withDocIds(List.of("x", "y")), ""))
        .isEqualTo(ReplicationId.of("a", "b", all.withDocIds(List.of("y", "x", "y")), ""));
  }
}
