package dev.jiggety.model;

/** A part of the nodes. */
public sealed interface Share {
  /** All of them. */
  Share ALL = new Percent(100);

  /** How many of {@code total} nodes; never more than there are. */
  int of(int total);

  /**
   * A fixed number; all where there are fewer.
   *
   * @param nodes at least 0
   */
  record Nodes(int nodes) implements Share {
    @Override
    public int of(int total) {
      return Math.clamp(nodes, 0, total);
    }
  }

  /**
   * A share, rounded up.
   *
   * @param percent 0 to 100
   */
  record Percent(int percent) implements Share {
    @Override
    public int of(int total) {
      return Math.clamp(Math.ceilDiv((long) total * percent, 100), 0, total);
    }
  }
}
