package dev.jiggety.agent.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.jiggety.document.Contents;
import dev.jiggety.document.HeadDocument;
import dev.jiggety.document.Ids;
import dev.jiggety.document.KeyDocument;
import dev.jiggety.document.PatchDocument;
import dev.jiggety.model.Change;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Generation;
import dev.jiggety.model.Head;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.TrustedKey.Role;
import dev.jiggety.model.rules.Digests;
import dev.jiggety.model.rules.Heads;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.signing.Trust;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who can write everything on the hub, but has no key of a manager. */
class BeliefsTest {
  private static final Logger LOGGER = Logger.getLogger("dev.jiggety.agent.manager");
  private static final SigningKey MALLORY = SigningKey.generate("mallory", Role.MANAGER);
  private static final SigningKey OTHER = SigningKey.generate("m2", Role.MANAGER);

  private final ManagerWorld world = new ManagerWorld(7);

  @BeforeAll
  static void quiet() {
    LOGGER.setLevel(Level.OFF);
  }

  @AfterAll
  static void loud() {
    LOGGER.setLevel(null);
  }

  private void turns(int turns) {
    for (int i = 0; i < turns; i++) {
      world.turn();
    }
  }

  /** One patch is in force, and all managers are gone. */
  private void installed() {
    completed("p" + world.patches.size());
    world.managers.forEach(SimManager::die);
    world.managers.clear();
  }

  private void completed(String id) {
    do {
      world.submit();
      world.bad.clear();
      turns(200);
    } while (stateOf(world.patches.size() - 1) != RolloutState.COMPLETED);
    assertThat(world.patches).containsKey(id);
  }

  private RolloutState stateOf(int number) {
    Rollout rollout = world.rollout("p" + number);
    return rollout == null ? RolloutState.SUBMITTED : rollout.state();
  }

  private SimManager restarted(long acceptedHead) {
    SimManager manager = new SimManager(world, world.memories.get(0), acceptedHead);
    world.managers.add(manager);
    return manager;
  }

  /** A manager that starts now touches nothing and says why. */
  private void assertHeld(String... why) {
    Map<String, SimHub.Revision> before = new HashMap<>(world.hub.config);
    SimManager manager = restarted(0);
    turns(100);
    assertThat(manager.duty.status().stand()).isNotEqualTo(ManagerStatus.Stand.ACTIVE);
    assertThat(manager.duty.status().reason()).contains(why);
    assertThat(world.hub.config).isEqualTo(before);
  }

  private void write(JsonObject document) {
    SimHub.Revision there = world.hub.config.get(document.get("_id").getAsString());
    world.hub.put(world.hub.config, document, there == null ? 0 : there.number());
  }

  private Head head() {
    return Objects.requireNonNull(world.head());
  }

  /** The next head of an attacker, with keys that fit it. */
  private JsonObject forged(long epoch) {
    write(KeyDocument.TYPE.write(MALLORY.trusted()));
    Head head = head();
    Head next =
        new Head(
            head.version() + 1,
            head.seq(),
            epoch,
            new Generation("", head.release() + 1, Digests.of(world.confirmed())),
            null,
            null,
            Head.Phase.STEADY,
            null,
            null,
            head.expires(),
            head.reportWithin());
    return Signatures.sign(HeadDocument.TYPE.write(next), MALLORY);
  }

  @Test
  void forgedHeadWithKeysThatFitItIsNotBelieved() {
    installed();
    write(forged(head().epoch()));
    assertHeld("is signed with the key " + MALLORY.trusted().id(), "move believed.json away");
  }

  @Test
  void whoIsPassiveWhileKeysOfManagersChangeBelievesTheNewOnes() {
    turns(40);
    JsonObject key = KeyDocument.TYPE.write(OTHER.trusted());
    world.handIn(
        PatchDocument.TYPE.write(
            new Patch(
                "p0",
                "ada",
                world.now,
                "",
                StrategyChoice.SWIFT,
                world.now.plus(Duration.ofHours(1)),
                List.of(new Change.Put(key.get("_id").getAsString(), Contents.of(key), null)))));
    turns(200);
    assertThat(stateOf(0)).isEqualTo(RolloutState.COMPLETED);
    assertThat(world.managers.get(1).duty.status().stand()).isEqualTo(ManagerStatus.Stand.PASSIVE);
    assertThat(world.memories.get(1).kept.managers()).contains(OTHER.trusted());
    world.managers.forEach(SimManager::die);
    world.managers.clear();
    Head head = head();
    write(
        Signatures.sign(
            HeadDocument.TYPE.write(
                new Head(
                    head.version() + 1,
                    head.seq(),
                    head.epoch() + 1,
                    head.active(),
                    null,
                    head.previous(),
                    Head.Phase.STEADY,
                    null,
                    null,
                    head.expires(),
                    head.reportWithin())),
            OTHER));
    SimManager next = new SimManager(world, world.memories.get(1), 0);
    world.managers.add(next);
    turns(100);
    assertThat(next.duty.status().stand()).isEqualTo(ManagerStatus.Stand.ACTIVE);
  }

