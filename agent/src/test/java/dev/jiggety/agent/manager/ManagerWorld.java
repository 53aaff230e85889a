package dev.jiggety.agent.manager;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.jiggety.document.CommandDocument;
import dev.jiggety.document.Contents;
import dev.jiggety.document.HeadDocument;
import dev.jiggety.document.Ids;
import dev.jiggety.document.PatchDocument;
import dev.jiggety.document.RolloutDocument;
import dev.jiggety.model.Cause;
import dev.jiggety.model.Change;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.Head;
import dev.jiggety.model.OperatorCommand;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.rules.Digests;
import dev.jiggety.repository.HubException;
import dev.jiggety.signing.PublishedKeys;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A hub, a queue, nodes and two managers in one thread by one clock, where processes die, freeze
 * and lose answers between any two calls.
 */
final class ManagerWorld {
  static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
  static final SigningKey KEY = PublishedKeys.MANAGER;
  static final SigningKey ADA = PublishedKeys.ADA;

  final SigningKey key = KEY;
  final SigningKey ada = ADA;
  final Random random;
  final SimHub hub = new SimHub();
  final SimQueue queue = new SimQueue();
  final List<SimManager> managers = new ArrayList<>();
  final List<SimMemory> memories = List.of(new SimMemory(), new SimMemory());
  final Map<String, SimNode> nodes = new TreeMap<>();
  final Map<String, Patch> patches = new HashMap<>();
  final List<String> commands = new ArrayList<>();
  final Set<String> bad = new HashSet<>();
  final Set<Long> places = new HashSet<>();
  final Set<String> promoted = new HashSet<>();
  final List<Long> epochs = new ArrayList<>();
  Instant now = START;

  /** How often something goes wrong at a call: one in so many; 0 for never. */
  int trouble;

  /** Whether people have put the hub back and accept it. */
  boolean isPutBack;

  private int depth;
  int kills;
  int freezes;
  int lost;
  int late;

  ManagerWorld(long seed) {
    random = new Random(seed);
    for (int i = 0; i < 4; i++) {
      nodes.put("n" + i, new SimNode("n" + i, this));
    }
    nodes.values().forEach(SimNode::act); // without any node everything passes
    managers.add(new SimManager(this, memories.get(0), 0));
    managers.add(new SimManager(this, memories.get(1), 0));
  }

  /** What happens to a manager at a call to the hub or the queue. */
  void mishap(SimManager manager, boolean isDone) {
    if (manager.isDead) {
      throw new KilledError();
    }
    if (trouble == 0 || random.nextInt(trouble) != 0) {
      return;
    }
    switch (random.nextInt(6)) {
      case 0 -> {
        kills++;
        manager.isDead = true;
        queue.gone(manager);
        throw new KilledError();
      }
      case 1 -> {
        if (depth == 0) {
          freeze(manager);
        }
      }
      default -> {
        lost++;
        throw new HubException(
            HubException.Kind.UNAVAILABLE, isDone ? "no answer" : "the hub is away");
      }
    }
  }

  /** What a manager that stood still had begun to write of a rollout arrives now. */
  void lateWrite(Map<String, SimHub.Revision> database, String id) {
    if (trouble > 0 && id.startsWith(Ids.rollout("")) && random.nextInt(5 * trouble) == 0) {
      late++;
      hub.again(database, id);
    }
  }

  /** The process stands still in the middle of a call, while the world goes on. */
  private void freeze(SimManager manager) {
    freezes++;
    depth++;
    manager.isFrozen = true;
    int steps = 1 + random.nextInt(60);
    for (int i = 0; i < steps; i++) {
      if (i == 10) {
        queue.silent(manager);
      }
      turn();
    }
    manager.isFrozen = false;
    depth--;
  }

  /** A little of everything. */
  void turn() {
    now = now.plusMillis(50 + random.nextInt(200));
    queue.tick();
    for (int i = 0; i < managers.size(); i++) {
      SimManager manager = managers.get(i);
      if (manager.isDead) {
        if (random.nextInt(10) == 0) {
          managers.set(i, new SimManager(this, memories.get(i), 0));
        }
        continue;
      }
      if (manager.canHear()) {
        manager.tell();
      }
      for (int step = 0; step < 60 && manager.step(); step++) {
        queue.tick();
      }
    }
    nodes.values().forEach(SimNode::act);
  }

