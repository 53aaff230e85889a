package dev.jiggety.model;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a patch manager says of itself, in its own document. Everybody else judges its freshness by
 * {@code heartbeatAt}.
 *
 * @param name the manager's name
 * @param version the agent's version
 * @param startedAt when this process began
 * @param heartbeatAt when it wrote this
 * @param stand whether it is the active one
 * @param since when that began
 * @param reason why it is not, or what it waits for; empty for nothing
 * @param epoch of its time of being active; 0 before the first
 * @param release in force as far as it knows; 0 while it is not active
 * @param waiting patches that have not begun; 0 while it is not active
 * @param underWay the rollout that is carried out, null for none
 * @param vitals its process and machine; its notices are what is wrong with the patches
 */
public record ManagerReport(
    String name,
    String version,
    Instant startedAt,
    Instant heartbeatAt,
    Stand stand,
    Instant since,
    String reason,
    long epoch,
    long release,
    int waiting,
    @Nullable UnderWay underWay,
    Vitals vitals) {

  /** Whether it is the active one. */
  public enum Stand {
    /** Waits for its turn. */
    PASSIVE,
    /** It is its turn; it reads what there is. */
    TAKING_OVER,
    /** Carries patches out. */
    ACTIVE;

    /** The lower-case, hyphenated name that documents and screens use. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** A rollout under way. */
  public record UnderWay(String rollout, RolloutState state) {}

  /** Whether the line of patches stands still until somebody mends it. */
  public boolean isHeld() {
    return underWay != null && underWay.state() == RolloutState.HELD;
  }
}
