package dev.jiggety.desktop.feed;

import dev.jiggety.model.CommandAnswer;
import dev.jiggety.model.Head;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of patches at one moment. Immutable.
 *
 * @param rollouts newest first
 * @param answers what the manager answered to commands, by the command's id
 * @param head what nodes follow; null as long as nothing is known of it
 * @param link whether the hub is heard
 */
public record PatchPicture(
    List<Rollout> rollouts, Map<String, CommandAnswer> answers, @Nullable Head head, Link link) {
  /** Before anything is known. */
  public static final PatchPicture EMPTY =
      new PatchPicture(List.of(), Map.of(), null, new Link.Connecting());

  public PatchPicture {
    rollouts = List.copyOf(rollouts);
    answers = Map.copyOf(answers);
  }

  /** The rollout of an id. */
  public Optional<Rollout> find(String rolloutId) {
    return rollouts.stream().filter(it -> it.id().equals(rolloutId)).findFirst();
  }

  /**
   * The rollout that a patch is in: its latest attempt, or the ride that took it along; empty as
   * long as no manager has taken it up.
   */
  public Optional<Rollout> of(String patchId) {
    return rollouts.stream()
        .filter(it -> it.patchIds().contains(patchId))
        .max(
            Comparator.comparing((Rollout it) -> it.state() != RolloutState.JOINED)
                .thenComparingInt(Rollout::attempt)
                .thenComparing(Rollout::since));
  }

  /** How many are neither at an end nor part of another. */
  public long open() {
    return rollouts.stream().filter(it -> !it.state().isTerminal()).count();
  }
}