  void submit() {
    String id = "p" + patches.size();
    String test = random.nextInt(4) == 0 ? "shared" + random.nextInt(2) : "t" + patches.size();
    Content there = confirmed().documents().get(Ids.test(test));
    Change change =
        new Change.Put(
            Ids.test(test),
            Contents.of(Samples.test(test).toBuilder().name("by " + id).build()),
            there == null ? null : there.digest());
    String strategy = random.nextInt(8) == 0 ? "careful" : random.nextInt(8) == 0 ? "?" : "swift";
    Patch patch =
        new Patch(
            id,
            "ada",
            now,
            "",
            new StrategyChoice.Named(strategy),
            now.plus(random.nextInt(6) == 0 ? Duration.ofSeconds(20) : Duration.ofHours(2)),
            List.of(change));
    patches.put(id, patch);
    if (random.nextInt(4) == 0) {
      bad.add(id);
    }
    handIn(PatchDocument.TYPE.write(patch));
  }

  void command() {
    if (patches.isEmpty()) {
      return;
    }
    String id = "c" + commands.size();
    commands.add(id);
    Cause.Act[] acts = Cause.Act.values();
    handIn(
        CommandDocument.TYPE.write(
            new OperatorCommand(
                id,
                "p" + random.nextInt(patches.size()),
                acts[random.nextInt(acts.length)],
                "ada",
                "because " + id,
                now)));
  }

  void handIn(JsonObject document) {
    JsonObject signed = Signatures.sign(document, ada);
    hub.put(hub.patches, signed, 0);
    hub.handedIn.add(signed);
  }

  Configuration confirmed() {
    SortedMap<String, Content> documents = new TreeMap<>();
    hub.config.forEach((id, revision) -> {
      if (!id.equals(Ids.head()) && !id.equals(Ids.candidate())) {
        documents.put(id, Contents.of(revision.document()));
      }
    });
    return new Configuration(documents);
  }

  @Nullable Head head() {
    JsonObject document = hub.config(Ids.head());
    return document == null ? null : HeadDocument.TYPE.read(document);
  }

  /** Each new head follows from the one before. */
  void swapped(@Nullable JsonObject before, JsonObject after) {
    Head next = HeadDocument.TYPE.read(after);
    if (before == null) {
      assertThat(next.version()).isEqualTo(1);
      return;
    }
    Head last = HeadDocument.TYPE.read(before);
    if (isPutBack) {
      isPutBack = false; // numbers jump once
      return;
    }
    assertThat(next.version()).isEqualTo(last.version() + 1);
    assertThat(next.epoch()).isGreaterThanOrEqualTo(last.epoch());
    assertThat(next.release()).isBetween(last.release(), last.release() + 1);
    assertThat(next.seq()).isGreaterThanOrEqualTo(last.seq());
    for (long place = last.seq() + 1; place <= next.seq(); place++) {
      assertThat(places.add(place)).as("place %d is taken once", place).isTrue();
    }
    if (next.phase() == Head.Phase.PROMOTING && last.phase() == Head.Phase.TRIAL) {
      assertThat(promoted.add(next.active().ride()))
          .as("%s is put in force once", next.active().ride())
          .isTrue();
    }
  }

  Map<String, Rollout> rollouts() {
    Map<String, Rollout> rollouts = new TreeMap<>();
    hub.patches("rollout:", _ -> true).stream()
        .map(RolloutDocument.TYPE::read)
        .forEach(it -> rollouts.put(it.id(), it));
    return rollouts;
  }

  @Nullable Rollout rollout(String id) {
    SimHub.Revision found = hub.patches.get(Ids.rollout(id));
    return found == null ? null : RolloutDocument.TYPE.read(found.document());
  }

  String digestInForce() {
    Head head = head();
    return head == null ? "" : head.digest();
  }

  String digestConfirmed() {
    return Digests.of(confirmed());
  }
}
