package dev.jiggety.desktop.view.patches;

import dev.jiggety.desktop.feed.PatchFeed;
import dev.jiggety.desktop.feed.PatchPicture;
import dev.jiggety.model.Rollout;
import java.time.Instant;
import java.util.List;

/**
 * Who else is changing a document: its patch was handed in and is not at an end. Pure.
 *
 * @param who its author
 * @param since when it was handed in
 * @param rollout what carries it out
 */
public record Others(String who, Instant since, Rollout rollout) {

  /**
   * All of them, the newest first.
   *
   * @param mine patches of this desktop, which are nobody else's
   */
  static List<Others> on(String target, PatchPicture picture, List<String> mine) {
    return picture.rollouts().stream()
        .filter(rollout -> !rollout.state().isTerminal())
        .flatMap(rollout ->
            rollout.riders().stream()
                .filter(rider -> rider.targets().contains(target))
                .filter(rider -> !mine.contains(rider.patchId()))
                .map(rider -> new Others(rider.author(), PatchFeed.begun(rollout), rollout)))
        .toList();
  }
}
