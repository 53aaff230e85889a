package dev.jiggety.model.rules.incident;

import dev.jiggety.model.NodeStatus;
import java.time.Instant;
import java.util.List;

/**
 * What is known of one node: when it was heard, and what was wrong with it. At any time a node has
 * one episode at most, whatever is wrong with it. Signs may be added in any order and any number of
 * times. Not thread-safe.
 */
public final class NodeHistory {
  private final String node;

  /** A node of which nothing is known before an instant, and that is expected from then on. */
  public NodeHistory(String node, Instant from) {
    this.node = node;
  }

  /** The node's name. */
  public String node() {
    return node;
  }

  /** Adds what the node said of itself. */
  public void add(NodeStatus status) {}

  /** Adds the word of a run of that node, on whichever test. */
  public void add(Word word) {}

  /**
   * All episodes that are remembered.
   *
   * @param now it must not be later than the time up to which the caller has heard of the hub, so
   *     that the caller's own deafness is not taken for silence of the node
   */
  public List<Episode> episodes(Instant now) {
    return List.of();
  }

  /** Forgets what was over before an instant. */
  public void forget(Instant before) {}
}
