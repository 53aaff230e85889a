package dev.jiggety.agent.manager;

import com.google.gson.JsonObject;
import dev.jiggety.agent.queue.PatchQueue;
import dev.jiggety.agent.queue.QueueException;
import dev.jiggety.agent.queue.QueuedPatch;
import dev.jiggety.document.AnswerDocument;
import dev.jiggety.document.AuditDocument;
import dev.jiggety.document.Before;
import dev.jiggety.document.BeforeDocument;
import dev.jiggety.document.Candidate;
import dev.jiggety.document.CandidateDocument;
import dev.jiggety.document.Contents;
import dev.jiggety.document.DocumentType;
import dev.jiggety.document.Ids;
import dev.jiggety.document.LineDocument;
import dev.jiggety.document.RolloutDocument;
import dev.jiggety.model.AuditEntry;
import dev.jiggety.model.CommandAnswer;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.Line;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Rollout;
import dev.jiggety.repository.HubException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A process of a manager in a simulated installation, with all that can happen at each call. */
final class SimManager {
  final FakeLoop loop;
  final ManagerPorts ports;
  final Duty duty;
  private final ManagerWorld world;
  private final SimHub hub;
  private final Map<String, Long> seen = new HashMap<>();
  private final Map<String, String> doubtful = new HashMap<>();
  private final List<Follower> followers = new ArrayList<>();
  private long headSeen;
  boolean isDead;
  boolean isFrozen;
  boolean queueIsAway;

  /** What its companion does, and how often that was asked to begin and still refuses. */
  Companion.@Nullable Turn turn;

  int begins;
  int refusals;

  private record Follower(
      PatchBoard.@Nullable Intake intake,
      @Nullable Consumer<NodeStatus> nodes,
      AtomicInteger told) {}

  SimManager(ManagerWorld world, SimMemory memory, long acceptedHead) {
    this.world = world;
    this.hub = world.hub;
    this.loop = new FakeLoop(() -> world.now);
    this.ports = new ManagerPorts(new Board(), new Config(), new SimFleet(), new Queue());
    this.duty =
        new Duty(
            ports,
            loop,
            world.key,
            new Beliefs(memory, world.key.trusted(), List.of(world.ada.trusted()), acceptedHead),
            new Notices(),
            new Random(world.random.nextLong()),
            List.of(new SimCompanion(world, this)),
            name -> loop::post);
    loop.post(duty::stand);
  }

  boolean canHear() {
    return !isDead && !isFrozen && !loop.isRunning();
  }

  /** One step of its loop, unless it is dead, frozen or in the middle of one. */
  boolean step() {
    if (!canHear()) {
      return false;
    }
    try {
      return loop.step();
    } catch (KilledError e) {
      die();
      return true;
    }
  }

  void die() {
    isDead = true;
    world.queue.gone(this);
  }

  /** What feeds tell. */
  void tell() {
    for (Follower follower : List.copyOf(followers)) {
      PatchBoard.Intake intake = follower.intake();
      if (intake != null) {
        while (follower.told().get() < hub.handedIn.size()) {
          JsonObject document = hub.handedIn.get(follower.told().getAndIncrement());
          if (!hub.takenIn.contains(document.get("_id").getAsString())) {
            if (document.get("type").getAsString().equals("patch")) {
              intake.patch(document.deepCopy());
            } else {
              intake.command(document.deepCopy());
            }
          }
        }
      }
      Consumer<NodeStatus> nodes = follower.nodes();
      if (nodes != null) {
        List.copyOf(hub.nodes.values()).forEach(nodes);
      }
    }
  }

  /** A call to the hub: anything can happen before and after it. */
  private <T> T call(Supplier<T> body) {
    world.mishap(this, false);
    T result = body.get();
    world.mishap(this, true);
    return result;
  }

  private void run(Runnable body) {
    call(() -> {
      body.run();
      return "";
    });
  }

