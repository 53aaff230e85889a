package dev.jiggety.agent.notify;

import java.time.Duration;
import java.util.Optional;

/** What became of an attempt to tell somebody. */
sealed interface Answer {
  /**
   * The other side has it.
   *
   * @param text what it said, in a line
   * @param remark that something was not sent as it was meant; may be empty
   */
  record Taken(String text, String remark) implements Answer {
    Taken(String text) {
      this(text, "");
    }
  }

  /**
   * The channel does not work now; neither would anything else to it.
   *
   * @param after how long the other side asked to be left alone, if it did
   */
  record Later(String why, Optional<Duration> after) implements Answer {
    Later(String why) {
      this(why, Optional.empty());
    }
  }

  /** The other side does not want this message; another one may pass. */
  record Refused(String why) implements Answer {}
}
