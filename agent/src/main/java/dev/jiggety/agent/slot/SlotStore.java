package dev.jiggety.agent.slot;

import dev.jiggety.agent.slot.SlotState.Kept;

/** Where a node keeps what has to survive a restart. For one thread at a time. */
public interface SlotStore extends AutoCloseable {

  /**
   * What was kept last; {@link SlotState.Kept#NOTHING} for a new node. What is damaged is set aside
   * and told by {@link #trouble}; never is anything given that does not prove right.
   */
  Kept load();

  /**
   * Keeps it, all of it or nothing; on the disk when this returns.
   *
   * @throws SlotStoreException when it cannot be kept; then what was kept before is there
   */
  void save(Kept kept);

  /** What was wrong with what was found, one line; empty when nothing was. */
  String trouble();

  @Override
  void close();

  /** In memory alone: for light nodes that nobody restarts. */
  static SlotStore inMemory() {
    return new SlotStore() {
      private Kept last = Kept.NOTHING;

      @Override
      public Kept load() {
        return last;
      }

      @Override
      public void save(Kept kept) {
        last = kept;
      }

      @Override
      public String trouble() {
        return "";
      }

      @Override
      public void close() {}
    };
  }
}
