package dev.jiggety.agent.manager;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.jiggety.document.BeforeDocument;
import dev.jiggety.document.Contents;
import dev.jiggety.document.Ids;
import dev.jiggety.document.KeyDocument;
import dev.jiggety.model.Change;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Placement;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutEvent;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.rules.Digests;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CheckerTest {
  private static final SigningKey MALLORY =
      SigningKey.generate("mallory", TrustedKey.Role.OPERATOR);

  private final PartsFixture all = new PartsFixture();
  private final Change.Put old = Contents.put(Samples.test("shop"), null);
  private Configuration confirmed = all.configuration(old);

  private static Change.Put edit(TestDefinition test, Change.Put before) {
    return Contents.put(test, Contents.document(before.content()));
  }

  private static TestDefinition named(String id, String name) {
    return Samples.test(id).toBuilder().name(name).build();
  }

  private Rollout ride(Patch... patches) {
    List<Rollout.Rider> riders =
        Stream.iterate(1, i -> i <= patches.length, i -> i + 1)
            .map(i -> patches[i - 1].rider(i))
            .toList();
    return Papers.rollout(patches[0].id(), 1, RolloutState.CHECKING).toBuilder()
        .riders(riders)
        .build();
  }

  private RolloutEvent check(Rollout ride) {
    return check(ride, all.inForce(confirmed));
  }

  private RolloutEvent check(Rollout ride, InForce inForce) {
    Tombstones tombstones = new Tombstones(all.context, all.places());
    return new Checker(all.context, inForce, all.patches, all.roster, tombstones).check(ride);
  }

  private void assertRefused(Rollout ride, String... why) {
    assertThat(check(ride))
        .isInstanceOfSatisfying(
            RolloutEvent.CheckRefused.class,
            refused -> {
              assertThat(refused.patchIds()).containsExactly(ride.id());
              assertThat(refused.problems()).singleElement().asString().contains(why);
            });
  }

  private static NodeStatus node(String name, Instant heartbeat) {
    return new NodeStatus(
        name,
        new TreeSet<>(),
        "",
        Instant.EPOCH,
        heartbeat,
        0,
        0,
        0,
        null,
        Duration.ZERO,
        null,
        null);
  }

  @Test
  void whatPassesSaysWhoTakesPartAndKeepsWhatWasBefore() {
    Instant now = all.world.now;
    all.roster.all(
        List.of(node("n1", now), node("n2", now), node("n3", now.minusSeconds(90))), now);
    Placement onlyOnTwo = new Placement(new TreeSet<>(), new TreeSet<>(List.of("n2")));
    Change change = edit(Samples.test("shop").toBuilder().where(onlyOnTwo).build(), old);
    Rollout ride = ride(all.handIn("p1", change, Contents.put(Samples.test("new"), null)));

    RolloutEvent.CheckPassed passed = (RolloutEvent.CheckPassed) check(ride);

    assertThat(passed.base()).isEqualTo(Digests.of(confirmed));
    assertThat(passed.digest()).isNotEqualTo(passed.base());
    assertThat(passed.nodes()).containsExactly("n1", "n2");
    assertThat(passed.absent()).isEqualTo(1);
    assertThat(passed.tombstones()).isEmpty();
    assertThat(passed.preferred()).as("the new test runs everywhere").containsExactly("n1", "n2");
    JsonObject before = all.world.hub.patches.get(Ids.before("p1")).document();
    assertThat(BeforeDocument.TYPE.read(before).contents().documents())
        .as("what it makes anew has nothing before it")
        .containsOnlyKeys("test:shop");

    Rollout moved = ride(all.handIn("p2", change));
    assertThat(((RolloutEvent.CheckPassed) check(moved)).preferred()).containsExactly("n2");
  }

  @Test
  void whoIsNotBelievedIsRefused() {
    assertRefused(ride(all.handIn("p1", MALLORY, edit(named("shop", "x"), old))), "unknown_key");
    Patch posing = all.handIn("p2", edit(named("shop", "x"), old));
    JsonObject document = all.world.hub.patches.get("patch:p2").document();
    document.addProperty("comment", "changed on its way");
    assertRefused(ride(posing), "(");
  }

  @Test
  void anEditOfWhatIsNotThereAnyMoreIsRefused() {
    Change.Put others = Contents.put(named("shop", "somebody else's"), null);
    Change stale = edit(named("shop", "mine"), others);
    assertRefused(ride(all.handIn("p1", stale)), "shop");
  }

  @Test
  void aDocumentThatIsGoneOrAnotherOneIsRefused() {
    Patch patch = all.handIn("p1", edit(named("shop", "x"), old));
    Rollout other =
        ride(patch).toBuilder()
            .riders(List.of(new Rollout.Rider("p1", 1, "eve", patch.rider(1).targets())))
            .build();
    assertRefused(other, "not the one that was handed in");
    all.world.hub.patches.remove("patch:p1");
    all.patches.forget("p1");
    assertRefused(ride(patch), "gone from the hub");
  }

  @Test
  void nobodyLocksOutTheManagerAtWorkOrAllOperators() {
    confirmed = all.configuration();
    JsonObject own = KeyDocument.TYPE.write(all.world.key.trusted());
    SigningKey second = SigningKey.generate("m2", TrustedKey.Role.MANAGER);
    JsonObject otherManager = KeyDocument.TYPE.write(second.trusted());
    Change.Put trust =
        new Change.Put(Ids.key(second.trusted().id()), Contents.of(otherManager), null);
    assertRefused(
        ride(all.handIn("p1", trust, Contents.delete(own))), "let another one take over first");
    JsonObject ada = KeyDocument.TYPE.write(all.world.ada.trusted());
    assertRefused(ride(all.handIn("p2", Contents.delete(ada))), "operator");
  }

  @Test
  void ofARideTheBadOneIsNamed() {
    Patch good = all.handIn("p1", Contents.put(Samples.test("new"), null));
    Patch bad = all.handIn("p2", MALLORY, Contents.put(Samples.test("evil"), null));
    assertThat(check(ride(good, bad)))
        .isInstanceOfSatisfying(
            RolloutEvent.CheckRefused.class,
            refused -> {
              assertThat(refused.patchIds()).containsExactly("p2");
              assertThat(refused.problems()).singleElement().asString().startsWith("p2: ");
            });
  }

  @Test
  void laterOnesOfARideStandOnTheEarlier() {
    Change.Put first = edit(named("shop", "first"), old);
    Patch one = all.handIn("p1", first);
    Patch two = all.handIn("p2", edit(named("shop", "second"), first));
    RolloutEvent.CheckPassed passed = (RolloutEvent.CheckPassed) check(ride(one, two));
    Configuration wanted = all.configuration(Contents.put(named("shop", "second"), null));
    assertThat(passed.digest()).isEqualTo(Digests.of(wanted));
  }

  @Test
  void whatIsInForceAlreadyNeedsNothing() {
    assertThat(check(ride(all.handIn("p1", old)))).isEqualTo(new RolloutEvent.NothingToDo());
  }

  @Test
  void nothingIsCheckedAgainstWhatTheHeadDoesNotSay() {
    InForce differing =
        new InForce(all.context, all.patches, all.head(all.configuration()), confirmed);
    Rollout ride = ride(all.handIn("p1", edit(named("shop", "x"), old)));
    assertThat(check(ride, differing)).isInstanceOf(RolloutEvent.CheckFailed.class);
  }

  @Test
  void aPlaceBeforeItHasToBeGivenUpOrSettled() {
    Patch patch = all.handIn("p2", edit(named("shop", "x"), old));
    Rollout second = ride(patch).toBuilder().riders(List.of(patch.rider(2))).build();
    assertThat(check(second))
        .isInstanceOfSatisfying(
            RolloutEvent.CheckFailed.class, failed -> assertThat(failed.error()).contains("place"));
    all.process.ports.board().store(Papers.rollout("p1", 1, RolloutState.CANCELLED));
    assertThat(check(second))
        .isInstanceOfSatisfying(
            RolloutEvent.CheckPassed.class,
            passed -> assertThat(passed.tombstones()).containsExactly(1L));
  }
}
