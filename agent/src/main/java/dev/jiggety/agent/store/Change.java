package dev.jiggety.agent.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of the changes feed.
 *
 * @param deleted whether the winner is deleted
 * @param leaves all leaves, the winner first
 * @param document the winner, with {@code includeDocs}; else null
 */
public record Change(
    long seq,
    String id,
    boolean deleted,
    List<Revision> leaves,
    @Nullable StoredDocument document) {

  public Change {
    leaves = List.copyOf(leaves);
  }

  /** The winning revision. */
  public Revision winner() {
    return leaves.getFirst();
  }
}