  /** Compare-and-swap on what was seen last; a write whose answer was lost is known again. */
  private void swap(Map<String, SimHub.Revision> database, JsonObject document) {
    String id = document.get("_id").getAsString();
    world.mishap(this, false);
    SimHub.Revision there = database.get(id);
    if (there != null && SimHub.digest(there.document()).equals(doubtful.get(id))) {
      seen.put(id, there.number());
    }
    world.lateWrite(database, id);
    long put = hub.put(database, document, seen.getOrDefault(id, 0L));
    if (put == 0) {
      throw new StaleException(id + " was written by somebody else in between");
    }
    doubtful.put(id, SimHub.digest(document));
    world.mishap(this, true);
    seen.put(id, put);
  }

  private <T> Optional<T> find(DocumentType<T> type, String id) {
    SimHub.Revision found = hub.patches.get(id);
    seen.put(id, found == null ? 0 : found.number());
    return Optional.ofNullable(found).map(it -> type.read(it.document()));
  }

  private final class Board implements PatchBoard {
    @Override
    public Optional<JsonObject> patch(String patchId) {
      return call(() -> Optional.ofNullable(hub.patches.get(Ids.patch(patchId))))
          .map(it -> it.document().deepCopy());
    }

    @Override
    public Optional<Rollout> rollout(String rolloutId) {
      return call(() -> find(RolloutDocument.TYPE, Ids.rollout(rolloutId)));
    }

    @Override
    public List<Rollout> open() {
      return call(() ->
          world.rollouts().values().stream()
              .filter(it -> !it.state().isTerminal())
              .map(it -> find(RolloutDocument.TYPE, Ids.rollout(it.id())).orElseThrow())
              .toList());
    }

    @Override
    public List<Rollout> rollouts(Collection<String> rolloutIds) {
      return call(() ->
          world.rollouts().values().stream().filter(it -> rolloutIds.contains(it.id())).toList());
    }

    @Override
    public List<Rollout> ended(long from, long to) {
      return call(() ->
          world.rollouts().values().stream()
              .filter(it -> it.state().isTerminal())
              .filter(it -> it.riders().stream().anyMatch(at -> at.seq() >= from && at.seq() <= to))
              .toList());
    }

    @Override
    public void store(Rollout rollout) {
      swap(hub.patches, RolloutDocument.TYPE.write(rollout));
    }

    @Override
    public Line line() {
      return call(() -> find(LineDocument.TYPE, Ids.line()).orElse(Line.EMPTY));
    }

    @Override
    public void store(Line line) {
      swap(hub.patches, LineDocument.TYPE.write(line));
    }

    @Override
    public boolean isAnswered(String commandId) {
      return call(() -> hub.patches.containsKey(Ids.answer(commandId)));
    }

    @Override
    public void answer(CommandAnswer answer) {
      run(() -> hub.put(hub.patches, AnswerDocument.TYPE.write(answer), 0));
    }

    @Override
    public void keepBefore(String rolloutId, Configuration before) {
      run(() -> hub.put(hub.patches, BeforeDocument.TYPE.write(new Before(rolloutId, before)), 0));
    }

    @Override
    public Optional<AuditEntry> lastAudit() {
      return lastAudits(1).stream().findFirst();
    }

    @Override
    public List<AuditEntry> lastAudits(int most) {
      return call(() ->
          hub.patches("audit:", _ -> true).stream()
              .map(AuditDocument.TYPE::read)
              .sorted(Comparator.comparingLong(AuditEntry::number).reversed())
              .limit(most)
              .toList());
    }

    @Override
    public void append(AuditEntry entry) {
      world.mishap(SimManager.this, false);
      JsonObject document = AuditDocument.TYPE.write(entry);
      SimHub.Revision there = hub.patches.get(Ids.audit(entry.number()));
      boolean isOurs =
          there != null && SimHub.digest(there.document()).equals(SimHub.digest(document));
      if (!isOurs && hub.put(hub.patches, document, 0) == 0) {
        throw new StaleException("another line " + entry.number());
      }
      world.mishap(SimManager.this, true);
    }