  @Test
  void forgedHeadStopsAnActiveManagerButGetsNothingSigned() {
    completed("p0");
    JsonObject forged = forged(99);
    write(forged);
    for (int i = 0; i < 5; i++) {
      world.submit();
    }
    Set<String> reasons = new HashSet<>();
    for (int i = 0; i < 300; i++) {
      turns(1);
      world.managers.forEach(it -> reasons.add(it.duty.status().reason()));
    }
    assertThat(world.hub.config(Ids.head())).isEqualTo(forged);
    assertThat(reasons).anySatisfy(it -> assertThat(it).contains("the head cannot be believed"));
  }

  @Test
  void unsignedHeadIsNotBelieved() {
    installed();
    JsonObject head = Objects.requireNonNull(world.hub.config(Ids.head())).deepCopy();
    head.remove(Signatures.MEMBER);
    write(head);
    assertHeld("head is not signed");
  }

  @Test
  void headThatWasChangedIsNotBelieved() {
    installed();
    JsonObject head = Objects.requireNonNull(world.hub.config(Ids.head())).deepCopy();
    head.addProperty("seq", 0);
    write(head);
    assertHeld("head is not what m1 has signed");
  }

  @Test
  void headThatIsGoneIsNoReasonToBeginAnewWithSomebodysKeys() {
    installed();
    write(KeyDocument.TYPE.write(MALLORY.trusted()));
    world.hub.config.remove(Ids.head());
    assertHeld("is gone from the hub", "restore the hub from a backup");
  }

  @Test
  void keysThatStoodThereBeforeTheFirstHeadAreNotBelieved() {
    write(KeyDocument.TYPE.write(MALLORY.trusted()));
    completed("p0");
    assertThat(Trust.in(world.confirmed()).find(MALLORY.trusted().id())).isEmpty();
  }

  @Test
  void olderHeadIsTakenOnlyWhenPeopleSaySo() {
    completed("p0");
    Map<String, SimHub.Revision> backup = new TreeMap<>(world.hub.config);
    Map<String, SimHub.Revision> patches = new TreeMap<>(world.hub.patches);
    Head old = head();
    installed();
    Head newest = head();
    world.hub.config.clear();
    world.hub.config.putAll(backup);
    world.hub.patches.clear();
    world.hub.patches.putAll(patches);
    assertHeld("--accept-older-head " + old.version(), "it was " + newest.version());

    world.managers.forEach(SimManager::die);
    world.managers.clear();
    world.places.clear();
    world.promoted.clear();
    world.isPutBack = true;
    SimManager manager = restarted(old.version());
    turns(20);
    assertThat(manager.duty.status().stand()).isEqualTo(ManagerStatus.Stand.ACTIVE);
    assertThat(head().version()).isGreaterThan(newest.version());
    assertThat(head().release()).isGreaterThan(newest.release());
    assertThat(head().seq()).isEqualTo(newest.seq());
    assertThat(head().digest()).isEqualTo(old.digest());
    turns(100);
    completed("p" + world.patches.size()); // patches go on
    world
        .nodes
        .values()
        .forEach(node -> assertThat(node.running.digest()).isEqualTo(world.digestInForce()));
  }

  @Test
  void hubThatIsPutBackUnderAnActiveManagerIsNoticed() {
    completed("p0");
    SimHub.Revision old = Objects.requireNonNull(world.hub.config.get(Ids.head()));
    completed("p1");
    write(old.document());
    world.submit();
    turns(60);
    assertThat(world.hub.config(Ids.head())).isEqualTo(old.document());
    assertThat(world.managers)
        .flatExtracting(it -> it.duty.status().troubles())
        .anySatisfy(it -> assertThat(it).contains("--accept-older-head"));
  }

  @Test
  void nothingIsBuiltOnWhatCannotBeKept() {
    installed();
    world.memories.get(0).isFull = true;
    assertHeld("cannot be kept in believed.json", "make room");

    world.memories.get(0).isFull = false;
    turns(100);
    assertThat(world.managers.getFirst().duty.status().stand())
        .isEqualTo(ManagerStatus.Stand.ACTIVE);
  }

