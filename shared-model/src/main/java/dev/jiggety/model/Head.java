package dev.jiggety.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The one truth that nodes follow, changed by compare-and-swap and by the rules of {@code
 * model.rules.Heads} alone. What is in force, its release and its digest are those of {@code
 * active}.
 *
 * @param version grows by one with each write
 * @param seq all patches up to this place in the line were taken up or given up
 * @param epoch of the manager that wrote it; a lower one cannot write any more
 * @param active what is in force; while a wave is promoted, on the nodes that it reaches
 * @param candidate what is being tried in standby slots; null for nothing
 * @param previous what was in force before: nodes that no wave has reached yet run it, and it is
 *     what a rollback goes back to; null when there is nothing to go back to
 * @param phase what nodes have to do
 * @param reach who is meant: canaries on trial, who has to swap while promoting; null when steady
 * @param confirmWithin while promoting: a node that hears no newer head for so long goes back by
 *     itself, by its own monotonic clock; null otherwise
 * @param expires when it is too old to be believed
 * @param reportWithin over how long reports that nobody waits for are spread, so that a large fleet
 *     does not write at once; zero for at once
 */
public record Head(
    long version,
    long seq,
    long epoch,
    Generation active,
    @Nullable Generation candidate,
    @Nullable Generation previous,
    Phase phase,
    @Nullable Reach reach,
    @Nullable Duration confirmWithin,
    Instant expires,
    Duration reportWithin) {

  /** The number of what is in force; grows by one whenever that changes. */
  public long release() {
    return active.release();
  }

  /** The digest of what is in force. */
  public String digest() {
    return active.digest();
  }

  /** What nodes have to do. */
  public enum Phase {
    /** Run what is in force, and drop any candidate. */
    STEADY,
    /** Stage the candidate; canaries run the changed tests in both slots. */
    TRIAL,
    /** Who is reached swaps, and waits for the confirmation. */
    PROMOTING;

    /** The lower-case name that documents use. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Who is meant.
   *
   * @param wave 0 for the canaries, from 1 for waves
   * @param everybody every node, named or not, those that come later included
   * @param nodes the names, where it is not everybody
   */
  public record Reach(int wave, boolean everybody, SortedSet<String> nodes) {
    public Reach {
      nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
    }

    /** Whether that node is meant. */
    public boolean includes(String node) {
      return everybody || nodes.contains(node);
    }
  }
}