    @Override
    public AutoCloseable follow(Intake intake) {
      Follower follower = new Follower(intake, null, new AtomicInteger());
      followers.add(follower);
      return () -> followers.remove(follower);
    }

    @Override
    public void takenIn(String documentId) {
      hub.takenIn.add(documentId);
    }
  }

  private final class Config implements ConfigBoard {
    @Override
    public FoundHead head() {
      return call(() -> {
        SimHub.Revision found = hub.config.get(Ids.head());
        headSeen = found == null ? 0 : found.number();
        SimHub.Revision candidate = hub.config.get(Ids.candidate());
        seen.put(Ids.candidate(), candidate == null ? 0 : candidate.number());
        JsonObject document = found == null ? null : found.document().deepCopy();
        if (document != null) {
          document.addProperty("_rev", found.number() + "-x");
        }
        return new FoundHead(document, hub.isHeadConflicting);
      });
    }

    @Override
    public boolean swap(JsonObject signed, FoundHead found) {
      return call(() -> {
        JsonObject before = found.document();
        long expected =
            before == null ? 0 : Long.parseLong(before.get("_rev").getAsString().replace("-x", ""));
        long put = hub.put(hub.config, signed, expected);
        if (put > 0) {
          world.swapped(before, signed);
          headSeen = put;
        }
        return put > 0;
      });
    }

    @Override
    public Configuration confirmed() {
      return call(world::confirmed);
    }

    @Override
    public void candidate(Candidate candidate) {
      JsonObject document = CandidateDocument.TYPE.write(candidate);
      SimHub.Revision there = hub.config.get(Ids.candidate());
      if (there == null || !SimHub.digest(there.document()).equals(SimHub.digest(document))) {
        SimManager.this.swap(hub.config, document);
      }
    }

    @Override
    public @Nullable Candidate candidate() {
      return call(() -> Optional.ofNullable(hub.config(Ids.candidate())))
          .map(CandidateDocument.TYPE::read)
          .orElse(null);
    }

    @Override
    public void confirm(Configuration shall) {
      SortedMap<String, Content> is = new TreeMap<>(world.confirmed().documents());
      List<String> ids = new ArrayList<>(is.keySet());
      shall.documents().keySet().stream().filter(id -> !ids.contains(id)).forEach(ids::add);
      for (String id : ids) {
        Content wanted = shall.documents().get(id);
        if (java.util.Objects.equals(wanted, is.get(id))) {
          continue;
        }
        run(() -> {
          SimHub.Revision head = hub.config.get(Ids.head());
          if ((head == null ? 0 : head.number()) != headSeen) {
            throw new StaleException("the head was written by somebody else");
          }
          if (wanted == null) {
            hub.config.remove(id);
          } else {
            SimHub.Revision there = hub.config.get(id);
            hub.put(hub.config, Contents.document(wanted), there == null ? 0 : there.number());
          }
        });
      }
    }
  }

  private final class SimFleet implements Fleet {
    @Override
    public List<NodeStatus> nodes() {
      return call(() -> List.copyOf(hub.nodes.values()));
    }

    @Override
    public AutoCloseable follow(Consumer<NodeStatus> listener) {
      Follower follower = new Follower(null, listener, new AtomicInteger());
      followers.add(follower);
      return () -> followers.remove(follower);
    }
  }

  private final class Queue implements PatchQueue {
    @Override
    public void put(QueuedPatch patch) {
      if (queueIsAway) {
        throw new QueueException("the broker is away");
      }
      try {
        run(() -> world.queue.put(patch));
      } catch (HubException e) {
        throw new QueueException("the broker is away", e);
      }
    }

    @Override
    public Candidacy stand(PatchQueue.Candidate candidate) {
      return world.queue.stand(SimManager.this, candidate);
    }

    @Override
    public void close() {}
  }
}
