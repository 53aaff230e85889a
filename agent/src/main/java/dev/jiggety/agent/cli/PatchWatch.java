package dev.jiggety.agent.cli;

import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.repository.PatchRepository;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which record tells how a patch fares: its own, that of a ride that took it along, or of a later
 * attempt. For one thread.
 */
final class PatchWatch {
  /** More than can be under way at once; older ones are looked up by their own id. */
  private static final int RECENT = 200;

  private final String patchId;
  private final Map<String, Rollout> rollouts = new HashMap<>();

  PatchWatch(String patchId) {
    this.patchId = patchId;
  }

  /**
   * The record of a patch, or that of a rollout of that id.
   *
   * @throws CliException when there is none
   */
  static Rollout find(PatchRepository patches, String id) {
    PatchWatch watch = new PatchWatch(id);
    Optional<Rollout> own = patches.rollout(id);
    own.ifPresent(watch::on);
    if (watch.current().isEmpty() || !watch.isDone() || watch.hasJoined()) {
      watch.onAll(patches.rollouts(RECENT));
    }
    return watch
        .current()
        .or(() -> own)
        .orElseThrow(() ->
            new CliException(
                ExitCode.BAD,
                patches.find(id).isPresent()
                    ? "no patch manager has taken the patch "
                        + id
                        + " in yet; is one running? Start one with: jiggety manager"
                    : "there is no patch " + id + "; see: jiggety patch list"));
  }

  /** Something was heard of a rollout; whether it is about this patch. */
  boolean on(Rollout rollout) {
    if (!rollout.patchIds().contains(patchId) && !rollout.id().equals(patchId)) {
      return false;
    }
    rollouts.put(rollout.id(), rollout);
    return true;
  }

  private void onAll(Collection<Rollout> some) {
    some.forEach(this::on);
  }

  /** The record that counts now; empty as long as nothing was heard. */
  Optional<Rollout> current() {
    Comparator<Rollout> byMeaning =
        Comparator.comparing((Rollout it) -> it.state() != RolloutState.JOINED)
            .thenComparingInt(Rollout::attempt)
            .thenComparing(it -> !it.state().isTerminal());
    return rollouts.values().stream().max(byMeaning);
  }

  /** Whether nothing happens to the patch any more. */
  boolean isDone() {
    return current()
        .filter(it -> it.state().isTerminal() && it.state() != RolloutState.JOINED)
        .filter(it -> it.again().stream().noneMatch(group -> group.contains(patchId)))
        .isPresent();
  }

  private boolean hasJoined() {
    return current().filter(it -> it.state() == RolloutState.JOINED).isPresent();
  }
}
