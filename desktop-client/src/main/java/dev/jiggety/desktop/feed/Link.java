package dev.jiggety.desktop.feed;

import dev.jiggety.repository.HubException;
import java.time.Instant;

/** Whether the hub is heard. */
public sealed interface Link {
  /** Nothing is known yet. */
  record Connecting() implements Link {}

  /** The hub is heard. */
  record Connected(Instant since) implements Link {}

  /**
   * The hub is not heard; the feed goes on trying.
   *
   * @param reason one line for people
   */
  record Away(Instant since, HubException.Kind kind, String reason) implements Link {}
}
