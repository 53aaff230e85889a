package dev.jiggety.couch;

import java.time.Duration;
import java.util.List;

/**
 * Which of several hubs a client speaks to, by what it saw of them. The order of the list is the
 * order of preference and the same for all clients, so that they meet again. It leaves a hub only
 * for one that answers, and goes back only to one that has answered for long and has caught up:
 * what comes and goes moves nobody. Pure; times are those of {@link System#nanoTime}.
 */
public final class HubChoice {
  /** So long nothing is heard before a hub is asked whether it is there. */
  public static final Duration SILENT = Duration.ofSeconds(1);

  /** So long a hub is silent before it is left; one that is started again at once is not. */
  public static final Duration LOST = Duration.ofSeconds(3);

  /** So long a preferred hub answers before it is gone back to, after it was lost once. */
  public static final Duration STEADY = Duration.ofSeconds(30);

  private static final int FAILURES = 2;
  private static final int MOST_DOUBLINGS = 4;

  private HubChoice() {}

  /**
   * What was seen of a hub.
   *
   * @param heard when it answered last; when the client began, where it never did
   * @param failures how many questions in a row it has not answered since
   * @param answering since when it has answered every question; meant where there are no failures
   * @param answers whether it has answered any question at all since the last failure
   * @param losses how often it was left because it was lost, lately
   * @param abreast whether it was found to have all that the hub in use has, lately
   */
  public record Seen(
      long heard, int failures, long answering, boolean answers, int losses, boolean abreast) {
    /** Of which nothing is known yet. */
    public static Seen nothing(long now) {
      return new Seen(now, 0, now, false, 0, false);
    }

    /** The same after an answer. */
    public Seen answered(long now) {
      return new Seen(now, 0, answers ? answering : now, true, losses, abreast);
    }

    /** The same after a question without an answer. */
    public Seen failed() {
      return new Seen(heard, failures + 1, answering, false, losses, false);
    }

    /** The same after it was compared with the hub in use. */
    public Seen compared(boolean isAbreast) {
      return new Seen(heard, failures, answering, answers, losses, isAbreast);
    }

    /** The same after it was left because it was lost. */
    public Seen left() {
      return new Seen(heard, failures, answering, false, losses + 1, false);
    }

    /** The same when its losses are long ago. */
    public Seen forgiven() {
      return new Seen(heard, failures, answering, answers, 0, abreast);
    }
  }

  /**
   * The hub to use from now on.
   *
   * @param inUse the place in the list of the one that is used
   * @param hubs what was seen of each, the preferred one first
   */
  public static int choose(int inUse, List<Seen> hubs, long now) {
    if (isLost(hubs.get(inUse), now)) {
      for (int i = 0; i < hubs.size(); i++) {
        Seen other = hubs.get(i);
        if (i != inUse && other.answers() && now - other.heard() < LOST.toNanos()) {
          return i;
        }
      }
      return inUse;
    }
    for (int i = 0; i < inUse; i++) {
      if (isSteady(hubs.get(i), now) && hubs.get(i).abreast()) {
        return i;
      }
    }
    return inUse;
  }

  /** Whether a hub has been silent long enough to be left. */
  public static boolean isLost(Seen hub, long now) {
    return hub.failures() >= FAILURES && now - hub.heard() >= LOST.toNanos();
  }

  /**
   * Whether a hub has answered long enough to be gone back to; longer the more often it was lost.
   */
  public static boolean isSteady(Seen hub, long now) {
    int doublings = Math.clamp(hub.losses() - 1, 0, MOST_DOUBLINGS);
    return hub.answers() && now - hub.answering() >= STEADY.toNanos() << doublings;
  }
}
