package dev.jiggety.agent.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of the changes feed.
 *
 * @param deleted whether the winner is deleted
 * @param leaves all leaves that were asked for, the winner first; never empty
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

  /** The winning revision, or, where the filter left that out, the best that passed. */
  public Revision winner() {
    return leaves.getFirst();
  }
}
