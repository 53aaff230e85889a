package dev.jiggety.couch;

/** Hears a continuous feed, on the thread that follows it. */
public interface FeedListener {
  /** The hub answered; what follows is live. */
  default void connected() {}

  /** A change came. */
  void change(Change change);

  /** A sign of life. */
  default void heartbeat() {}

  /** Rows with more characters are not read, but told to {@link #oversized}. */
  default int longestRow() {
    return Integer.MAX_VALUE;
  }

  /**
   * A row was too long and is left out.
   *
   * @param beginning its first characters, where the document's id mostly stands
   */
  default void oversized(String beginning) {}
}
