package dev.jiggety.agent.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * Which databases of results go. Pure.
 *
 * <p>A week of live results goes when it is older than its retention and all of it is packed. One
 * of which something was never packed (its node is gone) waits as long again, then it goes too, and
 * the record says how much was lost. Archives go by age alone. Where the disk budget is exceeded,
 * first weeks go that are packed, then the oldest archives, then weeks that are not packed; never
 * what is being written.
 */
public final class RetentionPlan {
  private RetentionPlan() {}

  /**
   * A database of results.
   *
   * @param isLive whether it holds a week of batches, otherwise a month of packs
   * @param from when its span begins
   * @param to when it ends
   * @param bytes on the hub's disk, indexes not counted
   * @param unpacked of a live one, how many of its runs are in no pack; empty where nobody asked
   *     yet, since it is not due
   */
  public record Held(
      String name, boolean isLive, Instant from, Instant to, long bytes, OptionalLong unpacked) {}

  /** What holds: how long, and how many bytes in all; 0 for no limit. */
  public record Limits(Duration liveFor, Duration archiveFor, long diskBudget) {}

  /** Why something goes. */
  public enum Why {
    /** It is older than its retention. */
    AGE,
    /** The disk budget is exceeded. */
    BUDGET
  }

  /** What goes. */
  public record Drop(Held held, Why why) {}

  /**
   * Whether the time is known well enough to drop anything by it: hub and manager, each by a clock
   * of its own, are at the same day. A clock that jumps ahead by a year would drop all there is.
   */
  public static boolean isCertain(Instant hub, Instant own) {
    return Duration.between(hub, own).abs().compareTo(Duration.ofDays(1)) < 0;
  }

  /** Whether it is to be asked of a database whether all of it is packed. */
  public static boolean isDue(Held held, Limits limits, Instant now) {
    return held.isLive() && isOver(held, limits.liveFor(), now);
  }

  /** What goes now, in the order in which it should. */
  public static List<Drop> drops(List<Held> all, Limits limits, Instant now) {
    List<Drop> drops = new ArrayList<>();
    List<Held> stay = new ArrayList<>();
    for (Held held : all.stream().sorted(Comparator.comparing(Held::from)).toList()) {
      if (isTooOld(held, limits, now)) {
        drops.add(new Drop(held, Why.AGE));
      } else {
        stay.add(held);
      }
    }
    if (limits.diskBudget() > 0) {
      long bytes = stay.stream().mapToLong(Held::bytes).sum();
      for (Held held : byWorth(stay, now)) {
        if (bytes <= limits.diskBudget()) {
          break;
        }
        drops.add(new Drop(held, Why.BUDGET));
        bytes -= held.bytes();
      }
    }
    return drops;
  }

  private static boolean isTooOld(Held held, Limits limits, Instant now) {
    if (!held.isLive()) {
      return isOver(held, limits.archiveFor(), now);
    }
    return isOver(held, limits.liveFor(), now)
        && (held.unpacked().orElse(1) == 0 || isOver(held, limits.liveFor().multipliedBy(2), now));
  }

  private static boolean isOver(Held held, Duration keep, Instant now) {
    return !held.to().plus(keep).isAfter(now);
  }

  /** What can go for want of space, the least missed first. */
  private static List<Held> byWorth(List<Held> all, Instant now) {
    return all.stream()
        .filter(held -> isOver(held, Duration.ofDays(1), now))
        .sorted(Comparator.comparingInt(RetentionPlan::worth).thenComparing(Held::from))
        .toList();
  }

  private static int worth(Held held) {
    if (!held.isLive()) {
      return 1;
    }
    return held.unpacked().orElse(1) == 0 ? 0 : 2;
  }
}
