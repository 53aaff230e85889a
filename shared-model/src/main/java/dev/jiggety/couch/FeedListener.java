package dev.jiggety.couch;

/** Hears a continuous feed, on the thread that follows it. */
public interface FeedListener {
  /** The hub answered; what follows is live. */
  default void connected() {}

  /** A change came. */
  void change(Change change);

  /** A sign of life. */
  default void heartbeat() {}
}
