package dev.jiggety.repository.couch;

import java.time.Instant;

/** An hour of UTC on a node. */
record NodeHour(Instant hour, String node) implements Comparable<NodeHour> {
  @Override
  public int compareTo(NodeHour other) {
    int byHour = hour.compareTo(other.hour);
    return byHour != 0 ? byHour : node.compareTo(other.node);
  }
}
