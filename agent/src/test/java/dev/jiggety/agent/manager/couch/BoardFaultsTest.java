package dev.jiggety.agent.manager.couch;

import static dev.jiggety.agent.manager.Papers.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.jiggety.agent.manager.ConfigBoard;
import dev.jiggety.agent.manager.Papers;
import dev.jiggety.agent.manager.PatchBoard;
import dev.jiggety.agent.replication.CuttingProxy;
import dev.jiggety.agent.replication.CuttingProxy.Cut;
import dev.jiggety.agent.replication.CuttingProxy.Where;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.Candidate;
import dev.jiggety.model.AuditEntry;
import dev.jiggety.model.CommandAnswer;
import dev.jiggety.model.Line;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.repository.HubException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines that are cut and hubs that go: nothing is written twice, and nobody is called stale. */
class BoardFaultsTest {
  private static final int MOST_ATTEMPTS = 6;

  @TempDir Path folder;
  private Site.Embedded server;
  private Site site;
  private CuttingProxy proxy;
  private Hub hub;

  /** A line that is cut: in the question, before the answer, in the answer; once, and again. */
  static Stream<Cut> cuts() {
    List<Cut> cuts = new ArrayList<>();
    for (String request : List.of("PUT ", "POST ", " /")) {
      for (int times : new int[] {1, 3}) {
        cuts.add(new Cut(Where.REQUEST, request, 0, times));
        cuts.add(new Cut(Where.REQUEST, request, 50, times));
        cuts.add(new Cut(Where.ANSWER, request, 0, times));
        cuts.add(new Cut(Where.ANSWER, request, 80, times));
      }
    }
    return cuts.stream();
  }

  @BeforeEach
  void start() throws IOException {
    server = new Site.Embedded(folder);
    site = new Site(server.url());
    proxy = new CuttingProxy(server.port());
    hub =
        Hub.open(
            HubAddress.parse("http://127.0.0.1:" + proxy.port(), Optional.empty()),
            HubOptions.DEFAULT);
  }

