package dev.jiggety.desktop.run;

import dev.jiggety.model.Picture;
import java.util.Optional;

/** Where the bytes of a screenshot come from when somebody wants to see it. */
@FunctionalInterface
public interface PictureSource {
  /** Nowhere: only pictures that came with the run are shown. */
  PictureSource NONE = picture -> Optional.empty();

  /**
   * The bytes of a picture; may block, is never called on the FX thread.
   *
   * @throws dev.jiggety.repository.HubException when it cannot be asked
   */
  Optional<byte[]> load(Picture picture);
}
