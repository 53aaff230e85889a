package dev.jiggety.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.couch.BulkRow;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.Outcome;
import dev.jiggety.couch.ViewRange;
import dev.jiggety.document.BatchDocument;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.RolloutDocument;
import dev.jiggety.model.Batch;
import dev.jiggety.model.Cause;
import dev.jiggety.model.HubRole;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.Run;
import dev.jiggety.model.Strategy;
import dev.jiggety.model.Verdict;
import dev.jiggety.repository.ResultRepository.TestHour;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What our design documents do, on each server that can be a hub: the very same documents on all of
 * them. Extend it for each.
 */
public abstract class DesignContract {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final String DESIGN = "_design/jiggety";

  private final DatabaseNames names =
      new DatabaseNames("d" + UUID.randomUUID().toString().substring(0, 8) + "-");
  private Hub hub;

  /** Where the server is that is tested, and who may do everything there. */
  protected abstract HubAddress address();

  @BeforeEach
  void provision() {
    hub = Hub.open(address(), HubOptions.DEFAULT);
    new Provisioner(hub, names).provision(NOON);
  }

  @AfterEach
  void dropDatabases() {
    for (String name : names.live(NOON.minus(Duration.ofDays(7)), NOON.plus(Duration.ofDays(7)))) {
      hub.database(name).drop();
    }
    hub.database(names.config()).drop();
    hub.database(names.patches()).drop();
    hub.database(names.status()).drop();
    hub.database(names.incidents()).drop();
    hub.database(names.enrolment()).drop();
    hub.database(names.bundles()).drop();
    names.archive(NOON, NOON.plus(Duration.ofDays(28))).forEach(name -> hub.database(name).drop());
    hub.close();
  }

  @Test
  void verdictsAreCountedByHourTestAndNode() {
    store(batch("n1", 1, run("shop", "n1", NOON, Verdict.UP), run("shop", "n1", NOON, Verdict.UP)));
    assertThat(verdicts(NOON, NOON)).containsExactly(count(NOON, "shop", "n1", 2, 0, 0, 0));

    Instant later = NOON.plusSeconds(3600);
    store(
        batch(
            "n2",
            1,
            run("shop", "n2", NOON.plusSeconds(59), Verdict.DOWN),
            run("basket", "n2", NOON.plusSeconds(60), Verdict.DEGRADED),
            run("shop", "n2", later, Verdict.UNKNOWN)));
    assertThat(verdicts(NOON, later))
        .containsExactly(
            count(NOON, "basket", "n2", 0, 1, 0, 0),
            count(NOON, "shop", "n1", 2, 0, 0, 0),
            count(NOON, "shop", "n2", 0, 0, 1, 0),
            count(later, "shop", "n2", 0, 0, 0, 1));
    assertThat(verdicts(later, later)).hasSize(1);
    List<TestHour> ofTests = new ArrayList<>();
    new CouchRepositories(hub, names).results().eachTestHour(NOON, later, ofTests::add);
    assertThat(ofTests)
        .containsExactly(
            new TestHour(NOON, "basket", 0, 1, 0, 0),
            new TestHour(NOON, "shop", 2, 0, 1, 0),
            new TestHour(later, "shop", 0, 0, 0, 1));
    assertThat(verdicts(NOON.minus(Duration.ofDays(1)), NOON.minusSeconds(1))).isEmpty();
  }

  @Test
  void anHourAtTheTurnOfTheWeekIsOneHour() {
    Instant monday = Instant.parse("2026-11-23T00:00:00Z");
    store(
        batch(
            "n1",
            1,
            run("shop", "n1", monday.minusSeconds(1), Verdict.UP),
            run("shop", "n1", monday.plusSeconds(1), Verdict.UP)));
    store(batch("n1", 2, run("shop", "n1", monday.plusSeconds(61), Verdict.DOWN)));
    assertThat(verdicts(monday, monday.plusSeconds(3599)))
        .containsExactly(count(monday, "shop", "n1", 1, 0, 1, 0));
  }