  @AfterEach
  void stop() throws IOException {
    hub.close();
    proxy.close();
    site.close();
    server.close();
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void whateverIsCutEachWriteIsDoneOnceInTheEnd(Cut cut) {
    for (Runnable write : writes(cuttable())) {
      proxy.cut(cut);
      untilItWorks(write);
      proxy.cut(Cut.NONE);
    }
    assertEverythingIsThere();
  }

  @Test
  void aHubThatGoesBetweenAnyTwoCallsIsNoHarm() {
    CouchBoards boards = new CouchBoards(site.patches(), site.config());
    for (Runnable write : writes(boards)) {
      server.restart();
      untilItWorks(write);
    }
    assertEverythingIsThere();
  }

  @Test
  void aManagerWhoseWriteWasLostGoesOnWithTheNextState() {
    CouchBoards boards = cuttable();
    Rollout queued = Papers.rollout("p1", 1, RolloutState.QUEUED);
    boards.patches().store(queued);
    // The write arrives, its answer does not, and neither does that of the look at it.
    proxy.cut(new Cut(Where.ANSWER, " /", 0, 2));
    Rollout checking = queued.toBuilder().state(RolloutState.CHECKING, NOW.plusSeconds(1)).build();
    boolean failed = false;
    try {
      boards.patches().store(checking);
    } catch (HubException e) {
      failed = e.kind() == HubException.Kind.UNAVAILABLE;
    }
    assertThat(failed).isTrue();
    assertThat(site.patches().rollout("p1")).contains(checking);
    Rollout staging = queued.toBuilder().state(RolloutState.STAGING, NOW.plusSeconds(2)).build();
    boards.patches().store(staging);
    assertThat(site.patches().rollout("p1")).contains(staging);
  }

  @Test
  void aHeadWithConflictingRevisionsIsToldAndTheNextOneHasNone() {
    ConfigBoard board = site.config();
    assertThat(board.swap(Papers.head(1), board.head())).isTrue();
    JsonObject other = Papers.head(1);
    other.addProperty("release", 9); // of the same epoch: nothing says which of them counts
    other.addProperty("_rev", "1-00000000000000000000000000000000");
    assertThat(site.hub.database(site.names.config()).bulkDocs(List.of(other), false))
        .matches(Outcome::isOk);
    ConfigBoard.FoundHead found = site.config().head();
    assertThat(found.conflicting()).isTrue();
    assertThat(board.swap(Papers.head(2), found)).isTrue();
    ConfigBoard.FoundHead next = board.head();
    assertThat(next.conflicting()).isFalse();
    assertThat(next.document()).isNotNull();
    assertThat(next.document().get("version").getAsLong()).isEqualTo(2);
  }

  @Test
  void afterACutTheFeedTellsWhatCameMeanwhile() throws Exception {
    Queue<String> told = new ConcurrentLinkedQueue<>();
    Queue<Boolean> connections = new ConcurrentLinkedQueue<>();
    try (var _ = site.patches().follow(new Remembering(told, connections))) {
      site.handIn(Papers.document("p1"));
      await().untilAsserted(() -> assertThat(told).contains("patch:p1"));
      server.restart();
      site.handIn(Papers.document("p2"));
      await().untilAsserted(() -> assertThat(told).contains("patch:p2"));
      assertThat(connections).startsWith(true);
      assertThat(connections.stream().reduce((before, last) -> last)).contains(true);
    }
  }

  private record CouchBoards(PatchBoard patches, ConfigBoard config) {}

  private CouchBoards cuttable() {
    return new CouchBoards(
        new CouchPatchBoard(hub, site.names), new CouchConfigBoard(hub, site.names));
  }

  /** A manager's day. Each can be done again where it is not known to be done. */
  private static List<Runnable> writes(CouchBoards boards) {
    PatchBoard patches = boards.patches();
    ConfigBoard config = boards.config();
    Rollout queued = Papers.rollout("p1", 1, RolloutState.QUEUED);
    Rollout done = queued.toBuilder().state(RolloutState.COMPLETED, NOW.plusSeconds(3)).build();
    return List.of(
        () -> swap(config, 1),
        patches::line,
        () -> patches.store(new Line(1, new TreeMap<>(Map.of(1L, "p1")))),
        () -> patches.store(queued),
        () -> patches.append(entry(1)),
        () -> config.candidate(new Candidate("p1", List.of(Papers.document("p1")))),
        () -> swap(config, 2),
        () -> patches.keepBefore("p1", Papers.tests("old", "shop")),
        () -> swap(config, 3),
        () -> config.confirm(Papers.tests("new", "shop", "search")),
        () -> patches.storeAll(List.of(done, Papers.rollout("p2", 2, RolloutState.QUEUED))),
        () -> patches.append(entry(2)),
        () -> patches.answer(new CommandAnswer("c1", true, "", NOW)),
        () -> config.confirm(Papers.tests("newer", "search")));
  }

  private static void swap(ConfigBoard config, long version) {
    ConfigBoard.FoundHead found = config.head();
    JsonObject document = found.document();
    long is = document == null ? 0 : document.get("version").getAsLong();
    if (is < version) {
      assertThat(config.swap(Papers.head(version), found)).isTrue();
    }
  }

  private static AuditEntry entry(long number) {
    return new AuditEntry(
        number, NOW, "manager:m1", "rollout:p1", "transition", "", "{}", "0".repeat(64));
  }

  /** As the manager does: what failed for want of a hub is done again. */
  private static void untilItWorks(Runnable write) {
    for (int attempt = 1; ; attempt++) {
      try {
        write.run();
        return;
      } catch (HubException e) {
        assertThat(e.kind()).isEqualTo(HubException.Kind.UNAVAILABLE);
        assertThat(attempt).isLessThan(MOST_ATTEMPTS);
      }
    }
  }

  private void assertEverythingIsThere() {
    PatchBoard patches = site.patches();
    assertThat(patches.line().last()).isEqualTo(1);
    assertThat(patches.rollout("p1").orElseThrow().state()).isEqualTo(RolloutState.COMPLETED);
    assertThat(patches.rollout("p2").orElseThrow().state()).isEqualTo(RolloutState.QUEUED);
    assertThat(patches.lastAudits(9)).containsExactlyInAnyOrder(entry(1), entry(2));
    assertThat(patches.isAnswered("c1")).isTrue();
    ConfigBoard config = site.config();
    assertThat(config.confirmed()).isEqualTo(Papers.tests("newer", "search"));
    assertThat(config.head().conflicting()).isFalse();
    JsonObject head = config.head().document();
    assertThat(head).isNotNull();
    assertThat(head.get("version").getAsLong()).isEqualTo(3);
    assertThat(head.get("_rev").getAsString()).as("written once each").startsWith("3-");
    assertThat(config.candidate()).isEqualTo(new Candidate("p1", List.of(Papers.document("p1"))));
    JsonObject rollout =
        site.hub.database(site.names.patches()).get("rollout:p1").ok().orElseThrow();
    assertThat(rollout.get("_rev").getAsString()).startsWith("2-");
  }

  private record Remembering(Queue<String> told, Queue<Boolean> connections)
      implements PatchBoard.Intake {
    @Override
    public void patch(JsonObject document) {
      told.add(document.get("_id").getAsString());
    }

    @Override
    public void command(JsonObject document) {
      told.add(document.get("_id").getAsString());
    }

    @Override
    public void connection(boolean connected, String reason) {
      connections.add(connected);
    }
  }
}
