package dev.jiggety.agent.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.jiggety.document.Candidate;
import dev.jiggety.document.CandidateDocument;
import dev.jiggety.document.Contents;
import dev.jiggety.document.HeadDocument;
import dev.jiggety.document.KeyDocument;
import dev.jiggety.model.Change;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.SlotReport;
import dev.jiggety.model.SlotReport.Stage;
import dev.jiggety.model.TrustedKey.Role;
import dev.jiggety.model.Verdict;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.signing.Trust;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlotKeeperTest {
  private static final Instant START = Instant.parse("2026-11-18T10:00:00Z");

  private final Manager manager = new Manager(START, Manager.test("shop", "old"));
  private final HandTimers time = new HandTimers(START);
  private final FakeHost host = new FakeHost();
  private SlotStore store = SlotStore.inMemory();
  private SlotKeeper keeper = keeper(manager.trust());

  @BeforeEach
  void start() {
    keeper.start();
  }

  @AfterEach
  void stop() {
    keeper.close();
  }

  @Test
  void runsNothingUntilAHeadWantsIt() {
    keeper.confirmed(manager.confirmed);
    assertThat(host.running()).isEmpty();
    assertThat(keeper.report()).isNull();
    keeper.document("head", manager.signedHead());
    assertThat(host.running()).hasSize(1).allMatch(test -> test.contains("/old"));
    assertThat(report().running()).isEqualTo(manager.head.active());
  }

  @Test
  void aCanaryTriesSwapsAndIsConfirmed() {
    follow();
    Manager.Ride ride = manager.ride(manager.put(Manager.test("shop", "new")));
    keeper.document("candidate", manager.candidate(ride));
    keeper.document("head", manager.stage(ride, "n1"));
    assertThat(report().stage()).isEqualTo(Stage.READY);
    assertThat(report().planned()).isEqualTo(1);
    await().until(() -> !report().shadow().isEmpty());
    assertThat(report().shadow()).containsExactly(new SlotReport.Shadow("shop", 1, 0, 1, 0));
    assertThat(host.running()).allMatch(test -> test.contains("/old"));
    keeper.document("head", manager.promote(ride));
    assertThat(host.running()).hasSize(1).allMatch(test -> test.contains("/new"));
    assertThat(report().running()).isEqualTo(manager.head.active());
    keeper.document("head", manager.complete(ride));
    time.pass(Duration.ofMinutes(1));
    assertThat(report().running()).isEqualTo(manager.head.active());
    assertThat(report().standby()).isNull();
    assertThat(keeper.notices()).isEmpty();
  }

  @Test
  void whatThisNodeLacksForAChangedTestIsSaidInsteadOfReady() {
    follow();
    host.lacks = List.of("the secret shop.key is missing: make it");
    Manager.Ride ride = manager.ride(manager.put(Manager.test("shop", "new")));
    keeper.document("candidate", manager.candidate(ride));
    keeper.document("head", manager.stage(ride, "n1"));
    assertThat(report().stage()).isEqualTo(Stage.FAILED);
    assertThat(report().error())
        .isEqualTo("the test shop cannot be run here: the secret shop.key is missing: make it");
    assertThat(host.running()).allMatch(test -> test.contains("/old"));
  }

  @Test
  void aSecretThatMayBeOnItsWayIsWaitedFor() {
    follow();
    host.lacks = List.of("the secret shop.key is set, and on its way to this node");
    host.isComing = true;
    Manager.Ride ride = manager.ride(manager.put(Manager.test("shop", "new")));
    keeper.document("candidate", manager.candidate(ride));
    keeper.document("head", manager.stage(ride, "n1"));
    assertThat(report().stage()).isNotIn(Stage.FAILED, Stage.READY);
    time.pass(Duration.ofSeconds(1));
    host.lacks = List.of();
    time.pass(Duration.ofSeconds(1));
    assertThat(report().stage()).isNotEqualTo(Stage.FAILED);
  }

  @Test
  void aSecretThatDoesNotComeIsNotWaitedForForEver() {
    follow();
    host.lacks = List.of("the secret shop.key is set, and on its way to this node");
    host.isComing = true;
    Manager.Ride ride = manager.ride(manager.put(Manager.test("shop", "new")));
    keeper.document("candidate", manager.candidate(ride));
    keeper.document("head", manager.stage(ride, "n1"));
    time.pass(Lacking.GRACE.plusSeconds(1));
    assertThat(report().stage()).isEqualTo(Stage.FAILED);
  }

  @Test
  void whoHearsNoConfirmationGoesBackByItselfAndDoesNotTryAgain() {
    follow();
    Manager.Ride ride = promoted();
    time.pass(Manager.CONFIRM.minusMillis(1));
    assertThat(host.running()).allMatch(test -> test.contains("/new"));
    time.pass(Duration.ofMillis(1));
    assertThat(host.running()).allMatch(test -> test.contains("/old"));
    assertThat(report().stage()).isEqualTo(Stage.FAILED);
    assertThat(report().error()).contains("not confirmed within 20s");
    keeper.document("head", manager.renew());
    assertThat(host.running()).allMatch(test -> test.contains("/old"));
    keeper.document("head", manager.complete(ride));
    assertThat(host.running()).allMatch(test -> test.contains("/new"));
  }

  @Test
  void turnedBackAtOnce() {
    follow();
    Manager.Ride ride = promoted();
    keeper.document("head", manager.turnBack(ride));
    assertThat(host.running()).allMatch(test -> test.contains("/old"));
    assertThat(report().running()).isEqualTo(manager.head.active());
    assertThat(report().standby()).isNull();
  }

  @Test
  void aCrashOfTheExecutorEndsTheTrialOnTheSpot() {
    host.site =
        test -> {
          if (test.toString().contains("/new")) {
            throw new StackOverflowError();
          }
          return Verdict.UP;
        };
    follow();
    Manager.Ride ride = manager.ride(manager.put(Manager.test("shop", "new")));
    keeper.document("candidate", manager.candidate(ride));
    keeper.document("head", manager.stage(ride, "n1"));
    await().until(() -> report().health().crashes() == 1);
    assertThat(report().stage()).isEqualTo(Stage.FAILED);
    assertThat(report().error()).contains("shop").contains("StackOverflowError");
    keeper.document("head", manager.promote(ride));
    assertThat(host.running()).allMatch(test -> test.contains("/old"));
    assertThat(report().stage()).isEqualTo(Stage.FAILED);
  }

  @Test
  void onAFullDiskNothingNewIsTriedAndWhatIsBadGoesBackAllTheSame() {
    FullStore full = new FullStore();
    store = full;
    keeper.close();
    keeper = keeper(manager.trust());
    keeper.start();
    follow();
    Manager.Ride ride = promoted();
    full.isFull = true;
    keeper.document("head", manager.turnBack(ride));
    assertThat(host.running()).allMatch(test -> test.contains("/old"));
    Manager.Ride next = manager.ride(manager.put(Manager.test("shop", "next")));
    keeper.document("candidate", manager.candidate(next));
    keeper.document("head", manager.stage(next, "n1"));
    assertThat(report().stage()).isEqualTo(Stage.FAILED);
    assertThat(report().error()).contains("make room");
    assertThat(keeper.notices()).anyMatch(line -> line.contains("make room"));
    full.isFull = false;
    time.pass(Duration.ofSeconds(3));
    assertThat(report().stage()).isEqualTo(Stage.READY);
    assertThat(keeper.notices()).isEmpty();
  }

  @Test
  void aConfigurationThatNobodyConfirmsForDaysIsCalledOld() {
    follow();
    time.pass(Manager.LIFETIME.plusSeconds(1));
    assertThat(keeper.notices()).anyMatch(line -> line.contains("has expired at"));
    assertThat(host.running()).as("and goes on running").hasSize(1);
    manager.now = time.get().wall();
    keeper.document("head", manager.renew());
    assertThat(keeper.notices()).isEmpty();
    keeper.feed("the line is cut");
    time.pass(Timing.STALE.plusSeconds(1));
    assertThat(keeper.notices()).anyMatch(line -> line.contains("is as of"));
    keeper.feed(null);
    assertThat(keeper.notices()).isEmpty();
  }

  @Test
  void keysAreRotatedByPatches() {
    follow();
    SigningKey next = SigningKey.generate("m2", Role.MANAGER);
    JsonObject key = KeyDocument.TYPE.write(next.trusted());
    Manager.Ride ride =
        manager.ride(new Change.Put(key.get("_id").getAsString(), Contents.of(key), null));
    keeper.document("candidate", manager.candidate(ride));
    keeper.document("head", manager.stage(ride, "n1"));
    keeper.document("head", manager.promote(ride));
    keeper.document("head", manager.complete(ride));
    manager.renew();
    keeper.document("head", Signatures.sign(HeadDocument.TYPE.write(manager.head), next));
    assertThat(keeper.notices()).isEmpty();
    assertThat(Objects.requireNonNull(keeper.state().head()).version())
        .isEqualTo(manager.head.version());
  }

  /** A disk that takes nothing when told so. */
  private static final class FullStore implements SlotStore {
    private SlotState.Kept kept = SlotState.Kept.NOTHING;
    private boolean isFull;

    @Override
    public SlotState.Kept load() {
      return kept;
    }

    @Override
    public void save(SlotState.Kept next) {
      if (isFull) {
        throw new SlotStoreException(
            "it cannot be kept; make room on the disk", new java.io.IOException("full"));
      }
      kept = next;
    }

    @Override
    public String trouble() {
      return "";
    }

    @Override
    public void close() {}
  }

  @Test
  void whoComesWhileACandidateIsPromotedBelievesTheOperatorsOfTheConfirmedDocuments() {
    Manager.Ride ride = manager.ride(manager.put(Manager.test("shop", "new")));
    manager.stage(ride, "n2");
    manager.promote(ride);
    keeper.confirmed(manager.confirmed);
    keeper.document("candidate", manager.candidate(ride));
    keeper.document("head", manager.signedHead());
    assertThat(host.running()).hasSize(1).allMatch(test -> test.contains("/new"));
    assertThat(report().running()).isEqualTo(manager.head.active());
  }

  @Test
  void butNotThoseThatSomebodyPutBesideThem() {
    SigningKey mallory = SigningKey.generate("ada", Role.OPERATOR);
    Manager.Ride ride = manager.ride(manager.put(Manager.test("shop", "new")));
    JsonObject forged = Signatures.sign(manager.patch(ride), mallory);
    manager.stage(ride, "n2");
    manager.promote(ride);
    JsonObject key = KeyDocument.TYPE.write(mallory.trusted());
    TreeMap<String, Content> documents = new TreeMap<>(manager.confirmed.documents());
    documents.put(key.get("_id").getAsString(), Contents.of(key));
    keeper.confirmed(new Configuration(documents));
    keeper.document(
        "candidate", CandidateDocument.TYPE.write(new Candidate(ride.id(), List.of(forged))));
    keeper.document("head", manager.signedHead());
    assertThat(host.running()).isEmpty();
  }

  @Test
  void whoBecomesACanaryWhenItIsStagedAnewTriesIt() {
    follow();
    Manager.Ride ride = manager.ride(manager.put(Manager.test("shop", "new")));
    keeper.document("candidate", manager.candidate(ride));
    keeper.document("head", manager.stage(ride, "n2"));
    assertThat(report().stage()).isEqualTo(Stage.READY);
    assertThat(report().planned()).as("it is nobody's canary").isEqualTo(SlotReport.NOT_ASKED);
    keeper.document("head", manager.stageAgain(ride, "n1"));
    assertThat(report().stage()).isEqualTo(Stage.READY);
    assertThat(report().planned()).isEqualTo(1);
    await().until(() -> !report().shadow().isEmpty());
    assertThat(report().shadow()).containsExactly(new SlotReport.Shadow("shop", 1, 0, 1, 0));
    assertThat(host.running()).allMatch(test -> test.contains("/old"));
  }

  @Test
  void theFirstManagersKeyIsKept() {
    keeper.close();
    keeper = keeper(Trust.NONE);
    keeper.start();
    keeper.document("head", manager.signedHead());
    assertThat(host.running()).isEmpty();
    keeper.confirmed(manager.confirmed);
    assertThat(host.running()).hasSize(1);
  }

  private SlotReport report() {
    return Objects.requireNonNull(keeper.report());
  }

  private void follow() {
    keeper.confirmed(manager.confirmed);
    keeper.document("head", manager.signedHead());
  }

  private Manager.Ride promoted() {
    Manager.Ride ride = manager.ride(manager.put(Manager.test("shop", "new")));
    keeper.document("candidate", manager.candidate(ride));
    keeper.document("head", manager.stage(ride, "n1"));
    keeper.document("head", manager.promote(ride));
    assertThat(host.running()).allMatch(test -> test.contains("/new"));
    return ride;
  }

  private SlotKeeper keeper(Trust trust) {
    return new SlotKeeper(
        "n1",
        new SlotKeeper.Parts(store, trust, new Inspector(), new TestReader(), time, time),
        host);
  }
}
