package dev.jiggety.agent.queue;

/**
 * The durable line of patches. Safe for any thread. Closing it gives back whatever was delivered
 * and not acknowledged, in its order.
 */
public interface PatchQueue extends AutoCloseable {

  /**
   * Puts a patch into the line and returns when that is synced to disk. A patch that is or was in
   * it is not put there a second time.
   *
   * @throws QueueException when it is not known to be safe; putting it again is right
   */
  void put(QueuedPatch patch);

  /**
   * Asks to be the one that takes patches from the line; returns at once. At most one of all that
   * ask is active; when it closes, dies or freezes, the next one is told. The connection is made,
   * and made again after a failure, by itself.
   */
  Candidacy stand(Candidate candidate);

  @Override
  void close();

  /** Somebody who takes patches from the line. Told on one thread, one call at a time. */
  interface Candidate {
    /** From now on it is the active one. What is in the line is delivered next, in order. */
    void active();

    /**
     * A patch, in the order of the line; the next ones follow without waiting for its
     * acknowledgement. Delivered again after {@link #active} when it was not acknowledged before.
     */
    void delivered(QueuedPatch patch);

    /**
     * It is not the active one any more, or cannot know; it must stop at once and will be told when
     * it is active again.
     *
     * @param reason one line for people
     */
    void passive(String reason);
  }

  /** A wish to be active; closing it takes it back. */
  interface Candidacy extends AutoCloseable {
    /**
     * The patch is done with and leaves the line; nothing happens where it is not in this one's
     * hands. Returns at once.
     */
    void acknowledge(String patchId);

    @Override
    void close();
  }
}