  private static JsonObject signed(SigningKey key) {
    return Signatures.sign(Papers.head(4), key);
  }

  private static Configuration with(TrustedKey key) {
    return new Configuration(
        new TreeMap<>(Map.of(Ids.key(key.id()), Contents.of(KeyDocument.TYPE.write(key)))));
  }

  @Test
  void firstSightIsForWhoKnowsNobody() {
    JsonObject document = signed(OTHER);
    Beliefs fresh = new Beliefs(new SimMemory(), world.key.trusted(), List.of(), 0);
    assertThat(fresh.believed(document, () -> with(OTHER.trusted())).version()).isEqualTo(4);

    Beliefs told = new Beliefs(new SimMemory(), world.key.trusted(), List.of(OTHER.trusted()), 0);
    assertThat(told.believed(document, () -> Configuration.EMPTY).version()).isEqualTo(4);
    assertThatThrownBy(() -> told.believed(signed(MALLORY), () -> with(MALLORY.trusted())))
        .isInstanceOf(HeldException.class)
        .hasMessageContaining("nobody here trusts");
  }

  @Test
  void anOlderHeadAtAnotherHubIsGoneOnFromWhenItWasWaitedFor() {
    SimMemory memory = new SimMemory();
    Beliefs beliefs = new Beliefs(memory, world.key.trusted(), List.of(OTHER.trusted()), 0);
    Instant now = Instant.parse("2026-11-22T10:00:00Z");
    beliefs.at("http://a:1", now);
    Head head = beliefs.believed(signed(OTHER), () -> Configuration.EMPTY);
    assertThat(beliefs.next(head)).isEqualTo(head.epoch() + 1);
    Trust both = Trust.of(List.of(world.key.trusted(), OTHER.trusted()));
    beliefs.keep(newer(head), signed(OTHER), both);
    assertThat(beliefs.hub()).isEqualTo("http://a:1");
    assertThatThrownBy(() -> beliefs.believed(signed(OTHER), () -> Configuration.EMPTY))
        .as("at the same hub: a backup")
        .isInstanceOf(HeldException.class);

    beliefs.at("http://b:1", now);
    assertThatThrownBy(() -> beliefs.believed(signed(OTHER), () -> Configuration.EMPTY))
        .as("it may still be on the way")
        .isInstanceOf(StaleException.class);
    beliefs.at("http://b:1", now.plusSeconds(5));
    Head raised = beliefs.believed(signed(OTHER), () -> Configuration.EMPTY);
    assertThat(raised.version()).isGreaterThan(newer(head).version());
    assertThat(raised.digest()).isEqualTo(head.digest());
    long epoch = beliefs.next(raised);
    assertThat(Heads.stay(epoch)).isEqualTo(Heads.stay(head.epoch()) + 1);
  }

  private static Head newer(Head head) {
    return new Head(
        head.version() + 3,
        head.seq(),
        head.epoch(),
        head.active(),
        head.candidate(),
        head.previous(),
        head.phase(),
        head.reach(),
        head.confirmWithin(),
        head.expires(),
        head.reportWithin());
  }

  @Test
  void keyThatWasTakenOutIsNotBelievedAnyMore() {
    SimMemory memory = new SimMemory();
    Beliefs beliefs = new Beliefs(memory, world.key.trusted(), List.of(OTHER.trusted()), 0);
    Head head = beliefs.believed(signed(OTHER), () -> Configuration.EMPTY);
    Trust without = Trust.of(List.of(world.key.trusted()));
    beliefs.keep(head, signed(OTHER), without);
    assertThat(beliefs.believed(signed(OTHER), () -> Configuration.EMPTY)).isEqualTo(head);
    beliefs.keep(head, null, without); // this manager has taken over
    assertThatThrownBy(() -> beliefs.believed(signed(OTHER), () -> with(OTHER.trusted())))
        .isInstanceOf(HeldException.class);
  }

  @Test
  void memoryOutlivesTheProcess(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("believed.json");
    Memory.Kept first = new Memory.Kept(4, 3, 2, 1, List.of(OTHER.trusted()), "http://a:1");
    Memory.Kept second = new Memory.Kept(5, 3, 2, 1, List.of(world.key.trusted()), "");
    MemoryFile.open(file).keep(first);
    assertThat(MemoryFile.open(file).kept()).contains(first);
    MemoryFile.open(file).keep(second);
    assertThat(MemoryFile.open(file).kept()).contains(second);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");

    Files.writeString(file, "{\"schema\":1,\"managers\":[]");
    assertThatThrownBy(() -> MemoryFile.open(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("--trust");
  }
}
