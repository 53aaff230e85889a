package dev.jiggety.model;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The record of carrying out one patch, or several that ride together. Changed by {@code
 * model.rules.Rollouts} alone.
 *
 * @param id the first patch's id, and from the second attempt on a dot and the number of the
 *     attempt
 * @param attempt from 1; higher where the patches were in a ride that failed
 * @param riders the patches, in the order of the line
 * @param strategy how
 * @param expires when it must have been begun: the expiry of its first patch
 * @param state where it stands
 * @param since when it came into that state
 * @param deadline when that state must be left; null at an end
 * @param epoch of the manager that carries it out
 * @param release the release in force by the last head that was written for it; 0 before
 * @param base the digest that it was checked against; empty before
 * @param digest the digest with its changes; empty before it is checked
 * @param tombstones places in the line that were given up right before it
 * @param canaries who tries it; frozen
 * @param waves who swaps in each wave, each node once; frozen
 * @param wave the wave under way, from 1; 0 before the first
 * @param progress how far each node is
 * @param writing the change of the head that is not confirmed yet; null for none
 * @param confirmBy nodes that have swapped may go back by themselves from then on; null while none
 *     has
 * @param resumeTo where a paused one goes on; null otherwise
 * @param attempts failures to check or to write the head, in a row
 * @param approvedBy the second operator; null for none yet
 * @param again the groups in which its patches are tried once more; empty where they are not
 * @param transitions all that happened, oldest first
 */
