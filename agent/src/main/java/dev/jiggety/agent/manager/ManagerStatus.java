package dev.jiggety.agent.manager;

import dev.jiggety.model.RolloutState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a manager is.
 *
 * @param name its name
 * @param stand whether it is the active one
 * @param since when that began
 * @param reason why it is not, or what it waits for; empty for nothing
 * @param epoch of its time of being active; 0 before the first
 * @param head what the head says, as it was read last; null before
 * @param waiting patches that have not begun
 * @param underWay the rollout that is carried out; null for none
 * @param troubles what is wrong now, one line each
 * @param alerts what people were told, oldest first
 * @param works what it does beside carrying patches out, in a steady order
 */
public record ManagerStatus(
    String name,
    Stand stand,
    Instant since,
    String reason,
    long epoch,
    @Nullable Release head,
    int waiting,
    @Nullable UnderWay underWay,
    List<String> troubles,
    List<Alert> alerts,
    List<Work> works) {

  public ManagerStatus {
    troubles = List.copyOf(troubles);
    alerts = List.copyOf(alerts);
    works = List.copyOf(works);
  }

  /** Whether it is the active one. */
  public enum Stand {
    /** Waits for its turn: another one is active, or the queue is away. */
    PASSIVE,
    /** It is its turn; it reads what there is. */
    TAKING_OVER,
    /** Carries patches out. */
    ACTIVE
  }

  /** What the head says. */
  public record Release(long version, long release, long seq) {}

  /** A rollout under way. */
  public record UnderWay(String rollout, int patches, RolloutState state, Instant since) {}

  /** Something that people were told. */
  public record Alert(Instant at, String text) {}

  /**
   * What a {@link Companion} does.
   *
   * @param isRunning whether it does it now
   * @param text how it is getting on; empty for nothing to say
   */
  public record Work(String name, boolean isRunning, String text) {}
}
