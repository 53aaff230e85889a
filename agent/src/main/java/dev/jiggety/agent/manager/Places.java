package dev.jiggety.agent.manager;

import dev.jiggety.agent.queue.QueueException;
import dev.jiggety.agent.queue.QueuedPatch;
import dev.jiggety.model.Line;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutEvent;
import dev.jiggety.model.RolloutState;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Gives patches their places in the line and puts them on the queue. The place is stored before the
 * patch is put there, so that no place is ever given twice or forgotten.
 */
final class Places {
  /** So that a rollout that is under way is not kept waiting by a crowd of new ones. */
  private static final int AT_ONCE = 50;

  private final Context context;
  private final Ledger ledger;
  private final Set<String> wanted = new LinkedHashSet<>();
  private Line line;

  Places(Context context, Ledger ledger, Line line) {
    this.context = context;
    this.ledger = ledger;
    this.line = line;
  }

  Line line() {
    return line;
  }

  /** This patch is to be put into the line; nothing happens when it is there. */
  void want(String patchId) {
    wanted.add(patchId);
  }

  boolean isIdle() {
    return wanted.isEmpty();
  }

  /** The place that a patch was given. */
  Optional<Long> placeOf(String patchId) {
    return line.given().entrySet().stream()
        .filter(entry -> entry.getValue().equals(patchId))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * Puts some of those that are wanted into the line.
   *
   * @param headSeq up to where places are settled
   * @throws dev.jiggety.repository.HubException when no place can be given now
   * @throws QueueException when the queue did not confirm
   */
  void flush(long headSeq) {
    wanted.removeIf(
        id -> ledger.find(id).map(it -> it.state() != RolloutState.SUBMITTED).orElse(true));
    List<String> some = wanted.stream().limit(AT_ONCE).toList();
    if (some.isEmpty()) {
      return;
    }
    give(some, headSeq);
    for (Map.Entry<Long, String> place : List.copyOf(line.given().entrySet())) {
      if (some.contains(place.getValue())) {
        context.mustBeActive();
        context.ports().queue().put(new QueuedPatch(place.getValue(), place.getKey()));
        ledger.apply(place.getValue(), new RolloutEvent.Queued(place.getKey()));
        wanted.remove(place.getValue());
      }
    }
  }

  private void give(List<String> patchIds, long headSeq) {
    Set<String> without = new LinkedHashSet<>(patchIds);
    without.removeAll(line.given().values());
    if (without.isEmpty()) {
      return;
    }
    SortedMap<Long, String> given = new TreeMap<>(line.given());
    given.entrySet().removeIf(place -> isSettled(place.getKey(), place.getValue(), headSeq));
    // Behind the head as well: after the hub was put back the line may be older than that.
    long last = Math.max(line.last(), headSeq);
    for (String patchId : without) {
      given.put(++last, patchId);
    }
    Line next = new Line(last, given);
    context.mustBeActive();
    context.ports().board().store(next);
    line = next;
  }

  /** Whether the record of the patch knows the place, so that it need not stand in the line. */
  private boolean isSettled(long place, String patchId, long headSeq) {
    return place <= headSeq
        || (ledger.isStored(patchId)
            && ledger.find(patchId).map(it -> it.seq() >= place).orElse(false));
  }

  /** Places between the head's and this one whose patches have ended without knowing them. */
  List<Rollout> endedUnknowing(long from, long to) {
    Set<Rollout> ended = new LinkedHashSet<>();
    for (long place : new TreeSet<>(line.given().subMap(from, to + 1).keySet())) {
      String patchId = line.given().getOrDefault(place, "");
      if (ledger.find(patchId).isEmpty()) {
        context
            .ports()
            .board()
            .rollout(patchId)
            .filter(it -> it.state().isTerminal() && it.seq() == 0)
            .map(it ->
                it.toBuilder()
                    .riders(it.riders().stream().map(rider -> rider.at(place)).toList())
                    .build())
            .ifPresent(ended::add);
      }
    }
    return List.copyOf(ended);
  }
}