public record Rollout(
    String id,
    int attempt,
    List<Rider> riders,
    Strategy strategy,
    Instant expires,
    RolloutState state,
    Instant since,
    @Nullable Instant deadline,
    long epoch,
    long release,
    String base,
    String digest,
    List<Long> tombstones,
    SortedSet<String> canaries,
    List<SortedSet<String>> waves,
    int wave,
    SortedMap<String, NodeProgress> progress,
    HeadChange.@Nullable Step writing,
    @Nullable Instant confirmBy,
    @Nullable RolloutState resumeTo,
    int attempts,
    @Nullable String approvedBy,
    List<List<String>> again,
    List<Transition> transitions) {

  public Rollout {
    riders = List.copyOf(riders);
    tombstones = List.copyOf(tombstones);
    canaries = Collections.unmodifiableSortedSet(new TreeSet<>(canaries));
    waves = waves.stream().map(Rollout::frozen).toList();
    progress = Collections.unmodifiableSortedMap(new TreeMap<>(progress));
    again = again.stream().map(List::copyOf).toList();
    transitions = List.copyOf(transitions);
  }

  /** A rollout that has just come to be known. */
  public static Builder builder(String id, List<Rider> riders, Strategy strategy, Instant now) {
    return new Builder(id, riders, strategy, now);
  }

  /** A builder that starts from this rollout. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** The ids of its patches, in the order of the line. */
  public List<String> patchIds() {
    return riders.stream().map(Rider::patchId).toList();
  }

  /** Its last place in the line; 0 for none yet. */
  public long seq() {
    return riders.stream().mapToLong(Rider::seq).max().orElse(0);
  }

  /** Whether a candidate of it can be on the head or on nodes: it was staged at least once. */
  public boolean wasStaged() {
    return transitions.stream().anyMatch(step -> step.to() == RolloutState.STAGING);
  }

  private static SortedSet<String> frozen(Set<String> names) {
    return Collections.unmodifiableSortedSet(new TreeSet<>(names));
  }

  /**
   * A patch in it.
   *
   * @param patchId the patch
   * @param seq its place in the line, from 1; 0 before it is queued
   * @param author who made it, and so cannot approve it
   * @param targets the documents that it touches
   */
  public record Rider(String patchId, long seq, String author, SortedSet<String> targets) {
    public Rider {
      targets = Collections.unmodifiableSortedSet(new TreeSet<>(targets));
    }

    /** The same at that place. */
    public Rider at(long place) {
      return new Rider(patchId, place, author, targets);
    }
  }

  /**
   * One step of its story.
   *
   * @param at when
   * @param from the state before; null for its beginning
   * @param to the state after
   * @param cause why, with the evidence
   * @param release in force then, as far as known
   * @param epoch of the manager that decided
   */
  public record Transition(
      Instant at,
      @Nullable RolloutState from,
      RolloutState to,
      Cause cause,
      long release,
      long epoch) {}

  /** Collects the parts of a {@link Rollout}. Not thread-safe. */
  public static final class Builder {
    private final String id;
    private final Strategy strategy;
    private int attempt = 1;
    private List<Rider> riders;
    private Instant expires;
    private RolloutState state = RolloutState.SUBMITTED;
    private Instant since;
    private @Nullable Instant deadline;
    private long epoch;
    private long release;
    private String base = "";
    private String digest = "";
    private List<Long> tombstones = List.of();
    private SortedSet<String> canaries = new TreeSet<>();
    private List<SortedSet<String>> waves = List.of();
    private int wave;
    private SortedMap<String, NodeProgress> progress = new TreeMap<>();
    private HeadChange.@Nullable Step writing;
    private @Nullable Instant confirmBy;
    private @Nullable RolloutState resumeTo;
    private int attempts;
    private @Nullable String approvedBy;
    private List<List<String>> again = List.of();
    private List<Transition> transitions = List.of();

    private Builder(String id, List<Rider> riders, Strategy strategy, Instant now) {
      this.id = id;
      this.riders = riders;
      this.strategy = strategy;
      this.expires = now;
      this.since = now;
    }

    private Builder(Rollout from) {
      this(from.id, from.riders, from.strategy, from.since);
      attempt = from.attempt;
      expires = from.expires;
      state = from.state;
      deadline = from.deadline;
      epoch = from.epoch;
      release = from.release;
      base = from.base;
      digest = from.digest;
      tombstones = from.tombstones;
      canaries = from.canaries;
      waves = from.waves;
      wave = from.wave;
      progress = from.progress;
      writing = from.writing;
      confirmBy = from.confirmBy;
      resumeTo = from.resumeTo;
      attempts = from.attempts;
      approvedBy = from.approvedBy;
      again = from.again;
      transitions = from.transitions;
    }

    public Builder attempt(int value) {
      attempt = value;
      return this;
    }

    public Builder riders(List<Rider> value) {
      riders = value;
      return this;
    }

    public Builder expires(Instant value) {
      expires = value;
      return this;
    }

    public Builder state(RolloutState value, Instant sinceWhen) {
      state = value;
      since = sinceWhen;
      return this;
    }

    public Builder deadline(@Nullable Instant value) {
      deadline = value;
      return this;
    }

    public Builder epoch(long value) {
      epoch = value;
      return this;
    }

    public Builder release(long value) {
      release = value;
      return this;
    }

    public Builder digests(String baseDigest, String candidate) {
      base = baseDigest;
      digest = candidate;
      return this;
    }

    public Builder tombstones(List<Long> value) {
      tombstones = value;
      return this;
    }

    public Builder members(SortedSet<String> trying, List<SortedSet<String>> swapping) {
      canaries = trying;
      waves = swapping;
      return this;
    }

    public Builder wave(int value) {
      wave = value;
      return this;
    }

    public Builder progress(SortedMap<String, NodeProgress> value) {
      progress = value;
      return this;
    }

    public Builder writing(HeadChange.@Nullable Step value) {
      writing = value;
      return this;
    }

    public Builder confirmBy(@Nullable Instant value) {
      confirmBy = value;
      return this;
    }

    public Builder resumeTo(@Nullable RolloutState value) {
      resumeTo = value;
      return this;
    }

    public Builder attempts(int value) {
      attempts = value;
      return this;
    }

    public Builder approvedBy(@Nullable String value) {
      approvedBy = value;
      return this;
    }

    public Builder again(List<List<String>> value) {
      again = value;
      return this;
    }

    public Builder transitions(List<Transition> value) {
      transitions = value;
      return this;
    }

    /** The rollout. */
    public Rollout build() {
      return new Rollout(
          id,
          attempt,
          riders,
          strategy,
          expires,
          state,
          since,
          deadline,
          epoch,
          release,
          base,
          digest,
          tombstones,
          canaries,
          waves,
          wave,
          progress,
          writing,
          confirmBy,
          resumeTo,
          attempts,
          approvedBy,
          again,
          transitions);
    }
  }
}
