package dev.jiggety.agent.manager;

import dev.jiggety.agent.queue.PatchQueue;
import dev.jiggety.agent.queue.QueuedPatch;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutEvent;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.rules.Heads;
import dev.jiggety.model.rules.Rides;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Chooses what is carried out next: patches that the queue has delivered, in the order of the line,
 * and several at once where they can ride together.
 */
final class Applier {
  private static final int MOST = 50;
  private static final int LARGEST_RIDE = 5_000_000;

  /** A message that has not come by then is put there again. */
  private static final Duration PUT_AGAIN = Duration.ofSeconds(3);

  /** One that has not come by then does not come: the record is there, the message was lost. */
  private static final Duration LOST = Duration.ofSeconds(8);

  private final Context context;
  private final PatchQueue.Candidacy candidacy;
  private final Ledger ledger;
  private final InForce inForce;
  private final Patches patches;
  private final Tombstones tombstones;
  private final Instant begun;
  private final Map<String, Long> delivered = new TreeMap<>();
  private final Set<String> putAgain = new HashSet<>();

  Applier(
      Context context,
      PatchQueue.Candidacy candidacy,
      Ledger ledger,
      InForce inForce,
      Patches patches,
      Tombstones tombstones) {
    this.context = context;
    this.candidacy = candidacy;
    this.ledger = ledger;
    this.inForce = inForce;
    this.patches = patches;
    this.tombstones = tombstones;
    this.begun = context.now();
  }

  /**
   * A message has come. Nothing is done with one whose rollout is known: it is acknowledged at its
   * end.
   *
   * @throws dev.jiggety.repository.HubException when it cannot be found out what became of it
   */
  void delivered(QueuedPatch message) {
    boolean isOpen = ledger.carrying(message.patchId()).isPresent();
    if (isOpen) {
      delivered.put(message.patchId(), message.seq());
      return;
    }
    Heads.Arrival arrival = Heads.arrival(inForce.head(), message.seq());
    Optional<Rollout> record = context.ports().board().rollout(message.patchId());
    if (record.isPresent()) {
      candidacy.acknowledge(message.patchId()); // at an end: done with, or given up in its place
    } else if (arrival == Heads.Arrival.DUPLICATE) {
      candidacy.acknowledge(message.patchId());
      context
          .notices()
          .alert(
              context.now(),
              "the queue knows the patch %s, of which the hub knows nothing"
                  .formatted(message.patchId()));
    } else {
      delivered.put(message.patchId(), message.seq()); // its record is about to be made
    }
  }

  /** These are done with. */
  void acknowledge(List<String> patchIds) {
    for (String patchId : patchIds) {
      delivered.remove(patchId);
      putAgain.remove(patchId);
      candidacy.acknowledge(patchId);
    }
  }

  /**
   * Begins the next ride, where there is one and none is under way.
   *
   * @return whether something has begun
   * @throws dev.jiggety.repository.HubException when that cannot be decided now
   */
  boolean next() {
    if (ledger.underWay().isPresent() || inForce.isConfirming()) {
      return false;
    }
    List<Rollout> queued = ledger.queued();
    Optional<Rollout> again = queued.stream().filter(it -> it.attempt() > 1).findFirst();
    if (again.isPresent()) {
      return turn(again.get());
    }
    List<Rollout> line = new ArrayList<>();
    for (Rollout rollout : queued) {
      if (!isHere(rollout)) {
        break;
      }
      line.add(rollout);
      if (line.size() > MOST) {
        break;
      }
    }
    if (line.isEmpty() || !isItsTurn(line.getFirst())) {
      return false;
    }
    List<Rollout> ride = smallEnough(Rides.together(line, MOST));
    return ride.isEmpty() ? turn(line.getFirst()) : begin(ride);
  }

  private boolean begin(List<Rollout> ride) {
    Rollout lead = ride.getFirst();
    List<Rollout> others = ride.subList(1, ride.size());
    if (!others.isEmpty()) {
      ledger.apply(
          lead.id(),
          new RolloutEvent.Takes(others.stream().flatMap(it -> it.riders().stream()).toList()));
      ledger.store(); // so that it is never unknown where the others have gone
      others.forEach(it -> ledger.apply(it.id(), new RolloutEvent.JoinedBy(lead.id())));
      ledger.store();
    }
    return turn(lead);
  }

  private boolean turn(Rollout rollout) {
    ledger.apply(rollout.id(), new RolloutEvent.Turn());
    if (ledger.find(rollout.id()).map(Rollout::state).orElse(null) == RolloutState.QUEUED) {
      ledger.apply(rollout.id(), new RolloutEvent.TimePassed()); // too late
    }
    return true;
  }

  private boolean isItsTurn(Rollout rollout) {
    long seq = inForce.head().seq();
    boolean follows =
        Ledger.firstPlace(rollout) == seq + 1 || tombstones.of(rollout, seq).isPresent();
    if (follows) {
      context.notices().fine("the line");
    } else if (context.now().isAfter(rollout.since().plus(LOST))) {
      context
          .notices()
          .trouble(
              "the line",
              "%s waits for what has its place before it in the line".formatted(rollout.id()));
    }
    return follows;
  }

  private boolean isHere(Rollout rollout) {
    Instant since = rollout.since().isAfter(begun) ? rollout.since() : begun;
    return rollout.patchIds().stream().allMatch(delivered::containsKey)
        || !context.now().isBefore(since.plus(LOST));
  }

  /** Those of whose messages nothing was seen: to be put on the queue again. */
  List<QueuedPatch> missing() {
    List<QueuedPatch> missing = new ArrayList<>();
    for (Rollout rollout : ledger.queued()) {
      Instant since = rollout.since().isAfter(begun) ? rollout.since() : begun;
      boolean isDue = rollout.attempt() == 1 && !context.now().isBefore(since.plus(PUT_AGAIN));
      if (isDue && !delivered.containsKey(rollout.id()) && putAgain.add(rollout.id())) {
        missing.add(new QueuedPatch(rollout.id(), Ledger.firstPlace(rollout)));
      }
    }
    return missing;
  }

  private List<Rollout> smallEnough(List<Rollout> ride) {
    List<Rollout> few = new ArrayList<>();
    long size = 0;
    for (Rollout rollout : ride) {
      for (String patchId : rollout.patchIds()) {
        size += patches.get(patchId).map(Patches.Handed::size).orElse(0);
      }
      if (!few.isEmpty() && size > LARGEST_RIDE) {
        break;
      }
      few.add(rollout);
    }
    return few;
  }
}
