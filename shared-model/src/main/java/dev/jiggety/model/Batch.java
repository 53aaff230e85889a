package dev.jiggety.model;

import dev.jiggety.base.ClockOffset;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one node finished between two flushes: the unit in which results travel. Immutable; its
 * identity is (node, stream, seq).
 *
 * @param node the node's name
 * @param stream the life of the node's outbox: a new one when the outbox is made anew, so that
 *     numbers never repeat
 * @param seq the number within the stream, from 1, without gaps
 * @param at the start of its earliest run, or first skipped slot; decides the database it goes to
 *     and its place in the order of ids
 * @param runs the runs, in the order in which they finished
 * @param skipped slots that did not become runs
 * @param clock how far the hub's clock was from the node's; null when it was not known
 */
public record Batch(
    String node,
    String stream,
    long seq,
    Instant at,
    List<Run> runs,
    List<SkippedSlots> skipped,
    @Nullable ClockOffset clock) {

  public Batch {
    runs = List.copyOf(runs);
    skipped = List.copyOf(skipped);
  }

  /** A batch of a node that does not know how far its clock is off. */
  public Batch(
      String node,
      String stream,
      long seq,
      Instant at,
      List<Run> runs,
      List<SkippedSlots> skipped) {
    this(node, stream, seq, at, runs, skipped, null);
  }
}
