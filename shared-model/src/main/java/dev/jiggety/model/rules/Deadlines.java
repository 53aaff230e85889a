package dev.jiggety.model.rules;

import dev.jiggety.model.Rollout;
import dev.jiggety.model.Strategy;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How long each state of a rollout may last, and when to look at it again. */
final class Deadlines {
  private Deadlines() {}

  /** When the state that it has just come into must be left; null at an end. */
  static @Nullable Instant of(Rollout rollout, Instant now) {
    Strategy.Deadlines times = rollout.strategy().deadlines();
    return switch (rollout.state()) {
      case SUBMITTED -> earlier(now.plus(times.submit()), rollout.expires());
      case APPROVING -> earlier(now.plus(times.approve()), rollout.expires());
      case QUEUED -> rollout.expires();
      case CHECKING -> now.plus(times.check());
      case HELD -> now.plus(times.hold());
      case STAGING -> now.plus(times.stage());
      case VERIFYING -> now.plus(times.verify());
      case PROMOTING -> now.plus(times.promote());
      case BAKING -> now.plus(bake(rollout)).plus(times.bake());
      case PAUSED -> now.plus(times.pause());
      case ROLLING_BACK -> now.plus(times.rollback());
      case COMPLETED, REJECTED, CANCELLED, EXPIRED, JOINED, ROLLED_BACK, ROLLBACK_INCOMPLETE ->
          null;
    };
  }

  /** When it wants to be looked at again without any other event; null at an end. */
  static @Nullable Instant wake(Rollout rollout, Instant now) {
    Instant deadline = rollout.deadline();
    Duration gate =
        switch (rollout.state()) {
          case VERIFYING -> rollout.strategy().enoughAfter();
          case BAKING -> bake(rollout);
          default -> Duration.ZERO;
        };
    Instant early = rollout.since().plus(gate);
    return deadline != null && early.isAfter(now) ? earlier(early, deadline) : deadline;
  }

  /** The time to bake of the wave under way. */
  static Duration bake(Rollout rollout) {
    int index = Math.clamp(rollout.wave() - 1, 0, rollout.strategy().waves().size() - 1);
    return rollout.strategy().waves().get(index).bake();
  }

  /**
   * How long nodes wait for news before they go back by themselves: twice what the wave may take,
   * so that a manager that lives is never overtaken by them.
   */
  static Duration confirmWithin(Rollout rollout) {
    Strategy.Deadlines times = rollout.strategy().deadlines();
    return times.promote().plus(bake(rollout)).plus(times.bake()).multipliedBy(2);
  }

  /** The same while it is paused. */
  static Duration confirmWithinPause(Rollout rollout) {
    return confirmWithin(rollout).plus(rollout.strategy().deadlines().pause().multipliedBy(2));
  }

  /** Until when the manager may still confirm: well before the first node can have gone back. */
  static Instant confirmBy(Instant decided, Duration confirmWithin) {
    return decided.plusMillis(confirmWithin.toMillis() * 3 / 4);
  }

  static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
