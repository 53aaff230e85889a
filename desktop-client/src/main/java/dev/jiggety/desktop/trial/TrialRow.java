package dev.jiggety.desktop.trial;

import dev.jiggety.desktop.run.PictureSource;
import dev.jiggety.model.Run;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who was asked, and how far he is.
 *
 * @param who the node's name; of this computer its own word
 * @param state how far
 * @param text the same in a line
 * @param run what came of it; null as long as nothing did
 * @param pictures where its screenshots are
 */
public record TrialRow(
    String who, State state, String text, @Nullable Run run, PictureSource pictures) {

  /** How far somebody is. */
  public enum State {
    /** Nothing was heard yet. */
    WAITING,
    /** There is a result. */
    ANSWERED,
    /** It was not run, and why is known. */
    REFUSED,
    /** Nothing was heard in time. */
    SILENT,
    /** Nobody waits any more. */
    GIVEN_UP
  }

  TrialRow with(State next, String words) {
    return new TrialRow(who, next, words, run, pictures);
  }
}
