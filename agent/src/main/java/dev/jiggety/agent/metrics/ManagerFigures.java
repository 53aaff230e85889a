package dev.jiggety.agent.metrics;

import dev.jiggety.model.Incident;
import dev.jiggety.model.ManagerReport;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** The figures of a patch manager. Safe for any thread. */
public final class ManagerFigures implements Source {
  private final Supplier<Reading> manager;
  private final Map<RolloutState, LongAdder> ended = new EnumMap<>(RolloutState.class);
  private final Histogram active =
      Histogram.builder()
          .name("jiggety_patch_submit_to_active_seconds")
          .help("From a patch coming in to the last node that swapped.")
          .unit(Unit.SECONDS)
          .classicOnly()
          .classicUpperBounds(0.25, 0.5, 1, 2, 3, 5, 10, 30, 60, 300, 1800, 7200)
          .withoutExemplars()
          .build();

  /**
   * How a manager is.
   *
   * @param report as it reports itself
   * @param rollouts those that have not ended, by state
   * @param incidents those that last, by kind; empty where it does not decide about them now
   */
  public record Reading(
      ManagerReport report,
      Map<RolloutState, Integer> rollouts,
      Optional<Map<Incident.Kind, Integer>> incidents) {
    public Reading {
      rollouts = Map.copyOf(rollouts);
      incidents = incidents.map(Map::copyOf);
    }
  }

  /** None yet; {@link #ended} has to be told of each rollout that ends. */
  public ManagerFigures(Supplier<Reading> manager) {
    this.manager = manager;
    for (RolloutState state : RolloutState.values()) {
      if (state.isTerminal()) {
        ended.put(state, new LongAdder());
      }
    }
  }

  /** A rollout has ended; quick. */
  public void ended(Rollout rollout) {
    LongAdder count = ended.get(rollout.state());
    if (count != null) {
      count.add(rollout.riders().size());
    }
    if (rollout.state() == RolloutState.COMPLETED) {
      submitToActive(rollout).ifPresent(time -> active.observe(NodeFigures.seconds(time)));
    }
  }

  /** From the first line of its record to the end of the last wave. */
  static Optional<Duration> submitToActive(Rollout rollout) {
    return rollout.transitions().stream()
        .filter(step -> step.from() == RolloutState.PROMOTING)
        .map(Rollout.Transition::at)
        .max(Instant::compareTo)
        .map(end -> Duration.between(rollout.transitions().getFirst().at(), end))
        .filter(time -> !time.isNegative());
  }

  @Override
  public void fill(Board board) {
    Reading reading = manager.get();
    ManagerReport report = reading.report();
    for (ManagerReport.Stand stand : ManagerReport.Stand.values()) {
      board
          .gauge("jiggety_manager_stand", "1 for how the manager stands.", "stand")
          .add(stand == report.stand() ? 1 : 0, stand.label());
    }
    board
        .gauge("jiggety_manager_active", "1 while this manager carries patches out.")
        .add(report.stand() == ManagerReport.Stand.ACTIVE ? 1 : 0);
    board
        .gauge("jiggety_manager_epoch", "Of its time of being active.")
        .add((double) report.epoch());
    board.gauge("jiggety_manager_release", "The release in force.").add((double) report.release());
    board.gauge("jiggety_queue_length", "Patches that have not begun.").add(report.waiting());
    for (RolloutState state : RolloutState.values()) {
      if (!state.isTerminal()) {
        board
            .gauge("jiggety_rollouts", "Rollouts that have not ended.", "state")
            .add(reading.rollouts().getOrDefault(state, 0), state.label());
      }
    }
    ended.forEach((state, count) ->
        board
            .counter("jiggety_patches", "Patches by what came of them.", "outcome")
            .add((double) count.sum(), state.label()));
    board.put(active.collect());
    reading
        .incidents()
        .ifPresent(open -> {
          for (Incident.Kind kind : Incident.Kind.values()) {
            board
                .gauge("jiggety_incidents_open", "Incidents that last.", "kind")
                .add(open.getOrDefault(kind, 0), kind.label());
          }
        });
    NodeFigures.vitals(board, report.vitals());
  }
}