  @Test
  void resultsAreImmutable() {
    Batch batch = batch("n1", 1, run("shop", "n1", NOON, Verdict.UP));
    store(batch);
    store(batch); // pushed again after a lost answer
    JsonObject stored =
        live().get(BatchDocument.TYPE.write(batch).get("_id").getAsString()).ok().orElseThrow();
    stored.addProperty("node", "another");
    assertThat(live().put(stored)).isEqualTo(forbidden("results are immutable"));
    assertThat(live().delete(stored.get("_id").getAsString(), stored.get("_rev").getAsString()))
        .isEqualTo(forbidden("results are immutable"));
  }

  @Test
  void whatDoesNotBelongIsRefusedAndHindersNothing() {
    JsonObject stray = new JsonObject();
    stray.addProperty("_id", "stray");
    stray.addProperty("_rev", "1-" + "a".repeat(32));
    JsonObject batch = document(batch("n1", 1, run("shop", "n1", NOON, Verdict.UP)));
    List<BulkRow> rows = live().bulkDocs(List.of(stray, batch), false).ok().orElseThrow();
    assertThat(rows)
        .filteredOn(row -> !row.error().isEmpty())
        .singleElement()
        .satisfies(row -> {
          assertThat(row.id()).isEqualTo("stray");
          assertThat(row.error()).isEqualTo("forbidden");
        });
    assertThat(live().get(batch.get("_id").getAsString()).isOk()).isTrue();

    JsonObject odd = new JsonObject();
    odd.addProperty("_id", "odd");
    odd.addProperty("type", "test");
    assertThat(hub.database(names.config()).put(odd)).isInstanceOf(Outcome.Refused.class);
    assertThat(hub.database(names.status()).put(odd)).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void anOlderDesignDocumentIsReplacedAndANewerOneStays() {
    HubDatabase config = hub.database(names.config());
    JsonObject ours = config.get(DESIGN).ok().orElseThrow();
    JsonObject older = ours.deepCopy();
    older.addProperty("version", 0);
    older.remove("validate_doc_update");
    assertThat(config.put(older).isOk()).isTrue();
    new Provisioner(hub, names).provision(NOON);
    JsonObject mended = config.get(DESIGN).ok().orElseThrow();
    assertThat(mended.get("validate_doc_update")).isEqualTo(ours.get("validate_doc_update"));

    JsonObject newer = mended.deepCopy();
    newer.addProperty("version", 99);
    assertThat(config.put(newer).isOk()).isTrue();
    new Provisioner(hub, names).provision(NOON);
    assertThat(config.get(DESIGN).ok().orElseThrow().get("version").getAsInt()).isEqualTo(99);
  }

  @Test
  void rolloutsAreFoundByWhetherTheyHaveEndedByPlaceAndByTime() {
    long seq = 0;
    List<String> open = new ArrayList<>();
    List<String> ended = new ArrayList<>();
    List<String> newestFirst = new ArrayList<>();
    for (RolloutState state : RolloutState.values()) {
      String id = "p-" + state.label();
      (state.isTerminal() ? ended : open).add(id);
      newestFirst.addFirst(id);
      store(rollout(id, ++seq, List.of(), state, NOON.plusSeconds(seq)));
    }
    assertThat(rollouts("open", "", "\ufff0")).containsExactlyInAnyOrderElementsOf(open);
    assertThat(rollouts("places", 0, 99)).containsExactlyElementsOf(ended);
    assertThat(rollouts("newest", 0, Long.MAX_VALUE))
        .containsExactlyElementsOf(newestFirst.reversed());

    store(rollout("p-late", 99, List.of(97L, 98L), RolloutState.ROLLED_BACK, NOON));
    assertThat(rollouts("places", 97, 97)).containsExactly("p-late");
    assertThat(rollouts("places", 97, 99)).containsOnly("p-late").hasSize(3);
    store(rollout("p-new", 0, List.of(), RolloutState.REJECTED, NOON)); // before it had a place
    assertThat(rollouts("places", 0, 0)).isEmpty();
  }

  @Test
  void whatNobodyHasOpenedOrClosedYetIsOpenedToItsRoles() {
    HubDatabase config = hub.database(names.config());
    JsonObject ours = config.security().ok().orElseThrow();
    assumeThat(ours.has("members")).isTrue(); // some servers know no rights of databases
    assertThat(config.setSecurity(new JsonObject()).isOk()).isTrue();
    assertThat(new Provisioner(hub, names).provision(NOON).notes())
        .noneMatch(note -> note.contains(names.config()));
    assertThat(config.security().ok().orElseThrow()).isEqualTo(ours);
    assertThat(ours.getAsJsonObject("members").getAsJsonArray("roles"))
        .extracting(JsonElement::getAsString)
        .containsExactly(
            "jiggety-viewer",
            "jiggety-operator",
            "jiggety-approver",
            "jiggety-release",
            "jiggety-manager",
            "jiggety-node");
  }

  @Test
  void aRoleThatHasNoBusinessInADatabaseIsNamed() {
    HubDatabase patches = hub.database(names.patches());
    JsonObject security = patches.security().ok().orElseThrow();
    assumeThat(security.has("members")).isTrue();
    security.getAsJsonObject("members").getAsJsonArray("roles").add(HubRole.NODE.label());
    assertThat(patches.setSecurity(security).isOk()).isTrue();
    assertThat(new Provisioner(hub, names).provision(NOON).notes())
        .contains(
            "the role jiggety-node can read %s, where it has no business: remove it from the members in its _security"
                .formatted(names.patches()));
    assertThat(patches.security().ok().orElseThrow()).isEqualTo(security);
  }

  private void store(Rollout rollout) {
    HubDatabase patches = hub.database(names.patches());
    assertThat(patches.put(RolloutDocument.TYPE.write(rollout)).inWords()).isEqualTo("done");
  }

  private List<String> rollouts(String view, Object from, Object to) {
    List<String> ids = new ArrayList<>();
    Gson gson = new Gson();
    Outcome<Integer> read =
        hub.database(names.patches())
            .views()
            .eachDocument(
                ViewRange.between("jiggety/" + view, gson.toJsonTree(from), gson.toJsonTree(to)),
                document -> ids.add(RolloutDocument.TYPE.read(document).id()));
    assertThat(read.inWords()).isEqualTo("done");
    return ids;
  }

  private static Rollout rollout(
      String id, long seq, List<Long> tombstones, RolloutState state, Instant at) {
    return Rollout.builder(
            id,
            List.of(new Rollout.Rider(id, seq, "ada", new TreeSet<>(Set.of("test:shop")))),
            Strategy.SWIFT,
            NOON)
        .state(state, at)
        .tombstones(tombstones)
        .transitions(List.of(new Rollout.Transition(at, null, state, new Cause.Planned(""), 0, 1)))
        .build();
  }

  private static Outcome<String> forbidden(String reason) {
    return new Outcome.Refused<>(403, "forbidden", reason);
  }

  private List<VerdictCount> verdicts(Instant from, Instant to) {
    return new CouchRepositories(hub, names).results().verdicts(from, to);
  }

  private static VerdictCount count(
      Instant hour, String test, String node, long up, long degraded, long down, long unknown) {
    return new VerdictCount(
        hour,
        test,
        node,
        Map.of(
            Verdict.UP, up,
            Verdict.DEGRADED, degraded,
            Verdict.DOWN, down,
            Verdict.UNKNOWN, unknown));
  }

  private static Run run(String test, String node, Instant at, Verdict verdict) {
    Run up = Samples.run(test, node, at);
    return new Run(up.testId(), node, at, up.lateness(), up.samples(), up.retried(), verdict);
  }

  private static Batch batch(String node, long seq, Run... runs) {
    return new Batch(node, "s1", seq, runs[0].plannedAt(), Arrays.asList(runs), List.of());
  }

  private static JsonObject document(Batch batch) {
    JsonObject document = BatchDocument.TYPE.write(batch);
    document.addProperty("_rev", BatchDocument.revision(document));
    return document;
  }

  private HubDatabase live() {
    return hub.database(names.live(NOON));
  }

  private void store(Batch batch) {
    HubDatabase week = hub.database(names.live(batch.at()));
    assertThat(week.bulkDocs(List.of(document(batch)), false).inWords()).isEqualTo("done");
  }
}
