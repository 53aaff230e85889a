package dev.jiggety.agent.manager;

import dev.jiggety.model.Cause;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.rules.Rides;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds the places in the line that were given up before and within a ride. */
final class Tombstones {
  private final Context context;
  private final Places places;

  Tombstones(Context context, Places places) {
    this.context = context;
    this.places = places;
  }

  /**
   * Places between the head's and the ride's last that the head has to take along.
   *
   * @return empty where it is not known of one of them that it was given up: it is not the ride's
   *     turn
   */
  Optional<List<Long>> of(Rollout ride, long headSeq) {
    NavigableSet<Long> open = new TreeSet<>();
    for (long place = headSeq + 1; place < ride.seq(); place++) {
      open.add(place);
    }
    ride.riders().forEach(rider -> open.remove(rider.seq()));
    ride.tombstones().forEach(open::remove);
    if (open.isEmpty()) {
      return Optional.of(List.of());
    }
    List<Rollout> ended = new ArrayList<>();
    ended.addAll(context.ports().board().ended(open.first(), open.last()));
    ended.addAll(places.endedUnknowing(open.first(), open.last()));
    SortedSet<Long> refused = refusedOf(ride);
    for (long place : open) {
      boolean isGivenUp =
          refused.contains(place) || Rides.tombstones(ended, place - 1, place + 1).isPresent();
      if (!isGivenUp) {
        return Optional.empty();
      }
    }
    return Optional.of(List.copyOf(open));
  }

  /** Places of patches that this very ride lost to the checks. */
  private SortedSet<Long> refusedOf(Rollout ride) {
    SortedSet<Long> refused = new TreeSet<>();
    for (Rollout.Transition step : ride.transitions()) {
      if (step.cause() instanceof Cause.Refused cause) {
        for (Rollout record : context.ports().board().rollouts(cause.patches())) {
          refused.add(record.seq());
        }
      }
    }
    return refused;
  }
}
