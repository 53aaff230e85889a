package dev.jiggety.model;

/** How many of the fresh nodes must agree that a test is down before it is down. */
public sealed interface Quorum {
  /** More than half of the fresh nodes. */
  Quorum MAJORITY = new Percent(51);

  /** How many of {@code fresh} nodes must agree; at least 1, at most {@code max(1, fresh)}. */
  int needed(int fresh);

  /**
   * A fixed number of nodes; of all of them where fewer are fresh.
   *
   * @param nodes at least 1
   */
  record AtLeast(int nodes) implements Quorum {
    @Override
    public int needed(int fresh) {
      return Math.clamp(nodes, 1, Math.max(1, fresh));
    }
  }

  /**
   * A share of the fresh nodes, rounded up.
   *
   * @param percent 1 to 100
   */
  record Percent(int percent) implements Quorum {
    @Override
    public int needed(int fresh) {
      return Math.max(1, Math.ceilDiv(fresh * percent, 100));
    }
  }
}
